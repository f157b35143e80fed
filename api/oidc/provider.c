#include "provider.h"

#include "claims.h"
#include "fetch.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define HOUR_MS INT64_C(3600000)
#define DAY_MS (24 * HOUR_MS)
#define MINUTE_MS INT64_C(60000)
#define WELL_KNOWN "/.well-known/openid-configuration"

enum { KEPT_MAX = 32, DOCUMENT_CEILING = 128 * 1024 };

/* A document by its address. */
struct kept {
    char *url;
    char *text;
    int64_t fetched_at;
    int64_t tried_at;
    int64_t forced_at; /* when it was last asked for although it was fresh */
};

struct oidc {
    pthread_mutex_t lock;
    struct kept kept[KEPT_MAX];
};

struct oidc *oidc_new(void)
{
    struct oidc *oidc = calloc(1, sizeof *oidc);
    if (oidc && pthread_mutex_init(&oidc->lock, NULL) != 0) {
        free(oidc);
        return NULL;
    }
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

/* A copy of it and its age; NULL: there is none. */
static const char *recall(const struct asking *asking, const char *url, int64_t *fetched_at,
                          int64_t *tried_at)
{
    const char *text = NULL;
    pthread_mutex_lock(&asking->oidc->lock);
    struct kept *kept = slot_of(asking->oidc, url);
    bool found = kept->url && strcmp(kept->url, url) == 0;
    *fetched_at = found ? kept->fetched_at : 0;
    *tried_at = found ? kept->tried_at : 0;
    if (found && kept->text)
        text = arena_strdup(asking->arena, kept->text);
    pthread_mutex_unlock(&asking->oidc->lock);
    return text;
}

/* `text` NULL: it was tried in vain, and what there is stays. */
static void keep(const struct asking *asking, const char *url, const char *text)
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
    kept->tried_at = asking->now;
    free(kept->url);
    kept->url = url_copy;
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
    keep(asking, url, wrong ? NULL : text);
    if (wrong)
        asking->why = arena_printf(asking->arena, "%s_%s", what, wrong);
    return wrong ? NULL : text;
}

/* The document of that address: a fresh one, or the old one while there is no other. */
static const char *document_of(struct asking *asking, const char *url, const char *what,
                               judge_document *judge)
{
    int64_t fetched_at, tried_at;
    const char *old = recall(asking, url, &fetched_at, &tried_at);
    int64_t age = asking->now - fetched_at;
    if (old && (age < HOUR_MS || (age < DAY_MS && asking->now - tried_at < MINUTE_MS)))
        return old;
    const char *text = call(asking, url, what, judge);
    return text || age >= DAY_MS ? text : old;
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
