/*
 * backup: `guichet-api backup DIR`: a copy of the data folder, beside a running server or without one.
 *
 * The copy is a data folder itself, of its owner alone. Mail that has come in and waits is copied first, then
 * the database as one moment has it, then the files of tickets: what the database speaks of is there, but for
 * what is erased meanwhile. It stands under its name only when it is whole and on disk.
 */
#ifndef GUICHET_BACKUP_H
#define GUICHET_BACKUP_H

#include "config.h"

/* Make the folder `to`, and tell on `out`. False: errors in `diag`, and nothing of it is left. */
bool backup_run(const struct config *config, const char *to, FILE *out, struct diag *diag);

#endif
