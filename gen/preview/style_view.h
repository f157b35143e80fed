/*
 * style_view: the theme's settings, for the style controls: how they look, and what they say.
 */
#ifndef GUICHET_STYLE_VIEW_H
#define GUICHET_STYLE_VIEW_H

#include "../../lib/arena.h"
#include "../build.h"

#include <jansson.h>

/*
 * What a build knows of them, to be kept with its scene: {"theme", "languages": [..], "groups", "settings",
 * "values" (as theme.h has these), "raw" ("theme_settings" as written), "given" (the same by present names)}.
 * New reference.
 */
json_t *style_describe(const struct build_result *result);

/*
 * For the page (pages/style.html): the groups with a control for each setting, without what it says.
 *
 *     {"groups": [{"id", "label", "settings": [{"key", "label", "help", "type", "color", "range", ..}]}]}
 */
json_t *style_panel(const json_t *described);

/*
 * For the page's script: {"style": number, "overlay", "theme_settings": what content/portal.json would say
 * with it, "settings": {key: {"shown": the value in its control, "changed", "given": content/portal.json has
 * it, "own": its default is a file of the theme, "mixed": {"light", "dark"}}}, "files": {"image": [..],
 * "font": [..]}}. `root` is the portal's folder.
 */
json_t *style_view(const json_t *described, const json_t *overlay, long number, const char *root,
                   struct arena *arena);

#endif
