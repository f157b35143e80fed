#include "parallel.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

enum {
    WORKERS_MAX = PARALLEL_WORKERS_MAX,
    CHUNK = 8, /* jobs that a worker takes at a time */
    WORTH_A_THREAD = 4 * CHUNK,
    SCRATCH_CEILING = 64 * 1024 * 1024,
    SCRATCH_KEPT =
        512 * 1024, /* so much stays when the scratch arena is emptied: most jobs ask for no more */
};

struct run {
    atomic_size_t next;
    size_t count, chunk;
    parallel_job *job;
    void *context;
};

struct thread {
    pthread_t id;
    bool started;
    struct run *run;
    struct worker *worker;
};

struct parallel {
    unsigned count;
    struct worker workers[WORKERS_MAX];
    struct worker beside; /* has a number of its own, too, but counts for nothing else */
    struct run beside_run;
    struct thread beside_thread;
};

static bool worker_init(struct worker *worker, unsigned number)
{
    worker->number = number;
    worker->arena = arena_new(0);
    worker->scratch_arena = arena_new(0);
    worker->diag = diag_new();
    buf_init(&worker->scratch, SCRATCH_CEILING);
    return worker->arena && worker->scratch_arena && worker->diag &&
           arena_alloc(worker->scratch_arena, SCRATCH_KEPT);
}

struct parallel *parallel_new(void)
{
    struct parallel *parallel = calloc(1, sizeof *parallel);
    if (!parallel)
        return NULL;
    bool fine = worker_init(&parallel->beside, WORKERS_MAX);
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    unsigned wanted = processors < 1 ? 1 : processors > WORKERS_MAX ? WORKERS_MAX : (unsigned)processors;
    for (; fine && parallel->count < wanted; parallel->count++)
        fine = worker_init(&parallel->workers[parallel->count], parallel->count);
    if (fine)
        return parallel;
    parallel_free(parallel);
    return NULL;
}

static void worker_release(struct worker *worker)
{
    arena_free(worker->arena);
    arena_free(worker->scratch_arena);
    diag_free(worker->diag);
    buf_release(&worker->scratch);
}

void parallel_free(struct parallel *parallel)
{
    if (!parallel)
        return;
    worker_release(&parallel->beside);
    for (unsigned i = 0; i < parallel->count; i++)
        worker_release(&parallel->workers[i]);
    free(parallel);
}

static void work(struct run *run, struct worker *worker)
{
    size_t start;
    while ((start = atomic_fetch_add(&run->next, run->chunk)) < run->count) {
        for (size_t i = start; i < start + run->chunk && i < run->count; i++)
            run->job(run->context, i, worker);
    }
}

static void *thread_main(void *argument)
{
    struct thread *thread = argument;
    work(thread->run, thread->worker);
    return NULL;
}

static void start(struct thread *thread, struct run *run, struct worker *worker)
{
    *thread = (struct thread){.run = run, .worker = worker};
    thread->started = pthread_create(&thread->id, NULL, thread_main, thread) == 0;
}

/* A thread that cannot be started is work for the others. */
static void run_all(struct parallel *parallel, struct run *run, unsigned workers, struct diag *diag)
{
    struct thread threads[WORKERS_MAX] = {0};
    for (unsigned i = 1; i < workers; i++)
        start(&threads[i], run, &parallel->workers[i]);
    work(run, &parallel->workers[0]);
    for (unsigned i = 0; i < parallel->count; i++) {
        if (threads[i].started)
            pthread_join(threads[i].id, NULL);
        diag_merge(diag, parallel->workers[i].diag);
    }
}

void parallel_run(struct parallel *parallel, size_t count, parallel_job *job, void *context,
                  struct diag *diag)
{
    struct run run = {.count = count, .chunk = CHUNK, .job = job, .context = context};
    run_all(parallel, &run, count >= WORTH_A_THREAD ? parallel->count : 1, diag);
}

void parallel_run_few(struct parallel *parallel, size_t count, parallel_job *job, void *context,
                      struct diag *diag)
{
    struct run run = {.count = count, .chunk = 1, .job = job, .context = context};
    run_all(parallel, &run, count < parallel->count ? (unsigned)count : parallel->count, diag);
}

void parallel_begin(struct parallel *parallel, parallel_job *job, void *context)
{
    parallel->beside_run = (struct run){.count = 1, .chunk = 1, .job = job, .context = context};
    start(&parallel->beside_thread, &parallel->beside_run, &parallel->beside);
}

void parallel_wait(struct parallel *parallel, struct diag *diag)
{
    work(&parallel->beside_run, &parallel->beside); /* when no thread took it */
    if (parallel->beside_thread.started)
        pthread_join(parallel->beside_thread.id, NULL);
    diag_merge(diag, parallel->beside.diag);
}
