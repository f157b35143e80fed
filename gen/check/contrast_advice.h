/*
 * contrast_advice: which colour would do in place of one that cannot be told apart from another.
 */
#ifndef GUICHET_CONTRAST_ADVICE_H
#define GUICHET_CONTRAST_ADVICE_H

#include "contrast.h"

struct pair {
    struct shade *text, *ground;
    double least;
    const char *what;
};

struct pairs {
    struct pair *pairs;
    size_t count;
};

/* A pair that does not pass, and the colour that is to change. */
struct failure {
    const struct pair *pair;
    int scheme;
    struct shade *blamed;
    bool told;
};

struct failures {
    struct failure *items;
    size_t count;
};

double pair_ratio(const struct pair *pair, int scheme);
bool pair_passes(const struct pair *pair, int scheme);

/* Is it the same value of the same setting? One given for both schemes stands in one place. */
bool failure_is_same_cause(const struct failure *one, const struct failure *other);

/*
 * "; the nearest that passes is #aa5900", or whatever else helps with all failures of the same cause as
 * `first`, one of them. In the palette's arena.
 */
const char *contrast_advice(struct palette *palette, const struct pairs *pairs,
                            const struct failures *failures, const struct failure *first);

#endif
