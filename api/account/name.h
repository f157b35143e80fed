/*
 * name: what people call themselves, in one field.
 */
#ifndef GUICHET_NAME_H
#define GUICHET_NAME_H

#include "../../lib/arena.h"

#define NAME_MAX_CHARACTERS 100

/*
 * Without blanks and controls around it, single blanks in place of those within, and without what nobody sees
 * (marks of direction, zero-width blanks): names stand in mails, pages and an administrator's terminal (T23,
 * T28). NULL: no memory.
 */
const char *name_clean(struct arena *arena, const char *text);

/* The code of what is wrong with a cleaned name: "required", "too_long". NULL: it is good. */
const char *name_wrong(const char *name);

/*
 * "Anna del Mar" -> "Anna", "del Mar"; a name of one word has no last name. Set one after the other they are
 * the name again, in every script. NULL: no memory.
 */
void name_split(struct arena *arena, const char *name, const char **first, const char **last);

#endif
