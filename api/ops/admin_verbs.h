/*
 * admin_verbs: which verbs administrators have, what stands behind each, and which options it takes.
 *
 * The tables are all there is: the program's help, the checks and the messages about what is wrong come from
 * them.
 */
#ifndef GUICHET_ADMIN_VERBS_H
#define GUICHET_ADMIN_VERBS_H

#include "../../lib/diag.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct admin_verb {
    const char *word, *second; /* "people", "add"; the second may be "" */
    const char *usage, *help;
    unsigned bit;       /* by which options name it */
    const char *wants;  /* what stands behind it, in words */
    size_t least, most; /* how many of those */
};

struct admin_option_row {
    const char *name, *value; /* the value's name for the help; NULL: it stands for itself */
    const char *help;
    unsigned verbs; /* that take it */
};

/* Is this the first word of such a verb? */
bool admin_verbs_know(const char *word);

/* The verb of these words, or NULL and an error that says what there is. `second` may be NULL. */
const struct admin_verb *admin_verb_find(const char *word, const char *second, struct diag *diag);

/* The option that an argument ("--name" or "--name=...") stands for; NULL: the verb has none of that name. */
const struct admin_option_row *admin_verb_option(const char *arg, const struct admin_verb *verb);

/* Report an option that the verb does not have. */
void admin_verb_unknown_option(const char *arg, const struct admin_verb *verb, struct diag *diag);

/* Does the verb invite: may it name whom it means by options instead? */
bool admin_verb_invites(const struct admin_verb *verb);

/* The help of one verb, on standard output; NULL: of all that begin with this word. */
void admin_verb_print_help(const struct admin_verb *only, const char *word);

/* Their lines of the program's help. */
void admin_verbs_print_usage(FILE *out);

#endif
