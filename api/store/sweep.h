/*
 * sweep: removes what a crash left among the attachments; internal to this room.
 */
#ifndef GUICHET_STORE_SWEEP_H
#define GUICHET_STORE_SWEEP_H

#include "inside.h"

/*
 * Empty files/tmp, and remove kept files that no row names and that are older than `started`: a file is kept
 * before its row is committed, so a newer one may be waiting for it. RC_INTERNAL: a folder cannot be read.
 */
enum rc sweep_files(struct store *store, int64_t started);

#endif
