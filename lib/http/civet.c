#include "civet.h"
#include "handle.h"
#include "knock.h"
#include "layout.h"

#include "../log.h"

#include <civetweb.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    IDLE_MS_UNLESS_SET = 5000,
    SILENCE_MS = 20000, /* how long a client may say nothing in the middle of a request */
    HEAD_MAX = 16 * 1024,
    READ_MAX = 2 * HEAD_MAX, /* so that a head that is too large is ours to refuse, mostly */
    ARENA_MAX = 16 * 1024 * 1024,
    FIELDS_MAX = 16 * 1024,
    OUT_MAX = 128 * 1024,
};

_Static_assert(MG_MAX_HEADERS == HTTP_FIELDS_MAX, "a head has room for what the parser keeps");

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

/* --- heads -------------------------------------------------------------------------------------------- */

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

static bool head_read(struct worker *worker, const struct mg_request_info *info, struct refusal *refusal)
{
    struct http_head head;
    head_take(&head, info);
    if (!worker->buffer || head.method < worker->buffer)
        worker->buffer = head.method;
    if (layout_size(&head) > HEAD_MAX) {
        *refusal = (struct refusal){431, "head_too_large"};
        return false;
    }
    if (!layout_is_whole(&head, worker->buffer)) {
        *refusal = (struct refusal){400, head.count == HTTP_FIELDS_MAX ? "too_many_headers" : "framing"};
        return false;
    }
    for (size_t i = 0; i < head.count; i++)
        trim(head.fields[i].value);
    worker->request.head = head;
    return true;
}

static void take_connection(struct http_request *request, struct mg_connection *conn)
{
    const struct mg_request_info *info = mg_get_request_info(conn);
    request->conn = conn;
    snprintf(request->peer, sizeof request->peer, "%s", info ? info->remote_addr : "");
    request->peer_port = info ? info->remote_port : 0;
    request_begin(request);
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
    take_connection(request, conn);
    if (head_read(worker, mg_get_request_info(conn), &refusal) && request_read(request, &refusal))
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
    take_connection(&worker->request, conn);
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

/* Whatever it would do by itself is switched off. */
static const char *const always[][2] = {
    {"tcp_nodelay", "1"},
    {"enable_keep_alive", "yes"},
    {"decode_url", "no"},
    {"decode_query_string", "no"},
    {"listen_backlog", "1024"},
    {"connection_queue", "256"},
    {"enable_auth_domain_check", "no"},
    {"access_control_allow_origin", ""},
    {"enable_directory_listing", "no"},
};

enum { ALWAYS = sizeof always / sizeof always[0], NUMBERS = 4 };

/* Names and values by turns, ended by NULL, as civetweb wants them; and room for those that are made here. */
struct options {
    const char *list[2 * (1 + NUMBERS + ALWAYS) + 1];
    size_t count;
    char listen[32];
    char numbers[NUMBERS][16];
    size_t number_count;
};

static void add_option(struct options *options, const char *name, const char *value)
{
    options->list[options->count++] = name;
    options->list[options->count++] = value;
}

static void add_number(struct options *options, const char *name, int number)
{
    char *text = options->numbers[options->number_count++];
    snprintf(text, sizeof options->numbers[0], "%d", number);
    add_option(options, name, text);
}

static void options_make(struct options *options, const struct http_server *server,
                         const struct listen_address *address)
{
    const int idle_ms = server->options.idle_ms > 0 ? server->options.idle_ms : IDLE_MS_UNLESS_SET;
    *options = (struct options){.count = 0};
    snprintf(options->listen, sizeof options->listen, "%s:%d", address->host, address->port);
    add_option(options, "listening_ports", options->listen);
    add_number(options, "num_threads", server->threads);
    add_number(options, "keep_alive_timeout_ms", idle_ms);
    add_number(options, "request_timeout_ms", SILENCE_MS);
    add_number(options, "max_request_size", READ_MAX);
    for (size_t i = 0; i < ALWAYS; i++)
        add_option(options, always[i][0], always[i][1]);
}

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
    struct options options;
    options_make(&options, server, address);
    char text[256] = "";
    struct mg_init_data init = {&callbacks, server, options.list};
    struct mg_error_data error = {.text = text, .text_buffer_size = sizeof text};
    struct mg_context *context = mg_start2(&init, &error);
    if (!context)
        diag_error(diag, (struct place){0}, "cannot serve on %s: %s", options.listen,
                   *text ? text : "the web server did not start");
    return context;
}

bool civet_start(struct http_server *server, const struct listen_address *address, struct diag *diag)
{
    mg_init_library(MG_FEATURES_DEFAULT);
    server->context = context_start(server, address, diag);
    if (!server->context)
        mg_exit_library();
    return server->context != NULL;
}

int civet_port(const struct http_server *server)
{
    struct mg_server_port port = {0};
    return mg_get_server_ports(server->context, 1, &port) == 1 ? port.port : 0;
}

void civet_stop(struct http_server *server)
{
    struct knock knock;
    knock_begin(&knock, &server->at);
    mg_stop(server->context);
    knock_end(&knock);
    mg_exit_library();
}
