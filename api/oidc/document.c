#include "document.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define HOUR_MS INT64_C(3600000)
#define DAY_MS (24 * HOUR_MS)
#define MINUTE_MS INT64_C(60000)

enum { KEPT_MAX = 32, WAITING_MAX = 32, WAIT_SECONDS = 2 };

/* A document by its address. */
struct kept {
    char *url;
    char *text;
    int64_t fetched_at;
    int64_t tried_at;
    int64_t forced_at; /* when it was last asked for although it was fresh */
    bool asked_for;    /* somebody calls the provider for it */
};

struct oidc {
    pthread_mutex_t lock;
    pthread_cond_t came; /* what somebody called for, or that it cannot be had */
    int waiting;
    struct kept kept[KEPT_MAX];
};

struct oidc *oidc_new(void)
{
    struct oidc *oidc = calloc(1, sizeof *oidc);
    if (!oidc)
        return NULL;
    pthread_mutex_init(&oidc->lock, NULL);
    pthread_cond_init(&oidc->came, NULL);
    return oidc;
}

void oidc_free(struct oidc *oidc)
{
    if (!oidc)
        return;
    for (size_t i = 0; i < KEPT_MAX; i++) {
        free(oidc->kept[i].url);
        free(oidc->kept[i].text);
    }
    pthread_cond_destroy(&oidc->came);
    pthread_mutex_destroy(&oidc->lock);
    free(oidc);
}

/* Its place, or the one that was longest not asked for; the lock is held. */
static struct kept *slot_of(struct oidc *oidc, const char *url)
{
    struct kept *oldest = &oidc->kept[0];
    for (size_t i = 0; i < KEPT_MAX; i++) {
        struct kept *kept = &oidc->kept[i];
        if (kept->url && strcmp(kept->url, url) == 0)
            return kept;
        if (kept->tried_at < oldest->tried_at)
            oldest = kept;
    }
    return oldest;
}

static bool is_fresh(const struct kept *kept, int64_t now)
{
    int64_t age = now - kept->fetched_at;
    return kept->text &&
           (age < HOUR_MS || (age < DAY_MS && (kept->asked_for || now - kept->tried_at < MINUTE_MS)));
}

static enum document_look claim(struct oidc *oidc, const char *url, int64_t now)
{
    struct kept *kept = slot_of(oidc, url);
    char *copy = strdup(url);
    if (!copy)
        return DOCUMENT_NONE;
    free(kept->url);
    kept->url = copy;
    kept->asked_for = true;
    kept->tried_at = now;
    return DOCUMENT_CALL;
}

/* The same with the lock held. */
static enum document_look look_now(const struct asking *asking, const char *url, const char **text,
                                   bool *wait)
{
    struct kept *kept = slot_of(asking->oidc, url);
    bool found = kept->url && strcmp(kept->url, url) == 0;
    *wait = false;
    if (found && is_fresh(kept, asking->now)) {
        *text = arena_strdup(asking->arena, kept->text);
        return *text ? DOCUMENT_HERE : DOCUMENT_NONE;
    }
    *wait = found && kept->asked_for;
    if (*wait || (found && asking->now - kept->tried_at < MINUTE_MS))
        return DOCUMENT_NONE;
    if (!found) {
        free(kept->text);
        kept->text = NULL;
        kept->fetched_at = kept->forced_at = 0;
    }
    return claim(asking->oidc, url, asking->now);
}

enum document_look document_look(const struct asking *asking, const char *url, const char **text)
{
    struct oidc *oidc = asking->oidc;
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += WAIT_SECONDS;
    pthread_mutex_lock(&oidc->lock);
    bool wait;
    enum document_look found = look_now(asking, url, text, &wait);
    while (wait && oidc->waiting < WAITING_MAX) {
        oidc->waiting++;
        int late = pthread_cond_timedwait(&oidc->came, &oidc->lock, &until);
        oidc->waiting--;
        found = look_now(asking, url, text, &wait);
        if (late)
            break;
    }
    pthread_mutex_unlock(&oidc->lock);
    return found;
}

const char *document_old(const struct asking *asking, const char *url)
{
    const char *text = NULL;
    pthread_mutex_lock(&asking->oidc->lock);
    const struct kept *kept = slot_of(asking->oidc, url);
    if (kept->url && strcmp(kept->url, url) == 0 && kept->text && asking->now - kept->fetched_at < DAY_MS)
        text = arena_strdup(asking->arena, kept->text);
    pthread_mutex_unlock(&asking->oidc->lock);
    return text;
}

void document_keep(const struct asking *asking, const char *url, const char *text, bool asked)
{
    char *url_copy = strdup(url), *text_copy = text ? strdup(text) : NULL;
    pthread_mutex_lock(&asking->oidc->lock);
    struct kept *kept = slot_of(asking->oidc, url);
    bool found = kept->url && strcmp(kept->url, url) == 0;
    if (!found || text_copy) {
        free(kept->text);
        kept->text = text_copy;
        kept->fetched_at = asking->now;
        text_copy = NULL;
    }
    if (!found)
        kept->forced_at = 0;
    kept->tried_at = asked ? asking->now : 0;
    kept->asked_for = false;
    free(kept->url);
    kept->url = url_copy;
    pthread_cond_broadcast(&asking->oidc->came);
    pthread_mutex_unlock(&asking->oidc->lock);
    free(text_copy);
}

bool document_may_force(const struct asking *asking, const char *url)
{
    pthread_mutex_lock(&asking->oidc->lock);
    struct kept *kept = slot_of(asking->oidc, url);
    bool found = kept->url && strcmp(kept->url, url) == 0;
    bool may = found && asking->now - kept->forced_at >= MINUTE_MS;
    if (may)
        kept->forced_at = asking->now;
    pthread_mutex_unlock(&asking->oidc->lock);
    return may;
}
