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
    const char *pseudo;        /* and where in the pseudo-language */
    bool is_pseudo_wanted;     /* somebody has asked for that once */
    const char *folder;        /* where the variants are built: variant-0, variant-0-pseudo, .. */
    FILE *out, *err;
    struct desk *desk;
    struct changes changes; /* what the next build is for; none once it is over */
    struct timespec begun;  /* when it was noticed */
    json_t *overlay;        /* owned; what the style controls say, as far as it was taken in */
    long style;             /* and the number of that change */
};

/*
 * Build; those who ask for pages wait meanwhile. The pseudo-language and the variants, the portal with the
 * settings that some states want (scene.h), are built anew when somebody asks for them again.
 */
void building_run(struct building *building);

/* Somebody has asked at the gate: build the pseudo-language, or the variants, and open it. */
void building_make_pseudo(struct building *building);
void building_make_variants(struct building *building);

/* Where a variant's pages are. In the arena. */
const char *building_variant(const char *folder, int variant, bool pseudo, struct arena *arena);

/* Take in what the style controls say now: a change like that of a file. */
void building_take_style(struct building *building);

#endif
