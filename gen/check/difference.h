/*
 * difference: what changed between two files, line by line, as `diff -u` of diffutils tells it.
 */
#ifndef GUICHET_DIFFERENCE_H
#define GUICHET_DIFFERENCE_H

#include "../../lib/arena.h"

#include <stdbool.h>
#include <stddef.h>

struct difference {
    const char *text;      /* the unified diff, in the arena; "" when they are the same */
    size_t added, removed; /* lines; 0 and 0 of files that are no text */
};

/* `name` stands for both in its heading. False: diff could not be run, or read them; errno says why. */
bool difference_find(struct difference *difference, struct arena *arena, const char *before,
                     const char *after, const char *name);

#endif
