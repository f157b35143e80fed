/*
 * icons: the pictures in the theme's icons/ that stand for the portal as a whole.
 *
 * That is every PNG there, and favicon*.svg and icon*.svg. Sizes are read from the files; what a name says of
 * them (icon-192.png, icon-192x192.png) must be so. "maskable" in a name: a phone may cut it to its own
 * shape.
 */
#ifndef GUICHET_ICONS_H
#define GUICHET_ICONS_H

#include "../assets/assets.h"

struct icon {
    const struct asset *asset;
    unsigned width, height; /* 0: any size (SVG) */
    bool maskable;
};

enum { ICONS_MAX = 64 };

/*
 * Read them, in the order of their names; how many. Errors: no PNG, another size than the name says. Warnings
 * (in a theme that has icons): one that is not square, none of 192 or 512 pixels, which phones ask for.
 */
size_t icons_read(const struct assets *assets, const struct theme *theme, struct icon icons[ICONS_MAX],
                  struct diag *diag);

#endif
