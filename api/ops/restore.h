/*
 * restore: `guichet-api restore DIR`: a backup in the place of the data folder.
 *
 * The backup is copied, and the copy is held against itself (api/store/verify.h), before anything is touched.
 * Then what was there is put aside under a name of its own, and the copy takes its place: on any error all is
 * as it was. No server may run on the data folder.
 */
#ifndef GUICHET_RESTORE_H
#define GUICHET_RESTORE_H

#include "config.h"

/* Put the backup `from` in place, and tell on `out`. False: errors in `diag`. */
bool restore_run(const struct config *config, const char *from, FILE *out, struct diag *diag);

#endif
