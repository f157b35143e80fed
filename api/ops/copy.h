/*
 * copy: a data folder written file by file into a new one, which stands under its name only when it is whole
 * and on disk. Only its owner can open what it holds.
 */
#ifndef GUICHET_COPY_H
#define GUICHET_COPY_H

#include "../../lib/arena.h"
#include "../../lib/diag.h"

#include <stdbool.h>
#include <stdint.h>

/* The database within a data folder; beside it, while it is open, "-wal" and "-shm". */
#define COPY_DATABASE "guichet.db"

struct copy {
    const char *from;
    const char *to; /* while it is made: its name and ".part" */
    const char *name;
    struct arena *arena;
    struct diag *diag;
    char *chunk;
    uint64_t files, bytes; /* so far */
};

/* Make the folder, empty. False: an error in `diag`. Release it in either case. */
bool copy_begin(struct copy *copy, const char *from, const char *to, struct diag *diag);

/* Copy the files that are wanted, by their paths within the folder ("files/Zk..."). False: an error in
 * `diag`. */
bool copy_files(struct copy *copy, bool (*is_wanted)(const char *path));

/* All to disk, and the folder in its place. False: an error in `diag`. */
bool copy_finish(struct copy *copy);

/* What is not finished is removed. */
void copy_release(struct copy *copy);

#endif
