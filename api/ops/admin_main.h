/*
 * admin_main: the command lines of administrators' verbs: `guichet-api people add ADDRESS --name NAME`.
 *
 * One table says which verbs there are, and which options each takes; help and checks come from it.
 */
#ifndef GUICHET_ADMIN_MAIN_H
#define GUICHET_ADMIN_MAIN_H

#include "../../lib/arena.h"
#include "../../lib/diag.h"

#include <stdio.h>

enum admin_exit { ADMIN_GOOD, ADMIN_REFUSED, ADMIN_USAGE };

/* Is this the first word of such a verb? */
bool admin_knows(const char *word);

/* Run it: `args` begins with that word and ends with NULL. Errors are in `diag`. */
enum admin_exit admin_main(char *const *args, struct arena *arena, struct diag *diag);

/* Its lines of the program's help. */
void admin_print_usage(FILE *out);

#endif
