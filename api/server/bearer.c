#include "bearer.h"

#include "../ops/config.h"
#include "../store/audit.h"
#include "../store/secret.h"
#include "route.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#define MINUTE_MS INT64_C(60000)

static const struct limit guesses = {"token guesses", 100, 1000};

static bool hash_of(struct request *request, unsigned char hash[SECRET_HASH_BYTES])
{
    static const char scheme[] = "Bearer ";
    const char *said = http_header(request->http, "Authorization");
    if (!said || strncasecmp(said, scheme, strlen(scheme)) != 0)
        return false;
    said += strlen(scheme);
    said += strspn(said, " ");
    return strncmp(said, BEARER_PREFIX, strlen(BEARER_PREFIX)) == 0 &&
           secret_hash(said + strlen(BEARER_PREFIX), hash);
}

/* A token has too many bits to be guessed; but whoever tries costs a look into the store each time. */
static enum problem refuse(struct request *request)
{
    request->retry_ms =
        limits_take(request->server->limits, &guesses, request_place(request), "", request->now);
    http_set(request->http, "WWW-Authenticate", "Bearer");
    return request->retry_ms > 0 ? PROBLEM_TOO_MANY_ATTEMPTS : PROBLEM_TOKEN;
}

static enum problem take_turn(struct request *request, const char *id)
{
    long most = request->server->config->sync_per_minute;
    const struct limit limit = {"sync", most, MINUTE_MS / most};
    request->retry_ms = limits_take(request->server->limits, &limit, id, "", request->now);
    return request->retry_ms > 0 ? PROBLEM_TOO_MANY_ATTEMPTS : PROBLEM_NONE;
}

enum problem bearer_asks(struct request *request)
{
    char actor[40], *id = actor + strlen("token ");
    unsigned char hash[SECRET_HASH_BYTES];
    const char *scope = route_scope(request->route, request->arena);
    if (!hash_of(request, hash))
        return refuse(request);
    enum rc rc = sync_token_use(request->store, request->arena, hash, request->now, &request->token);
    if (rc != RC_OK)
        return rc == RC_NOT_FOUND ? refuse(request) : problem_of(rc);
    snprintf(actor, sizeof actor, "token %lld", (long long)request->token.id);
    audit_source(actor, request_place(request));
    if (!scope || !sync_token_may(&request->token, scope))
        return scope ? PROBLEM_SCOPE : PROBLEM_INTERNAL;
    return take_turn(request, id);
}
