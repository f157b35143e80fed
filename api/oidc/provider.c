#include "provider.h"

#include "claims.h"
#include "fetch.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define HOUR_MS INT64_C(3600000)
#define DAY_MS (24 * HOUR_MS)
#define MINUTE_MS INT64_C(60000)
#define WELL_KNOWN "/.well-known/openid-configuration"

enum { KEPT_MAX = 32, DOCUMENT_CEILING = 128 * 1024, WAITING_MAX = 32, WAIT_SECONDS = 2 };

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

/* --- what is kept --------------------------------------------------------------------------------------- */

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

enum look {
    LOOK_HERE, /* it is here */
    LOOK_CALL, /* whoever asked calls for it now; keep() must follow */
    LOOK_NONE, /* it cannot be had for now */
};

static bool is_fresh(const struct kept *kept, int64_t now)
{
    int64_t age = now - kept->fetched_at;
    return kept->text &&
           (age < HOUR_MS || (age < DAY_MS && (kept->asked_for || now - kept->tried_at < MINUTE_MS)));
}

static enum look claim(struct oidc *oidc, const char *url, int64_t now)
{
    struct kept *kept = slot_of(oidc, url);
    char *copy = strdup(url);
    if (!copy)
        return LOOK_NONE;
    free(kept->url);
    kept->url = copy;
    kept->asked_for = true;
    kept->tried_at = now;
    return LOOK_CALL;
}

/* The same with the lock held. */
static enum look look_now(const struct asking *asking, const char *url, const char **text, bool *wait)
{
    struct kept *kept = slot_of(asking->oidc, url);
    bool found = kept->url && strcmp(kept->url, url) == 0;
    *wait = false;
    if (found && is_fresh(kept, asking->now)) {
        *text = arena_strdup(asking->arena, kept->text);
        return *text ? LOOK_HERE : LOOK_NONE;
    }
    *wait = found && kept->asked_for;
    if (*wait || (found && asking->now - kept->tried_at < MINUTE_MS))
        return LOOK_NONE;
    if (!found) {
        free(kept->text);
        kept->text = NULL;
        kept->fetched_at = kept->forced_at = 0;
    }
    return claim(asking->oidc, url, asking->now);
}

/* A copy of what is kept. One calls for what is not; who wants it meanwhile waits for that, a moment and few
 * of them. */
static enum look look(const struct asking *asking, const char *url, const char **text)
{
    struct oidc *oidc = asking->oidc;
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += WAIT_SECONDS;
    pthread_mutex_lock(&oidc->lock);
    bool wait;
    enum look found = look_now(asking, url, text, &wait);
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

static const char *old_copy(const struct asking *asking, const char *url)
{
    const char *text = NULL;
    pthread_mutex_lock(&asking->oidc->lock);
    const struct kept *kept = slot_of(asking->oidc, url);
    if (kept->url && strcmp(kept->url, url) == 0 && kept->text && asking->now - kept->fetched_at < DAY_MS)
        text = arena_strdup(asking->arena, kept->text);
    pthread_mutex_unlock(&asking->oidc->lock);
    return text;
}

/* `text` NULL: it was not had, and what there is stays. `asked` false: nobody was asked, so that one may try
 * again. */
static void keep(const struct asking *asking, const char *url, const char *text, bool asked)
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

/* May a fresh one be asked for anew? Who may has done so. */
static bool may_force(const struct asking *asking, const char *url)
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

/* --- documents ------------------------------------------------------------------------------------------ */

/* A document's parser: NULL, or why it cannot be trusted. */
typedef const char *judge_document(const struct asking *asking, const json_t *document);

static const char *call(struct asking *asking, const char *url, const char *what, judge_document *judge)
{
    const char *text;
    const struct fetch fetch = {.url = url, .ceiling = DOCUMENT_CEILING};
    enum fetch_answer answer = fetch_run(&fetch, asking->arena, &text);
    const char *wrong = answer == FETCH_GOOD ? NULL : fetch_word(answer);
    json_t *document = wrong ? NULL : json_loads(text, JSON_REJECT_DUPLICATES, NULL);
    if (!wrong)
        wrong = json_is_object(document) ? judge(asking, document) : "no_json";
    json_decref(document);
    keep(asking, url, wrong ? NULL : text, answer != FETCH_BUSY);
    if (wrong)
        asking->why = arena_printf(asking->arena, "%s_%s", what, wrong);
    return wrong ? NULL : text;
}

/* The document of that address: a fresh one, or the old one while there is no other. Tried in vain: not for a
 * minute. */
static const char *document_of(struct asking *asking, const char *url, const char *what,
                               judge_document *judge)
{
    const char *text = NULL;
    enum look found = look(asking, url, &text);
    if (found == LOOK_HERE)
        return text;
    if (found == LOOK_NONE) {
        asking->why = arena_printf(asking->arena, "%s_unavailable", what);
        return NULL;
    }
    text = call(asking, url, what, judge);
    return text ? text : old_copy(asking, url);
}

static bool may_call(const json_t *document, const char *name)
{
    const char *url = claims_text(document, name);
    return *url != '\0' && fetch_may(url);
}

/* The document must be the issuer's own, to the letter (section 4.3), and lead nowhere that we do not call.
 */
static const char *judge_discovery(const struct asking *asking, const json_t *document)
{
    static const char *const needed[] = {"authorization_endpoint", "token_endpoint", "jwks_uri", NULL};
    static const char *const others[] = {"userinfo_endpoint", "end_session_endpoint", NULL};
    if (strcmp(claims_text(document, "issuer"), asking->provider->issuer) != 0)
        return "other_issuer";
    for (const char *const *name = needed; *name; name++)
        if (!may_call(document, *name))
            return *name;
    for (const char *const *name = others; *name; name++)
        if (json_object_get(document, *name) && !may_call(document, *name))
            return *name;
    return NULL;
}

static const char *judge_keys(const struct asking *asking, const json_t *document)
{
    (void)asking;
    return json_is_array(json_object_get(document, "keys")) ? NULL : "no_keys";
}

static const char *discovery_url(const struct asking *asking)
{
    const char *issuer = asking->provider->issuer;
    size_t len = strlen(issuer);
    if (len > 0 && issuer[len - 1] == '/')
        len--;
    return arena_printf(asking->arena, "%.*s" WELL_KNOWN, (int)len, issuer);
}

bool provider_endpoints(struct asking *asking, struct endpoints *endpoints)
{
    const char *url = discovery_url(asking);
    asking->why = "memory";
    const char *text = url ? document_of(asking, url, "discovery", judge_discovery) : NULL;
    json_t *document = text ? json_loads(text, 0, NULL) : NULL;
    if (!document)
        return false;
    *endpoints = (struct endpoints){
        .authorization = arena_strdup(asking->arena, claims_text(document, "authorization_endpoint")),
        .token = arena_strdup(asking->arena, claims_text(document, "token_endpoint")),
        .keys = arena_strdup(asking->arena, claims_text(document, "jwks_uri")),
        .userinfo = arena_strdup(asking->arena, claims_text(document, "userinfo_endpoint")),
        .end_session = arena_strdup(asking->arena, claims_text(document, "end_session_endpoint")),
        .names_itself = claims_flag(document, "authorization_response_iss_parameter_supported"),
    };
    json_decref(document);
    return endpoints->authorization && endpoints->token && endpoints->keys && endpoints->userinfo &&
           endpoints->end_session;
}

bool provider_keys(struct asking *asking, const char *url, bool newer, const char **keys)
{
    asking->why = "key_unknown";
    if (newer)
        *keys = may_force(asking, url) ? call(asking, url, "keys", judge_keys) : NULL;
    else
        *keys = document_of(asking, url, "keys", judge_keys);
    return *keys != NULL;
}
