#include "erasing.h"

#include "../../lib/pause.h"
#include "../store/erase.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define IDLE_MS 500
#define FAILED_MS 10000

struct erasing {
    struct store *store;
    struct snapshots *snapshots;
    struct erase_pace pace;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    atomic_bool stopping;
};

/* With the words of the portal's language, for nobody has another one's. */
static enum rc do_piece(struct erasing *erasing)
{
    const struct snapshot *snapshot = snapshots_get(erasing->snapshots);
    const char *locale = snapshot->portal->default_locale;
    const struct erase_words words = {
        .name = portal_word(snapshot->portal, locale, "erased"),
        .text = portal_word(snapshot->portal, locale, "removed"),
        .locale = locale,
    };
    enum rc rc = erase_next(erasing->store, &words, &erasing->pace, store_now());
    snapshot_release(snapshot);
    return rc;
}

static bool pause_or_stop(struct erasing *erasing, long ms)
{
    pthread_mutex_lock(&erasing->lock);
    if (!atomic_load(&erasing->stopping) && ms > 0)
        pause_wait(&erasing->wake, &erasing->lock, ms);
    pthread_mutex_unlock(&erasing->lock);
    return atomic_load(&erasing->stopping);
}

static void *run(void *context)
{
    struct erasing *erasing = context;
    long pause = 0;
    while (!pause_or_stop(erasing, pause)) {
        enum rc rc = do_piece(erasing);
        pause = rc == RC_OK ? 0 : rc == RC_NOT_FOUND ? IDLE_MS : FAILED_MS;
    }
    return NULL;
}

struct erasing *erasing_start(struct store *store, struct snapshots *snapshots, struct diag *diag)
{
    struct erasing *erasing = calloc(1, sizeof *erasing);
    int error = erasing ? 0 : ENOMEM;
    if (erasing) {
        erasing->store = store;
        erasing->snapshots = snapshots;
        erasing->pace.stopping = &erasing->stopping;
        pthread_mutex_init(&erasing->lock, NULL);
        pthread_cond_init(&erasing->wake, NULL);
        error = pthread_create(&erasing->thread, NULL, run, erasing);
    }
    if (error == 0)
        return erasing;
    diag_error(diag, (struct place){0}, "cannot start what erases: %s", strerror(error));
    free(erasing);
    return NULL;
}

void erasing_stop(struct erasing *erasing)
{
    if (!erasing)
        return;
    pthread_mutex_lock(&erasing->lock);
    atomic_store(&erasing->stopping, true);
    pthread_cond_signal(&erasing->wake);
    pthread_mutex_unlock(&erasing->lock);
    pthread_join(erasing->thread, NULL);
    pthread_cond_destroy(&erasing->wake);
    pthread_mutex_destroy(&erasing->lock);
    free(erasing);
}
