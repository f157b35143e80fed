#include "server.h"

#include "../../lib/log.h"
#include "../store/audit.h"
#include "../store/visible_rule.h"
#include "bearer.h"
#include "door.h"
#include "respond.h"
#include "route.h"
#include "who.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#define OUT_CEILING (16 * 1024 * 1024)

static bool is_safe(const char *method)
{
    return strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0;
}

/* --- what a route demands, in this order, before a byte of the body is read ---------------------------- */

static enum problem check_open(struct request *request)
{
    if (request->portal->open || request->route->flags & ROUTE_WHEN_CLOSED)
        return PROBLEM_NONE;
    return PROBLEM_CLOSED;
}

static enum problem check_origin(struct request *request)
{
    struct http_request *http = request->http;
    const struct origins *origins = &request->snapshot->origins;
    const char *origin = http_header(http, "Origin");
    if (is_safe(http_method(http)) || request->route->who == WHO_TOKEN ||
        request->route->flags & ROUTE_ANY_ORIGIN)
        return PROBLEM_NONE;
    if (request->route->body == BODY_FORM || request->route->body == BODY_UPLOAD_FORM)
        return origins_allow_form(origins, origin, http_header(http, "Sec-Fetch-Site")) ? PROBLEM_NONE
                                                                                        : PROBLEM_ORIGIN;
    const char *ours = http_header(http, "X-Guichet");
    return ours && strcmp(ours, "1") == 0 && origins_allow(origins, origin) ? PROBLEM_NONE : PROBLEM_ORIGIN;
}

static int64_t body_ceiling(const struct request *request)
{
    const struct portal *portal = request->portal;
    if (request->route->ceiling != CEILING_UPLOAD)
        return request->route->ceiling;
    return (int64_t)portal->file_max_bytes * portal->files_max + UPLOAD_TEXT_MAX;
}

static enum problem check_length(struct request *request)
{
    int64_t length = http_body_length(request->http);
    int64_t ceiling = body_ceiling(request);
    http_body_limit(request->http, ceiling);
    /* A plain form's handler says so itself, by a page. */
    if (length > ceiling && request->route->body != BODY_UPLOAD_FORM)
        return PROBLEM_TOO_LARGE;
    if (request->route->body != BODY_NONE && length == 0 && !http_header(request->http, "Content-Length"))
        return PROBLEM_LENGTH_REQUIRED;
    return PROBLEM_NONE;
}

static enum problem check_session(struct request *request)
{
    if (request->route->who == WHO_TOKEN)
        return bearer_asks(request);
    if (request->route->who != WHO_ANYONE)
        return who_asks(request);
    return is_safe(http_method(request->http)) ? PROBLEM_NONE : who_only_looks(request);
}

static enum problem check_key(struct request *request)
{
    if (!(request->route->flags & ROUTE_KEYED))
        return PROBLEM_NONE;
    request->key = http_header(request->http, "Idempotency-Key");
    size_t len = request->key ? strlen(request->key) : 0;
    for (size_t i = 0; i < len; i++)
        if (request->key[i] <= ' ' || request->key[i] > '~')
            return PROBLEM_BAD_INPUT;
    return len >= 8 && len <= 64 ? PROBLEM_NONE : PROBLEM_BAD_INPUT;
}

/* --- the handler, or what it answered before ------------------------------------------------------------ */

/* All that an answer depends on besides the store. Numbers first: path and query may hold anything. */
static const char *memo_key(struct request *request, const char *path)
{
    const struct viewer *viewer = &request->viewer;
    bool timed = visible_rule_is_timed(request->snapshot->rule) || request->portal->follow_up_days > 0;
    int64_t second = timed ? request->now / 1000 : 0;
    return arena_printf(request->arena, "%llu %lld %d %lld %lld %s?%s",
                        (unsigned long long)request->snapshot->serial, (long long)viewer->person_id,
                        viewer->staff, (long long)viewer->company_id, (long long)second, path,
                        http_query(request->http));
}

static enum problem call_handler(struct request *request, const char *path)
{
    struct memo *memo = request->server->memo;
    if (!(request->route->flags & ROUTE_STEADY))
        return request->route->handler(request);
    uint64_t version = store_version(request->store); /* before the handler reads */
    const char *key = memo_key(request, path);
    if (!key)
        return PROBLEM_INTERNAL;
    if (memo_get(memo, key, version, &request->out))
        return respond_json(request, 200);
    enum problem problem = request->route->handler(request);
    int status = http_status(request->http);
    if (problem == PROBLEM_NONE && (status == 200 || status == 304))
        memo_put(memo, key, version, &request->out);
    return problem;
}

static enum problem serve(struct request *request, const char *path)
{
    static enum problem (*const checks[])(struct request *) = {check_open, check_origin, check_length,
                                                               check_session, check_key};
    enum problem problem =
        route_find(request, path, http_method(request->http), http_header(request->http, "Content-Type"));
    for (size_t i = 0; problem == PROBLEM_NONE && i < sizeof checks / sizeof checks[0]; i++)
        problem = checks[i](request);
    if (problem == PROBLEM_NONE)
        problem = call_handler(request, path);
    if (problem == PROBLEM_NONE && http_status(request->http) == 0)
        problem = PROBLEM_INTERNAL;
    return problem;
}

/* --- pages of another origin (Fetch, "CORS protocol") --------------------------------------------------- */

static bool grant_origin(struct request *request)
{
    const char *origin = http_header(request->http, "Origin");
    if (!request->snapshot->api_elsewhere)
        return false;
    http_set(request->http, "Vary", "Origin");
    if (!origins_allow(&request->snapshot->origins, origin))
        return false;
    http_set(request->http, "Access-Control-Allow-Origin", origin);
    http_set(request->http, "Access-Control-Allow-Credentials", "true");
    http_set(request->http, "Access-Control-Expose-Headers", "ETag, Location, Retry-After");
    return true;
}

static enum problem answer_options(struct request *request, const char *path, bool granted)
{
    const char *methods = route_methods(request->arena, path);
    if (!methods)
        return PROBLEM_NOT_FOUND;
    http_set(request->http, "Allow", methods);
    if (granted) {
        http_set(request->http, "Access-Control-Allow-Methods", methods);
        http_set(request->http, "Access-Control-Allow-Headers",
                 "Content-Type, If-None-Match, X-Guichet, X-Guichet-Quiet, Idempotency-Key");
        http_set(request->http, "Access-Control-Max-Age", "600");
    }
    return respond_nothing(request, 204);
}

/* --- every request -------------------------------------------------------------------------------------- */

static void answer_api(struct server *server, const struct snapshot *snapshot, struct http_request *http,
                       const char *path)
{
    struct request request = {
        .http = http,
        .server = server,
        .store = server->store,
        .arena = http_arena(http),
        .snapshot = snapshot,
        .portal = snapshot->portal,
        .now = store_now(),
    };
    buf_init(&request.out, OUT_CEILING);
    audit_source(NULL, request_place(&request));
    bool granted = grant_origin(&request);
    enum problem problem = strcmp(http_method(http), "OPTIONS") == 0 ? answer_options(&request, path, granted)
                                                                     : serve(&request, path);
    if (problem != PROBLEM_NONE && http_status(http) == 0)
        respond_problem(&request, problem);
    if (problem == PROBLEM_INTERNAL)
        log_event(LOG_ERROR, "internal", "path", path, NULL);
    buf_release(&request.out);
}

static void answer_page(const struct snapshot *snapshot, struct http_request *http)
{
    bool slash = false;
    const char *path = http_path(http);
    if (!snapshot->site) {
        respond_refusal(http, PROBLEM_NOT_FOUND, 0);
        return;
    }
    const char *home = door_home(snapshot->portal, path, http_header(http, "Host"), http_arena(http));
    const struct site_file *file = site_find(snapshot->site, path, &slash);
    const struct site_file *missing = site_not_found(snapshot->site, path);
    if (!is_safe(http_method(http))) {
        http_set(http, "Allow", "GET, HEAD");
        respond_refusal(http, PROBLEM_METHOD, 0);
    } else if (home) {
        respond_door(http, home);
    } else if (file) {
        respond_page(http, snapshot, file, 200);
    } else if (slash) {
        respond_moved(http, path);
    } else if (missing) {
        respond_page(http, snapshot, missing, 404);
    } else {
        respond_refusal(http, PROBLEM_NOT_FOUND, 0);
    }
}

/* The path below the API's, "/tickets"; NULL: it is no path of the API. */
static const char *api_path(const struct snapshot *snapshot, const char *path)
{
    size_t len = strlen(snapshot->api);
    if (strncmp(path, snapshot->api, len) != 0 || (path[len] != '/' && path[len] != '\0'))
        return NULL;
    return path + len;
}

static double ms_since(const struct timespec *start)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - start->tv_sec) * 1e3 + (double)(now.tv_nsec - start->tv_nsec) / 1e6;
}

static void log_request(struct http_request *http, const struct timespec *start)
{
    char status[16], ms[32];
    snprintf(status, sizeof status, "%d", http_status(http));
    snprintf(ms, sizeof ms, "%.1f", ms_since(start));
    log_event(LOG_INFO, "request", "method", http_method(http), "path", http_path(http), "status", status,
              "ms", ms, NULL);
}

void server_dispatch(struct http_request *http, void *context)
{
    struct server *server = context;
    struct timespec start;
    clock_gettime(CLOCK_MONOTONIC, &start);
    const struct snapshot *snapshot = snapshots_get(server->snapshots);
    const char *path = api_path(snapshot, http_path(http));
    if (path)
        answer_api(server, snapshot, http, path);
    else
        answer_page(snapshot, http);
    snapshot_release(snapshot);
    log_request(http, &start);
}

void server_refuse(struct http_request *http, int status, const char *code, void *context)
{
    char text[16];
    (void)context;
    respond_refusal(http, problem_by_code(code), status);
    snprintf(text, sizeof text, "%d", status);
    log_event(LOG_INFO, "refused", "code", code, "status", text, NULL);
}

bool server_knows_host(const char *host, void *context)
{
    struct server *server = context;
    if (!atomic_load(&server->ready))
        return false;
    const struct snapshot *snapshot = snapshots_get(server->snapshots);
    bool known = origins_know_host(&snapshot->origins, host);
    snapshot_release(snapshot);
    return known;
}
