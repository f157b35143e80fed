/*
 * stage: the folder in which a run puts together what is to be served.
 *
 * It begins with what an earlier run left in it, or empty. A file that is there with the same bytes is left
 * alone; what was not written again is swept away at the end. So a run after a small change writes little,
 * and a run that was cut short in the middle does no harm to the next.
 */
#ifndef GUICHET_STAGE_H
#define GUICHET_STAGE_H

#include "../../lib/arena.h"
#include "stamp.h"

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

struct stage_file {
    const char *path;
    struct stamp stamp; /* since it was written */
};

struct stage {
    const char *dir; /* borrowed */
    int fd;          /* of the folder; -1: not open */
    bool fresh;      /* it was not there before */
    pthread_mutex_t lock;
    struct stage_file *written; /* by this run; owned, but not the paths */
    size_t count, cap;
};

/* Each returns 0 or an errno value. */

/* Make or take over the folder. Close it in either case. */
int stage_open(struct stage *stage, const char *dir);
void stage_close(struct stage *stage);

/* Thread-safe. `path` is below the folder and lives until the sweep. */
int stage_write(struct stage *stage, const char *path, const void *bytes, size_t len);

/* Remove every file that was not written since the folder was opened, and folders that become empty by it. */
int stage_sweep(struct stage *stage, struct arena *arena);

#endif
