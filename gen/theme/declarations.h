/*
 * declarations: what theme.json may say, and the table that the admin's values follow from.
 *
 * A manifest declares settings of a few types; each type wants other members of its declaration, and other
 * values from the admin. A child theme may declare a setting of its parent's again: then only what it says
 * changes, and the type has to stay.
 */
#ifndef GUICHET_DECLARATIONS_H
#define GUICHET_DECLARATIONS_H

#include "theme.h"

struct theme_type {
    const char *name;
    const struct setting *rows; /* of a declaration of this type, ended by a row without key */
    const char *help;
};

/* Every type, ended by one without name. */
extern const struct theme_type theme_types[];

/* What a declaration without a known type is held against. */
extern const struct setting theme_unknown_rows[];

/* The files that browsers show, by their endings; ended by NULL. */
extern const char *const theme_image_endings[];
extern const char *const theme_font_endings[];

/* theme.json but for its "settings", ended by a row without key. */
extern const struct setting theme_manifest_rows[];

/*
 * The table of theme.json, in which each declaration is held against its own type. `known` are the
 * declarations of the ancestors. Of declarations without a known type the values are taken out of `manifest`.
 */
const struct setting *theme_manifest_table(struct arena *arena, json_t *manifest, const json_t *known);

/* The type of a declaration. */
const char *theme_type_of(const json_t *declared);

/* What the admin may write for a setting; `given` is what was written: a colour may be one or an object. */
struct setting theme_value_row(struct arena *arena, const char *key, const json_t *declared,
                               const json_t *given);

#endif
