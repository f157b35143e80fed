/*
 * help: what `guichet-api --help` prints, and `guichet-api serve|demo|explain --help`; the verbs of
 * admin_main.h tell of themselves.
 */
#ifndef GUICHET_HELP_H
#define GUICHET_HELP_H

#include <stdbool.h>
#include <stdio.h>

#define HELP_DEMO_FILE "content/demo/demo.json" /* what demo reads when no file is named */

/* Of one verb. False: it is none of these, and nothing was printed. */
bool help_print_verb(const char *verb, FILE *out);

/* Of the whole program: its verbs, then the options of the deployment. */
void help_print_all(FILE *out);

#endif
