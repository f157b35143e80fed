#include "handle.h"
#include "server.h"
#include "url.h"

#include "../log.h"

#include <string.h>

void request_begin(struct http_request *request)
{
    request->head = (struct http_head){.method = "", .path = "", .query = "", .version = "1.1"};
    request->framing = (struct framing){.length = 0};
    request->path = "";
    request->may_stay = false;
    request->slow = request->server->slow;
    body_begin(request);
    answer_begin(request);
}

static bool refuse_with(struct refusal *refusal, int status, const char *code)
{
    *refusal = (struct refusal){status, code};
    return false;
}

bool request_read(struct http_request *request, struct refusal *refusal)
{
    const struct http_options *options = &request->server->options;
    if (!framing_check(&request->head, &request->framing, refusal)) {
        request->framing = (struct framing){.length = 0};
        return false;
    }
    if (options->host_is_known && !options->host_is_known(request->framing.host, options->context))
        return refuse_with(refusal, 400, "host");
    const char *path = url_path(request->arena, request->head.path);
    if (!path || !url_query_is_sane(request->head.query))
        return refuse_with(refusal, 400, "target");
    request->path = path;
    request->may_stay = request->framing.keep_alive && !server_is_crowded(request->server);
    body_begin(request);
    return true;
}

static void answer_plain(struct http_request *request, int status, const char *code)
{
    const char *text = arena_printf(request->arena, "%d: %s\n", status, code);
    http_set(request, "Content-Type", "text/plain; charset=utf-8");
    http_respond(request, status, text, text ? strlen(text) : 0);
}

void request_refuse(struct http_request *request, struct refusal refusal)
{
    const struct http_options *options = &request->server->options;
    request->may_stay = false;
    if (refusal.status == 405)
        http_set(request, "Allow", HTTP_METHODS);
    if (options->refuse)
        options->refuse(request, refusal.status, refusal.code, options->context);
    if (request->status == 0)
        answer_plain(request, refusal.status, refusal.code);
}

void request_handle(struct http_request *request)
{
    struct http_server *server = request->server;
    atomic_fetch_add(&server->running, 1);
    if (atomic_load(&server->stopping)) {
        http_set(request, "Retry-After", "1");
        request_refuse(request, (struct refusal){503, "stopping"});
    } else {
        server->options.handler(request, server->options.context);
        if (request->status == 0) {
            log_event(LOG_ERROR, "not-answered", "path", request->path, NULL);
            answer_begin(request);
            answer_plain(request, 500, "internal");
        }
    }
    atomic_fetch_sub(&server->running, 1);
}
