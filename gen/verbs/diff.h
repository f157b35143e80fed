/*
 * diff: what a build would change, without publishing it.
 */
#ifndef GUICHET_VERB_DIFF_H
#define GUICHET_VERB_DIFF_H

#include <stdbool.h>
#include <stdio.h>

struct diff_options {
    const char *site;   /* the portal's folder */
    const char *out;    /* NULL: its folder "out", which stays as it is */
    const char *themes; /* as for a build */
    bool json;
};

/*
 * Build into a temporary folder and print to `out` how that differs from what is served; findings of the
 * build go to `err` (with `json` and errors: as an array to `out`). As diff(1) has it: 0 nothing differs, 1
 * something does, 2 there were errors.
 */
int diff_run(const struct diff_options *options, FILE *out, FILE *err);

#endif
