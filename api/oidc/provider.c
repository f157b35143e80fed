#include "provider.h"

#include "claims.h"
#include "document.h"
#include "fetch.h"

#include <string.h>

#define WELL_KNOWN "/.well-known/openid-configuration"

enum { DOCUMENT_CEILING = 128 * 1024 };

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
    document_keep(asking, url, wrong ? NULL : text, answer != FETCH_BUSY);
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
    enum document_look found = document_look(asking, url, &text);
    if (found == DOCUMENT_HERE)
        return text;
    if (found == DOCUMENT_NONE) {
        asking->why = arena_printf(asking->arena, "%s_unavailable", what);
        return NULL;
    }
    text = call(asking, url, what, judge);
    return text ? text : document_old(asking, url);
}

static bool may_call(const json_t *document, const char *name)
{
    const char *url = claims_text(document, name);
    return *url != '\0' && fetch_may(url);
}

/* Some write null for what they do not have. */
static bool has(const json_t *document, const char *name)
{
    const json_t *value = json_object_get(document, name);
    return value && !json_is_null(value);
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
        if (has(document, *name) && !may_call(document, *name))
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
        *keys = document_may_force(asking, url) ? call(asking, url, "keys", judge_keys) : NULL;
    else
        *keys = document_of(asking, url, "keys", judge_keys);
    return *keys != NULL;
}
