#include "receive.h"

#include "../../lib/buf.h"
#include "../../lib/fs.h"
#include "../../lib/log.h"
#include "../../lib/pause.h"
#include "../store/audit.h"
#include "inbound_handle.h"
#include "letter.h"
#include "reply_token.h"
#include "spool.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define IDLE_MS 500
#define TROUBLE_MS 5000
#define ARENA_CEILING (64 * 1024 * 1024)

struct receive {
    struct store *store;
    struct snapshots *snapshots;
    const struct config *config;
    struct arena *arena; /* for one mail at a time */
    struct reply_key key;
    bool troubled; /* said already that mail cannot be dealt with */
    pthread_t thread;
    pthread_mutex_t lock; /* guards `stopping` */
    pthread_cond_t wake;
    bool stopping;
};

static void log_result(const struct inbound_result *result)
{
    static const char *const words[] = {
        [INBOUND_REPLY] = "reply",       [INBOUND_TICKET] = "ticket",   [INBOUND_BOUNCE] = "bounce",
        [INBOUND_WAITS] = "quarantined", [INBOUND_REFUSED] = "refused",
    };
    log_event(LOG_INFO, "mail_received", "became", words[result->decision.verdict], "why",
              result->decision.reason, NULL);
}

static enum rc handle_bytes(struct receive *receive, const struct buf *bytes)
{
    struct inbound_result result;
    const struct snapshot *snapshot = snapshots_get(receive->snapshots);
    const struct inbound_task task = {
        .rules = {receive->store, snapshot->portal, &receive->key,
                  (enum mail_unknown)receive->config->mail_unknown, store_now(), false},
        .visible = snapshot->rule,
        .authserv = receive->config->mail_authserv,
        .bytes = bytes->data,
        .len = bytes->len,
    };
    enum rc rc = inbound_handle(&task, receive->arena, &result);
    snapshot_release(snapshot);
    if (rc == RC_OK)
        log_result(&result);
    return rc;
}

static void say_trouble(struct receive *receive, const char *path, const char *why)
{
    if (!receive->troubled)
        log_event(LOG_ERROR, "mail_in_held", "file", path, "why", why, "meaning",
                  "it stays there and is tried again", NULL);
    receive->troubled = true;
}

/* The pause until the next one. */
static long receive_one(struct receive *receive)
{
    struct buf bytes;
    arena_reset(receive->arena);
    const char *path = spool_first(store_dir(receive->store), receive->arena);
    if (!path)
        return IDLE_MS;
    buf_init(&bytes, SPOOL_MAIL_MAX + 1);
    int error = fs_read(path, &bytes);
    enum rc rc = error ? RC_INTERNAL : handle_bytes(receive, &bytes);
    buf_release(&bytes);
    if (rc != RC_OK) {
        say_trouble(receive, path,
                    error           ? strerror(error)
                    : rc == RC_FULL ? "the disk is full"
                                    : "the store");
        return TROUBLE_MS;
    }
    receive->troubled = false;
    spool_done(path);
    return 0;
}

/* True when it is time to stop. */
static bool pause_or_stop(struct receive *receive, long ms)
{
    pthread_mutex_lock(&receive->lock);
    if (!receive->stopping && ms > 0)
        pause_wait(&receive->wake, &receive->lock, ms);
    bool stopping = receive->stopping;
    pthread_mutex_unlock(&receive->lock);
    return stopping;
}

static void *receive_run(void *context)
{
    struct receive *receive = context;
    long pause = 0;
    audit_source("mail", NULL);
    while (!pause_or_stop(receive, pause))
        pause = receive_one(receive);
    return NULL;
}

static void release(struct receive *receive)
{
    arena_free(receive->arena);
    pthread_cond_destroy(&receive->wake);
    pthread_mutex_destroy(&receive->lock);
    free(receive);
}

struct receive *receive_start(struct store *store, struct snapshots *snapshots, const struct config *config)
{
    struct receive *receive = calloc(1, sizeof *receive);
    if (!receive)
        return NULL;
    receive->store = store;
    receive->snapshots = snapshots;
    receive->config = config;
    receive->arena = arena_new(ARENA_CEILING);
    pthread_mutex_init(&receive->lock, NULL);
    pthread_cond_init(&receive->wake, NULL);
    letter_init();
    if (receive->arena && reply_key_load(&receive->key, store_dir(store)) &&
        pthread_create(&receive->thread, NULL, receive_run, receive) == 0)
        return receive;
    letter_shutdown();
    release(receive);
    return NULL;
}

void receive_stop(struct receive *receive)
{
    if (!receive)
        return;
    pthread_mutex_lock(&receive->lock);
    receive->stopping = true;
    pthread_cond_signal(&receive->wake);
    pthread_mutex_unlock(&receive->lock);
    pthread_join(receive->thread, NULL);
    letter_shutdown();
    release(receive);
}
