/* backup: a copy of the database as one moment has it. */
#ifndef GUICHET_STORE_BACKUP_H
#define GUICHET_STORE_BACKUP_H

#include "store.h"

/*
 * Write the database into a new file, whoever writes into it meanwhile. RC_FULL: there is no room for it;
 * RC_INTERNAL: `why` (of at least 200 bytes) tells what went wrong. A file that is not whole may stay.
 */
enum rc store_backup(struct store *store, const char *path, char *why, size_t size);

#endif
