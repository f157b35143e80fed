/*
 * modules: what the theme's scripts and style sheets ask for in turn.
 *
 * A script imports others by relative paths, a style sheet refers to pictures: each must be there. And a page
 * names every script that it will need, so that the browser asks for all of them at once: one that is only
 * found through another costs a round trip.
 */
#ifndef GUICHET_MODULES_H
#define GUICHET_MODULES_H

#include "../assets/assets.h"

struct import {
    const char *from; /* both are paths below the assets' folder */
    const char *to;
};

struct modules {
    struct import *imports; /* static imports of scripts, sorted by `from` */
    size_t count;
};

/* Read every script and style sheet. Errors: what asks for a file that is not there, or for one from
 * elsewhere. */
void modules_load(struct modules *modules, const struct assets *assets, struct arena *arena,
                  struct diag *diag);

/* `linked` are the assets that a page names. Warnings: scripts that it will need without naming them. */
void modules_check_page(const struct modules *modules, const char *file, const char *const *linked,
                        size_t count, struct diag *diag);

#endif
