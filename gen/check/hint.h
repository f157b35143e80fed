/*
 * hint: what a message adds when a name is near another one.
 */
#ifndef GUICHET_HINT_H
#define GUICHET_HINT_H

#include "../../lib/arena.h"

#include <jansson.h>

/* "; did you mean \"x\"?" in the arena, or "" when no candidate (NULL-terminated) is near. */
const char *hint_near(struct arena *arena, const char *word, const char *const *candidates);

/* The same, with the keys of an object as candidates. */
const char *hint_near_key(struct arena *arena, const char *word, json_t *object);

/* The same; when none is near, "; want one of \"x\", \"y\"" with all of them, or "" when they are many. */
const char *hint_known(struct arena *arena, const char *word, json_t *object);

#endif
