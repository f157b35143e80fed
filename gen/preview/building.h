/*
 * building: building the portal anew, for the pages that are served, and telling what became of it.
 */
#ifndef GUICHET_BUILDING_H
#define GUICHET_BUILDING_H

#include "../../lib/arena.h"
#include "serve.h"
#include "watch.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>
#include <time.h>

struct building {
    const char *site, *themes; /* as the options of a build have them */
    const char *built;         /* where the portal is built */
    const char *pseudo;        /* and where in the pseudo-language, from when somebody has asked for that */
    bool is_pseudo_due;
    const char *folder; /* where the variants are built: variant-0, variant-0-pseudo, .. */
    bool are_variants_due;
    FILE *out, *err;
    struct desk *desk;
    struct changes changes; /* what the next build is for; none once it is over */
    struct timespec begun;  /* when it was noticed */
    json_t *overlay;        /* owned; what the style controls say, as far as it was taken in */
    long style;             /* and the number of that change */
};

/* Build; those who ask for pages wait meanwhile. */
void building_run(struct building *building);

/* From now on every build is made in the pseudo-language, too, this one at once. */
void building_begin_pseudo(struct building *building);

/* The same of the variants: the portal with the settings that some states want (scene.h). */
void building_begin_variants(struct building *building);

/* Where a variant's pages are. In the arena. */
const char *building_variant(const char *folder, int variant, bool pseudo, struct arena *arena);

/* Take in what the style controls say now: a change like that of a file. */
void building_take_style(struct building *building);

#endif
