/*
 * verify: is a data folder that nobody has open whole?
 *
 * The database is read as SQLite itself checks it, every reference within it, and every file that a message
 * has, held against the size and SHA-256 it was kept with. Nothing of it is changed, but for a WAL that a
 * crash left beside the database: that is written back. The shape may be an older one, not a newer.
 */
#ifndef GUICHET_STORE_VERIFY_H
#define GUICHET_STORE_VERIFY_H

#include "../../lib/diag.h"

#include <stdbool.h>
#include <stdint.h>

/* Findings of one kind that are told; of more it is said that there are. */
#define VERIFY_TOLD 20

/*
 * `files`: how many messages have. False: errors in `diag`, with the path that each is about, as if the
 * folder were `shown`: people know the one that it was copied from.
 */
bool store_verify(const char *dir, const char *shown, uint64_t *files, struct diag *diag);

#endif
