/*
 * rollback: what was served before the last build is served again; twice, and it is as it was.
 */
#ifndef GUICHET_VERB_ROLLBACK_H
#define GUICHET_VERB_ROLLBACK_H

#include <stdio.h>

/* `out` NULL: the folder "out" of `site`. 0: done, said on `said`; 1: errors on `err`, nothing has moved. */
int rollback_run(const char *site, const char *out, FILE *said, FILE *err);

#endif
