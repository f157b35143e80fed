#include "deliver.h"

#include "../../lib/log.h"
#include "body.h"
#include "call.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#define LONGEST_WAIT_MS (6 * INT64_C(3600000))
#define SWEEP_MS INT64_C(3600000)
#define ARENA_CEILING (32 * 1024 * 1024)

enum {
    POLL_MS = 250, /* how soon news are noticed */
    END_MS = 2000, /* what is on its way may take so long when all ends */
    DOUBLINGS = 20,
    GONE = 410,
};

struct webhooks {
    struct store *store;
    struct call_rules rules;
    struct calls *calls;
    struct arena *arena; /* for one round */
    struct arena *words; /* for one body */
    int64_t retry_ms, patience_ms;
    int64_t swept_at;
    struct hook_delivery underway[CALLS_MAX]; /* their texts are gone; id 0: none */
    pthread_t thread;
    atomic_bool stopping;
};

/* --- what became of it -----------------------------------------------------------------------------------
 */

static struct hook_delivery *underway_of(struct webhooks *webhooks, int64_t id)
{
    for (size_t i = 0; i < CALLS_MAX; i++)
        if (webhooks->underway[i].id == id)
            return &webhooks->underway[i];
    return NULL;
}

static int64_t wait_after(const struct webhooks *webhooks, int attempts, int64_t wanted)
{
    int64_t wait = webhooks->retry_ms << (attempts < DOUBLINGS ? attempts : DOUBLINGS);
    wait = wait > wanted ? wait : wanted;
    return wait < LONGEST_WAIT_MS ? wait : LONGEST_WAIT_MS;
}

static void log_tried(const struct hook_delivery *delivery, const struct hook_tried *tried)
{
    char id[24], hook[24];
    snprintf(id, sizeof id, "%lld", (long long)delivery->id);
    snprintf(hook, sizeof hook, "%lld", (long long)delivery->hook_id);
    if (!tried->why)
        log_event(LOG_INFO, "webhook_delivered", "id", id, "webhook", hook, NULL);
    else if (tried->next_at)
        log_event(LOG_WARNING, "webhook_failed", "id", id, "webhook", hook, "why", tried->why, NULL);
    else
        log_event(LOG_ERROR, "webhook_given_up", "id", id, "webhook", hook, "why", tried->why, "meaning",
                  "guichet-api webhooks resend sends it after all", NULL);
}

static void note(struct webhooks *webhooks, const struct hook_delivery *delivery,
                 const struct hook_tried *tried)
{
    log_tried(delivery, tried);
    enum rc rc = hook_note(webhooks->store, delivery->id, tried);
    if (rc != RC_OK && rc != RC_NOT_FOUND)
        log_event(LOG_ERROR, "webhook_unnoted", "meaning", "it will be sent again", NULL);
}

static void note_ended(struct webhooks *webhooks, const struct hook_delivery *delivery,
                       const struct call_end *end, int64_t now)
{
    struct hook_tried tried = {
        .at = now,
        .took_ms = end->took_ms,
        .status = end->status,
        .answer = end->status ? end->answer : NULL,
        .why = *end->why ? end->why : NULL,
    };
    if (end->status != GONE && now - delivery->since_at < webhooks->patience_ms)
        tried.next_at = now + wait_after(webhooks, delivery->attempts, end->retry_ms);
    note(webhooks, delivery, &tried);
}

static void take_ends(struct webhooks *webhooks, int64_t now)
{
    struct call_end end;
    while (calls_ended(webhooks->calls, &end)) {
        struct hook_delivery *delivery = underway_of(webhooks, end.id);
        if (!delivery)
            continue;
        note_ended(webhooks, delivery, &end, now);
        delivery->id = 0;
    }
}

/* --- what is due -----------------------------------------------------------------------------------------
 */

static bool is_asked_for(const struct webhooks *webhooks, const struct hook_delivery *delivery)
{
    return !calls_has(webhooks->calls, delivery->id) &&
           calls_count(webhooks->calls, delivery->hook_id) < CALLS_OF_EACH;
}

static void begin(struct webhooks *webhooks, const struct hook *hook, const struct hook_delivery *delivery,
                  int64_t now)
{
    struct buf body;
    enum rc rc = RC_OK;
    struct hook_delivery *slot = underway_of(webhooks, 0);
    struct hook_tried tried = {.at = now};
    buf_init(&body, BODY_CEILING);
    arena_reset(webhooks->words);
    const char *gone = body_write(webhooks->store, webhooks->words, delivery, &body, &rc);
    const struct calling calling = {hook->url, hook->secret, delivery->id, hook->id, body.data, body.len};
    tried.why = gone;
    if (!gone && slot && rc == RC_OK && call_begin(webhooks->calls, &calling, now)) {
        *slot = *delivery;
        slot->kind = slot->changed = NULL;
    } else if (!gone) {
        tried.why = "it cannot be read, or no memory is left";
        tried.next_at = now + wait_after(webhooks, delivery->attempts, 0);
    }
    if (tried.why)
        note(webhooks, delivery, &tried);
    buf_release(&body);
}

/* More than may go at once are read, for some of them are on their way. */
static void begin_due(struct webhooks *webhooks, const struct hook *hook, int64_t now)
{
    struct hook_delivery due[2 * CALLS_OF_EACH];
    size_t count = sizeof due / sizeof due[0];
    if (calls_count(webhooks->calls, hook->id) >= CALLS_OF_EACH ||
        hook_due(webhooks->store, webhooks->arena, hook->id, now, due, &count) != RC_OK)
        return;
    for (size_t i = 0; i < count; i++)
        if (is_asked_for(webhooks, &due[i]))
            begin(webhooks, hook, &due[i], now);
}

static void begin_all(struct webhooks *webhooks, int64_t now)
{
    size_t count = 0;
    struct hook hooks[HOOK_MAX];
    arena_reset(webhooks->arena);
    if (hook_all(webhooks->store, webhooks->arena, hooks, &count) != RC_OK)
        return;
    for (size_t i = 0; i < count; i++)
        begin_due(webhooks, &hooks[i], now);
}

static void tidy(struct webhooks *webhooks, int64_t now)
{
    if (now - webhooks->swept_at < SWEEP_MS)
        return;
    webhooks->swept_at = now;
    hook_sweep(webhooks->store, now);
}

static void *run(void *context)
{
    struct webhooks *webhooks = context;
    while (!atomic_load(&webhooks->stopping)) {
        begin_all(webhooks, store_now());
        calls_go_on(webhooks->calls, POLL_MS);
        take_ends(webhooks, store_now());
        tidy(webhooks, store_now());
    }
    for (int64_t until = store_now() + END_MS; calls_count(webhooks->calls, 0) > 0 && store_now() < until;) {
        calls_go_on(webhooks->calls, POLL_MS);
        take_ends(webhooks, store_now());
    }
    return NULL;
}

static void release(struct webhooks *webhooks)
{
    calls_close(webhooks->calls);
    arena_free(webhooks->arena);
    arena_free(webhooks->words);
    free(webhooks);
}

struct webhooks *webhooks_start(struct store *store, const struct config *config)
{
    struct webhooks *webhooks = calloc(1, sizeof *webhooks);
    if (!webhooks)
        return NULL;
    webhooks->store = store;
    webhooks->rules = (struct call_rules){config->webhook_allow, config->webhook_ca};
    webhooks->retry_ms = config->webhook_retry * 1000;
    webhooks->patience_ms = config->webhook_give_up * 1000;
    webhooks->arena = arena_new(ARENA_CEILING);
    webhooks->words = arena_new(ARENA_CEILING);
    webhooks->calls = calls_open(&webhooks->rules);
    if (webhooks->arena && webhooks->words && webhooks->calls &&
        pthread_create(&webhooks->thread, NULL, run, webhooks) == 0)
        return webhooks;
    release(webhooks);
    return NULL;
}

void webhooks_stop(struct webhooks *webhooks)
{
    if (!webhooks)
        return;
    atomic_store(&webhooks->stopping, true);
    calls_wake(webhooks->calls);
    pthread_join(webhooks->thread, NULL);
    release(webhooks);
}
