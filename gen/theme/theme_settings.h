/*
 * theme_settings: the tables that a theme's own settings give rise to.
 *
 * A manifest declares settings of a few types; each type wants other members of its declaration, and other
 * values from the admin. Both tables are built from the raw manifest, in the arena.
 */
#ifndef GUICHET_THEME_SETTINGS_H
#define GUICHET_THEME_SETTINGS_H

#include "theme.h"

/*
 * The table of theme.json, in which each declaration is held against its own type. Of declarations without a
 * known type the values are taken out of `manifest`.
 */
const struct setting *theme_manifest_table(struct arena *arena, json_t *manifest);

/*
 * The table of "theme_settings" in content/portal.json, from the declared settings. `given` is what the admin
 * wrote: a colour may be one value for both schemes, or an object with "light" and "dark".
 */
const struct setting *theme_values_table(struct arena *arena, json_t *settings, const json_t *given);

#endif
