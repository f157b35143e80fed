/*
 * admin_main: the command lines of administrators' verbs: `guichet-api people add ADDRESS --name NAME`.
 *
 * Which verbs there are, and which options each takes, stands in admin_verbs.
 */
#ifndef GUICHET_ADMIN_MAIN_H
#define GUICHET_ADMIN_MAIN_H

#include "../../lib/arena.h"
#include "../../lib/diag.h"

enum admin_exit { ADMIN_GOOD, ADMIN_REFUSED, ADMIN_USAGE };

/* Run it: `args` begins with that word and ends with NULL. Errors are in `diag`. */
enum admin_exit admin_main(char *const *args, struct arena *arena, struct diag *diag);

#endif
