/*
 * lock: records what a theme was made from, so that later builds tell when that has moved on.
 */
#ifndef GUICHET_VERB_LOCK_H
#define GUICHET_VERB_LOCK_H

#include <stdio.h>

/*
 * For the theme of the portal in the folder `site`; `themes` as of build. Findings go to `err`, one line
 * about what was recorded to `out`. 0: done; 1: errors, and nothing was written.
 */
int lock_run(const char *site, const char *themes, FILE *out, FILE *err);

#endif
