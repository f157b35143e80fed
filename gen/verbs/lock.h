/*
 * lock: records what a theme was made from, so that later builds tell when that has moved on.
 */
#ifndef GUICHET_VERB_LOCK_H
#define GUICHET_VERB_LOCK_H

#include <stdbool.h>
#include <stdio.h>

/*
 * For the theme `theme`, or that of the portal in the folder `site` when it is NULL; `themes` as of build.
 * Findings go to `err`, a line about each kind of what was recorded to `out`. `diff`: what changed in its
 * parents' files is printed instead, and nothing recorded. 0: done; 1: errors, and nothing was written.
 */
struct lock_options {
    const char *site, *themes, *theme;
    bool diff;
};
int lock_run(const struct lock_options *options, FILE *out, FILE *err);

#endif
