/*
 * overlay: what the preview's style controls say, over what the admin gave; by setting, as "theme_settings"
 * of content/portal.json has it. null says that the theme's default holds. Of a colour, "light" and "dark" go
 * each over what was given for it.
 *
 * `declared` is the declaration of a setting, `settings` those of all (theme.h). Values may be as written or
 * as checked.
 */
#ifndef GUICHET_OVERLAY_H
#define GUICHET_OVERLAY_H

#include <jansson.h>
#include <stdbool.h>

/* One setting's value: `over` over `given`. New reference. NULL: the theme's default holds. */
json_t *overlay_value(const json_t *declared, json_t *given, json_t *over);

/* All of them, under the settings' present names. Names that are not declared are kept. New reference. */
json_t *overlay_merge(const json_t *settings, const json_t *given, const json_t *overlay);

/* Would a setting be the same without `over`? */
bool overlay_is_idle(const json_t *declared, json_t *given, json_t *over);

/* Do two overlays differ in nothing but what style sheets alone show? */
bool overlay_differs_in_css(const json_t *settings, const json_t *one, const json_t *other);

#endif
