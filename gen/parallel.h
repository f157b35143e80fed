/*
 * parallel: the same work on many things, by as many threads as there are processors (at most 8).
 *
 * Which thread works on which thing is chance; what comes out must not depend on it. Each worker has an
 * arena that lives until parallel_free(), a scratch buffer, and a diag that is merged after each run.
 */
#ifndef GUICHET_PARALLEL_H
#define GUICHET_PARALLEL_H

#include "../lib/arena.h"
#include "../lib/buf.h"
#include "../lib/diag.h"

enum { PARALLEL_WORKERS_MAX = 8 };

struct worker {
    unsigned number;             /* which of them, below PARALLEL_WORKERS_MAX */
    struct arena *arena;         /* for what outlives the run */
    struct buf scratch;          /* for anything; what is in it at the start of a job is left over */
    struct arena *scratch_arena; /* the same; whoever uses it empties it first */
    struct diag *diag;
};

typedef void parallel_job(void *context, size_t index, struct worker *worker);

struct parallel;

/* NULL: no memory. */
struct parallel *parallel_new(void);
void parallel_free(struct parallel *parallel);

/* Call job(context, i, ..) for every i below `count`, and return when all are done. Little work stays here.
 */
void parallel_run(struct parallel *parallel, size_t count, parallel_job *job, void *context,
                  struct diag *diag);

/* The same for few jobs, each of which is worth a thread. */
void parallel_run_few(struct parallel *parallel, size_t count, parallel_job *job, void *context,
                      struct diag *diag);

/*
 * Start job(context, 0, ..) beside whatever comes next, with a worker that is none of theirs; one at a time.
 * parallel_wait() returns when it is done.
 */
void parallel_begin(struct parallel *parallel, parallel_job *job, void *context);
void parallel_wait(struct parallel *parallel, struct diag *diag);

#endif
