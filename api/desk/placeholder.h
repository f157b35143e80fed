/*
 * placeholder: what stands in a saved reply for what is known of the ticket that it is written on.
 *
 *     {{first_name}}  the requester's first name, else their last name; who has none is left out of the
 *                     sentence: "Hello {{first_name}}," is "Hello,"
 *     {{number}}      the ticket's number
 *     {{subject}}     its subject
 *     {{writer}}      who writes, as customers read names of the team
 *
 * Spaces inside the braces do not count. What is put in is never read for placeholders again.
 */
#ifndef GUICHET_DESK_PLACEHOLDER_H
#define GUICHET_DESK_PLACEHOLDER_H

#include "../../lib/arena.h"

#include <stdbool.h>

enum placeholder { PLACEHOLDER_FIRST_NAME, PLACEHOLDER_NUMBER, PLACEHOLDER_SUBJECT, PLACEHOLDER_WRITER };
enum { PLACEHOLDER_COUNT = 4 };

/* As they are written between the braces. */
extern const char *const placeholder_names[PLACEHOLDER_COUNT];

/* Is all that begins with two braces a placeholder that is known? */
bool placeholder_all_known(const char *text);

/* In the arena; NULL: no memory. What is no placeholder, as the last one of a text that was cut, stays. */
const char *placeholder_fill(struct arena *arena, const char *text,
                             const char *const values[PLACEHOLDER_COUNT]);

#endif
