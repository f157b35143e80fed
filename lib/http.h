/*
 * http: the web server underneath; the only room that knows civetweb.
 *
 * It accepts connections on one IPv4 address, reads the head of a request,
 * refuses what is ambiguous (RFC 9112: two lengths, a length with a transfer
 * coding, no Host, too many headers, control characters, %00), and calls one
 * handler for everything else. The handler reads the body, if it wants it,
 * and answers exactly once. What it knows nothing of: routes, sessions, JSON.
 *
 * Threads: one per connection, up to `threads`. Stacks are small (100 KiB):
 * no large arrays in handlers.
 */
#ifndef GUICHET_HTTP_H
#define GUICHET_HTTP_H

#include "arena.h"
#include "buf.h"
#include "diag.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct http_server;
struct http_request;

typedef void http_handler(struct http_request *request, void *context);

struct http_options {
    const char *listen; /* "127.0.0.1:8080"; port 0: any free one, see http_server_port() */
    int threads;        /* 0: 256 */
    int idle_ms;        /* keep-alive; 0: 5,000 */
    /* Is this a Host that we answer to (RFC 9110, section 7.2)? NULL: any. Called with the value in lower
     * case. */
    bool (*host_is_known)(const char *host, void *context);
    /*
     * Answers a head that this room refuses, with a status and a stable code ("framing", "host",
     * "too_many_headers", "head_too_large", "target"), in the program's own error format. NULL: plain text.
     * The connection is closed afterwards.
     */
    void (*refuse)(struct http_request *request, int status, const char *code, void *context);
    http_handler *handler;
    void *context;
};

/* Start serving. NULL: one clear error in `diag` (address taken, not allowed, malformed). */
struct http_server *http_server_start(const struct http_options *options, struct diag *diag);
int http_server_port(const struct http_server *server);

/* Stop accepting, let running requests end (at most a few seconds), free everything. */
void http_server_stop(struct http_server *server);

/* --- what came in ------------------------------------------------------------------------------------ */

const char *http_method(const struct http_request *request); /* "GET" */
const char *
http_path(const struct http_request *request); /* decoded once, valid UTF-8, without query; begins with '/' */
const char *http_query(const struct http_request *request); /* raw, "" when there is none */
const char *http_header(const struct http_request *request, const char *name); /* NULL: absent */
const char *http_peer(const struct http_request *request); /* the client's address as text */
struct arena *http_arena(struct http_request *request);    /* lives until the request has ended */

/* A parameter of a query or form (application/x-www-form-urlencoded), decoded, in the arena. NULL: absent or
 * malformed. */
const char *http_param(struct http_request *request, const char *encoded, const char *name);

/* The value of a cookie. NULL: absent. When it is sent twice: NULL. */
const char *http_cookie(struct http_request *request, const char *name);

/* The body's declared length; -1: chunked, not declared. 0: no body. */
int64_t http_body_length(const struct http_request *request);

/*
 * Read the next piece of the body: bytes read, 0 at its end, -1 when the client went away or broke the
 * framing. Answers "Expect: 100-continue" at the first call. Never reads past `http_body_limit`: -2 then.
 */
int http_body_read(struct http_request *request, void *bytes, int len);
void http_body_limit(struct http_request *request, int64_t bytes);

/* --- what goes out ----------------------------------------------------------------------------------- */

/* Add a header to the answer, before it is sent. CR and LF are refused (an assertion): values are ours or
 * escaped. */
void http_set(struct http_request *request, const char *name, const char *value);

/*
 * Send the answer with its length. HEAD sends no body. `body` may be NULL when len is 0. What is left of the
 * request's body is read and dropped when short, else the connection is closed.
 */
void http_respond(struct http_request *request, int status, const void *body, size_t len);

/* Send a file that is open for reading, from its start; `len` bytes of it. The caller closes it. */
void http_respond_file(struct http_request *request, int status, int fd, uint64_t len);

/* The status that was sent; 0: none yet. And the bytes of body that were. */
int http_status(const struct http_request *request);

#endif
