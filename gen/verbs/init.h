/*
 * init: a new portal in a folder of its own, which builds at once with the installed default theme.
 */
#ifndef GUICHET_VERB_INIT_H
#define GUICHET_VERB_INIT_H

#include <stdio.h>

struct init_options {
    const char *program; /* what to call to build it */
    const char *dir;     /* empty, or not there; only its last folder is made */
    const char *name;    /* of the portal; NULL: "Support" */
    const char *locales; /* tags with commas between; the first is the default; NULL: "en" */
    const char *domain;  /* a host name, perhaps with a port; NULL: "support.example.com" */
};

/* 0: made, said on `out`. 1: it cannot be made there; 2: a wrong option. Errors go to `err`, no file is left.
 */
int init_run(const struct init_options *options, FILE *out, FILE *err);

#endif
