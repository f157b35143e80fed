/*
 * palette: the colours of a theme as numbers, in both schemes.
 *
 * A default may be mixed from others: mix(accent 9%, #fff) is nine parts of the setting "accent" in white, so
 * that greys keep a hint of whatever accent the admin gives. What the admin gives is a colour.
 */
#ifndef GUICHET_PALETTE_H
#define GUICHET_PALETTE_H

#include "theme.h"

#include "../check/color.h"

enum { PALETTE_LIGHT, PALETTE_DARK, PALETTE_SCHEMES };
extern const char *const palette_schemes[PALETTE_SCHEMES]; /* "light", "dark" */

struct shade {
    const char *key;
    const char *written[PALETTE_SCHEMES]; /* "#rrggbb", or a mix */
    struct rgb color[PALETTE_SCHEMES];
    struct place place[PALETTE_SCHEMES]; /* of what is written */
    const char *path[PALETTE_SCHEMES];   /* the same as people write it: "theme_settings.accent" */
    bool given; /* by the admin, or by a theme that builds upon another: theirs to change */
};

struct palette {
    struct arena *arena; /* borrowed */
    struct shade *shades;
    size_t count;
};

/* Read the colours out of theme->values, which are as they were written. False: errors in `diag`. */
bool palette_load(struct palette *palette, const struct theme *theme, const struct site *site,
                  struct diag *diag);

/* Compute the colours of a scheme from what is written; every mix can be. */
void palette_compute(struct palette *palette, int scheme);

/* NULL: there is none. */
struct shade *palette_find(const struct palette *palette, const char *key);

/* "; did you mean \"accent\"?", or "". */
const char *palette_hint(const struct palette *palette, const char *name);

/* Does a colour change when another one does: are they the same, or is it mixed from it, at however far? */
bool palette_depends(const struct palette *palette, const struct shade *shade, const struct shade *on,
                     int scheme);

/*
 * Put the computed colours into theme->values. `whole`: none was refused before, so that the contrast of all
 * pairs can be checked; errors about it change nothing in the values. False: they cannot be computed.
 */
bool theme_load_colors(struct theme *theme, const struct site *site, bool whole, struct diag *diag);

#endif
