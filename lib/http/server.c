#include "internal.h"
#include "knock.h"
#include "layout.h"
#include "listen.h"
#include "url.h"

#include "../log.h"

#include <arpa/inet.h>
#include <civetweb.h>

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    THREADS_UNLESS_SET = 256,
    THREADS_MAX = 4096,
    IDLE_MS_UNLESS_SET = 5000,
    SILENCE_MS = 20000, /* how long a client may say nothing in the middle of a request */
    GRACE_MS_UNLESS_SET = 30000,
    CROWDED_SHARE = 6, /* of the grace is left then */
    HEAD_MAX = 16 * 1024,
    READ_MAX = 2 * HEAD_MAX, /* so that a head that is too large is ours to refuse, mostly */
    ARENA_MAX = 16 * 1024 * 1024,
    FIELDS_MAX = 16 * 1024,
    OUT_MAX = 128 * 1024,
    STOP_WAIT_MS = 5000,
    STOP_STEP_MS = 2,
};

_Static_assert(MG_MAX_HEADERS == HTTP_FIELDS_MAX, "a head has room for what the parser keeps");

struct http_server {
    struct mg_context *context;
    struct http_options options;
    int threads;
    int port;
    struct sockaddr_in at; /* where it listens */
    struct slow *slow;
    atomic_int running; /* handlers at work */
    atomic_int open;    /* connections */
    atomic_bool stopping;
};

/* One for each worker thread. */
struct worker {
    struct http_request request;
    const char *buffer; /* where its read buffer begins, as far as seen: see layout_is_whole() */
};

/* --- the connection, for the other files of this room ------------------------------------------------ */

int conn_read(struct http_request *request, void *bytes, size_t len)
{
    return mg_read(request->conn, bytes, len);
}

bool conn_write(struct http_request *request, const void *bytes, size_t len)
{
    if (len == 0 || mg_write(request->conn, bytes, len) == (int)len)
        return true;
    conn_close(request);
    return false;
}

void conn_close(struct http_request *request)
{
    request->may_stay = false;
    mg_disable_connection_keep_alive(request->conn);
}

/* --- workers ------------------------------------------------------------------------------------------ */

static void worker_free(struct worker *worker)
{
    if (!worker)
        return;
    arena_free(worker->request.arena);
    buf_release(&worker->request.fields);
    buf_release(&worker->request.out);
    free(worker);
}

static void *worker_new(const struct mg_context *context, int kind)
{
    enum { KIND_WORKER = 1 };
    struct worker *worker = kind == KIND_WORKER ? calloc(1, sizeof *worker) : NULL;
    if (!worker)
        return NULL;
    buf_init(&worker->request.fields, FIELDS_MAX);
    buf_init(&worker->request.out, OUT_MAX);
    worker->request.server = mg_get_user_data(context);
    worker->request.arena = arena_new(ARENA_MAX);
    if (worker->request.arena)
        return worker;
    worker_free(worker);
    return NULL;
}

static void worker_end(const struct mg_context *context, int kind, void *worker)
{
    (void)context, (void)kind;
    worker_free(worker);
}

static int connection_opened(const struct mg_connection *conn, void **data)
{
    struct http_server *server = mg_get_user_context_data(conn);
    atomic_fetch_add(&server->open, 1);
    *data = NULL;
    return 0;
}

static void connection_closed(const struct mg_connection *conn)
{
    struct http_server *server = mg_get_user_context_data(conn);
    atomic_fetch_sub(&server->open, 1);
}

/* A kept connection keeps a thread. When few are left, nobody keeps one. */
static bool is_crowded(struct http_server *server)
{
    enum { FEW = 8 };
    int left = server->threads - atomic_load(&server->open);
    return server->threads > FEW && left < server->threads / 4;
}

static bool has_few_threads(void *server)
{
    return is_crowded(server);
}

/* --- from the head of a request to its answer -------------------------------------------------------- */

/* Cut blanks at the end of a value: civetweb hands out its own buffer as const. */
static void trim(const char *value)
{
    char *end = (char *)(uintptr_t)(value + strlen(value));
    while (end > value && (end[-1] == ' ' || end[-1] == '\t'))
        *--end = '\0';
}

static void head_take(struct http_head *head, const struct mg_request_info *info)
{
    head->method = info->request_method;
    head->path = info->request_uri;
    head->query = info->query_string ? info->query_string : "";
    head->version = info->http_version;
    head->count = (size_t)info->num_headers;
    for (size_t i = 0; i < head->count; i++)
        head->fields[i] = (struct http_field){info->http_headers[i].name, info->http_headers[i].value};
}

/* What a request is before its head was understood, and stays when it is refused. */
static void request_begin(struct http_request *request, struct mg_connection *conn)
{
    const struct mg_request_info *info = mg_get_request_info(conn);
    request->conn = conn;
    request->head = (struct http_head){.method = "", .path = "", .query = "", .version = "1.1"};
    request->framing = (struct framing){.length = 0};
    request->path = "";
    request->may_stay = false;
    snprintf(request->peer, sizeof request->peer, "%s", info ? info->remote_addr : "");
    request->peer_port = info ? info->remote_port : 0;
    request->slow = request->server->slow;
    body_begin(request);
    answer_begin(request);
}

static bool refuse_with(struct refusal *refusal, int status, const char *code)
{
    *refusal = (struct refusal){status, code};
    return false;
}

static bool head_read(struct worker *worker, const struct mg_request_info *info, struct refusal *refusal)
{
    struct http_head head;
    head_take(&head, info);
    if (!worker->buffer || head.method < worker->buffer)
        worker->buffer = head.method;
    if (layout_size(&head) > HEAD_MAX)
        return refuse_with(refusal, 431, "head_too_large");
    if (!layout_is_whole(&head, worker->buffer))
        return refuse_with(refusal, 400, head.count == HTTP_FIELDS_MAX ? "too_many_headers" : "framing");
    for (size_t i = 0; i < head.count; i++)
        trim(head.fields[i].value);
    worker->request.head = head;
    return true;
}

static bool request_read(struct worker *worker, const struct mg_request_info *info, struct refusal *refusal)
{
    struct http_request *request = &worker->request;
    const struct http_options *options = &request->server->options;
    if (!head_read(worker, info, refusal))
        return false;
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
    request->may_stay = request->framing.keep_alive && !is_crowded(request->server);
    body_begin(request);
    return true;
}

static void answer_plain(struct http_request *request, int status, const char *code)
{
    const char *text = arena_printf(request->arena, "%d: %s\n", status, code);
    http_set(request, "Content-Type", "text/plain; charset=utf-8");
    http_respond(request, status, text, text ? strlen(text) : 0);
}

static void request_refuse(struct http_request *request, struct refusal refusal)
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

static void request_handle(struct http_request *request)
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

/* Called for every request before the server underneath does anything with it by itself. */
static int on_request(struct mg_connection *conn)
{
    struct worker *worker = mg_get_thread_pointer(conn);
    if (!worker) { /* no memory when the thread began */
        mg_disable_connection_keep_alive(conn);
        return 500;
    }
    struct http_request *request = &worker->request;
    struct refusal refusal = {0};
    request_begin(request, conn);
    if (request_read(worker, mg_get_request_info(conn), &refusal))
        request_handle(request);
    else
        request_refuse(request, refusal);
    answer_finish(request);
    body_finish(request);
    arena_reset(request->arena);
    return request->status;
}

/* What civetweb refuses by itself: it closes the connection then, and knows nothing of the request. */
static int on_error(struct mg_connection *conn, int status, const char *message)
{
    struct worker *worker = mg_get_thread_pointer(conn);
    if (!worker)
        return 0;
    struct refusal refusal = {status == 505 ? 505 : 400, "framing"};
    if (status == 413)
        refusal = (struct refusal){431, "head_too_large"};
    else if (strcmp(message, "Invalid URI") == 0)
        refusal.code = "target";
    request_begin(&worker->request, conn);
    request_refuse(&worker->request, refusal);
    answer_finish(&worker->request);
    arena_reset(worker->request.arena);
    return 0;
}

static int on_message(const struct mg_connection *conn, const char *message)
{
    (void)conn;
    log_event(LOG_WARNING, "civetweb", "message", message, NULL);
    return 1;
}

/* --- start and stop ----------------------------------------------------------------------------------- */

static struct mg_context *context_start(struct http_server *server, const struct listen_address *address,
                                        struct diag *diag)
{
    const struct mg_callbacks callbacks = {
        .begin_request = on_request,
        .http_error = on_error,
        .log_message = on_message,
        .init_thread = worker_new,
        .exit_thread = worker_end,
        .init_connection = connection_opened,
        .connection_closed = connection_closed,
    };
    int idle_ms = server->options.idle_ms > 0 ? server->options.idle_ms : IDLE_MS_UNLESS_SET;
    char listen[32], threads[16], idle[16], silence[16], head[16];
    snprintf(listen, sizeof listen, "%s:%d", address->host, address->port);
    snprintf(threads, sizeof threads, "%d", server->threads);
    snprintf(idle, sizeof idle, "%d", idle_ms);
    snprintf(silence, sizeof silence, "%d", SILENCE_MS);
    snprintf(head, sizeof head, "%d", READ_MAX);
    const char *options[] = {
        "listening_ports",
        listen,
        "num_threads",
        threads,
        "tcp_nodelay",
        "1",
        "enable_keep_alive",
        "yes",
        "request_timeout_ms",
        silence,
        "decode_url",
        "no",
        "keep_alive_timeout_ms",
        idle,
        "max_request_size",
        head,
        "listen_backlog",
        "1024",
        "decode_query_string",
        "no",
        "connection_queue",
        "256",
        "enable_auth_domain_check",
        "no",
        "access_control_allow_origin",
        "",
        "enable_directory_listing",
        "no",
        NULL,
    };
    char text[256] = "";
    struct mg_init_data init = {&callbacks, server, options};
    struct mg_error_data error = {.text = text, .text_buffer_size = sizeof text};
    struct mg_context *context = mg_start2(&init, &error);
    if (!context)
        diag_error(diag, (struct place){0}, "cannot serve on %s: %s", listen,
                   *text ? text : "the web server did not start");
    return context;
}

static int port_of(const struct mg_context *context)
{
    struct mg_server_port port = {0};
    return mg_get_server_ports(context, 1, &port) == 1 ? port.port : 0;
}

/* The watch begins first: whoever connects is watched. */
static bool serve(struct http_server *server, const struct listen_address *address, struct diag *diag)
{
    int grace = server->options.grace_ms > 0 ? server->options.grace_ms : GRACE_MS_UNLESS_SET;
    server->slow = slow_start(grace, grace / CROWDED_SHARE, has_few_threads, server);
    if (!server->slow) {
        diag_error(diag, (struct place){0}, "no memory");
        return false;
    }
    mg_init_library(MG_FEATURES_DEFAULT);
    server->context = context_start(server, address, diag);
    if (!server->context) {
        mg_exit_library();
        return false;
    }
    server->port = port_of(server->context);
    server->at = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons((uint16_t)server->port)};
    inet_pton(AF_INET, address->host, &server->at.sin_addr);
    return true;
}

struct http_server *http_server_start(const struct http_options *options, struct diag *diag)
{
    struct listen_address address;
    if (!listen_read(options->listen, &address, diag))
        return NULL;
    if (options->threads < 0 || options->threads > THREADS_MAX) {
        diag_error(diag, (struct place){0}, "want 1 to %d threads, got %d", THREADS_MAX, options->threads);
        return NULL;
    }
    struct http_server *server = calloc(1, sizeof *server);
    if (!server) {
        diag_error(diag, (struct place){0}, "no memory");
        return NULL;
    }
    server->options = *options;
    server->threads = options->threads ? options->threads : THREADS_UNLESS_SET;
    if (!serve(server, &address, diag)) {
        slow_stop(server->slow);
        slow_free(server->slow);
        free(server);
        return NULL;
    }
    if (!address.is_loopback)
        log_event(LOG_WARNING, "listening-beyond-loopback", "address", address.host, "hint",
                  "there is no TLS here; put nginx in front", NULL);
    return server;
}

int http_server_port(const struct http_server *server)
{
    return server->port;
}

/* Once civetweb was told to stop it sends nothing more: so what runs is waited for before. */
void http_server_stop(struct http_server *server)
{
    if (!server)
        return;
    atomic_store(&server->stopping, true);
    const struct timespec step = {.tv_nsec = STOP_STEP_MS * 1000000L};
    for (int waited = 0; atomic_load(&server->running) > 0 && waited < STOP_WAIT_MS; waited += STOP_STEP_MS)
        nanosleep(&step, NULL);
    slow_stop(server->slow);
    struct knock knock;
    knock_begin(&knock, &server->at);
    mg_stop(server->context);
    knock_end(&knock);
    mg_exit_library();
    slow_free(server->slow);
    free(server);
}
