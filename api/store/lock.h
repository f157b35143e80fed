/*
 * lock: one process holds a data folder at a time.
 *
 * A lock of its own file, never of the database: opening and closing that a second time would drop SQLite's
 * own locks. The kernel lets go when the process ends, however it ends.
 */
#ifndef GUICHET_STORE_LOCK_H
#define GUICHET_STORE_LOCK_H

#include "../../lib/diag.h"

#include <stdbool.h>

/*
 * Take the folder's lock and write our process id into it. -1: an error in `diag`; but where only another
 * process holds it and `held` is not NULL, that is told there instead.
 */
int lock_take(const char *dir, bool *held, struct diag *diag);

void lock_release(int fd);

#endif
