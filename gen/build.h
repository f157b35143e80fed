/*
 * build: one run of the generator, from the folders to the pages.
 */
#ifndef GUICHET_BUILD_H
#define GUICHET_BUILD_H

#include <stdbool.h>
#include <stdio.h>

struct build_options {
    const char *site;   /* the portal's folder */
    const char *out;    /* NULL: its folder "out" */
    const char *themes; /* NULL: its folder "themes", then the installed ones */
    bool check_only;    /* everything but writing */
    bool json;          /* for editors: findings are one JSON array on `out`, and nothing else is said */
};

/*
 * Findings go to `err`, what was built to `out`. 0: built (or, when only checking, nothing wrong);
 * 1: errors, and nothing was touched.
 */
int build_run(const struct build_options *options, FILE *out, FILE *err);

#endif
