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
    /* "127.0.0.1:8080", or localhost; port 0: any free one, see http_server_port(). An address that others
     * can reach is taken, with a warning in the log. */
    const char *listen;
    int threads; /* 0: 256 */
    int idle_ms; /* keep-alive; 0: 5,000 */
    /* How long a body may come, or an answer go, at less than 1 KiB a second; 0: 30,000. When threads are
     * short a sixth of it, and 16 KiB a second. Then it is cut off, and a body reads as broken off. */
    int grace_ms;
    /* Is this a Host that we answer to (RFC 9110, section 7.2)? NULL: any. Called with the value in lower
     * case. */
    bool (*host_is_known)(const char *host, void *context);
    /*
     * Answers a head that this room refuses, with a status and a stable code, in the program's own error
     * format; NULL: plain text. The connection is closed afterwards. The codes: "framing" (400, 417, 505),
     * "host" (400), "too_many_headers" (400), "head_too_large" (431), "target" (400), "method" (405; Allow is
     * set already), "stopping" (503; Retry-After is set already). What was not understood reads as "":
     * method, path, query; a header as absent. The target "*" and absolute targets that name another port are
     * closed without an answer, and a head over 32 KiB is "framing": the server underneath does not ask us.
     */
    void (*refuse)(struct http_request *request, int status, const char *code, void *context);
    http_handler *handler;
    void *context;
};

/*
 * Start serving. NULL: one clear error in `diag` (address taken, not allowed, malformed). `options` is
 * copied; what it points at must live on. SIGPIPE and SIGCHLD are ignored by the whole process from here on.
 */
struct http_server *http_server_start(const struct http_options *options, struct diag *diag);
int http_server_port(const struct http_server *server);

/*
 * Let running requests end (5 seconds at most, then their reads and writes fail), free everything. New
 * requests are refused meanwhile. Takes up to 3 seconds even when nothing runs.
 */
void http_server_stop(struct http_server *server);

/* --- what came in ------------------------------------------------------------------------------------ */

const char *http_method(const struct http_request *request); /* "GET" */
/* Decoded once, without the query; valid UTF-8 that begins with '/' and holds no control character,
 * backslash, or segment "." or ".."; what was an escaped '/' was refused. */
const char *http_path(const struct http_request *request);
const char *http_query(const struct http_request *request); /* raw, "" when there is none */
/* The first of that name, in any case; valid UTF-8 without controls. NULL: absent. Content-Length,
 * Transfer-Encoding, Host, Content-Type, Origin, Authorization and Expect are there once at most. */
const char *http_header(const struct http_request *request, const char *name);
/* All of that name in their order, with ", " between (RFC 9110, section 5.3), in the arena. NULL: absent, no
 * memory. */
const char *http_header_list(struct http_request *request, const char *name);
const char *http_peer(const struct http_request *request); /* the client's address as text */
struct arena *http_arena(struct http_request *request);    /* lives until the request has ended */

/* A parameter of a query or form (application/x-www-form-urlencoded), decoded, in the arena. NULL: absent,
 * sent twice, or malformed. */
const char *http_param(struct http_request *request, const char *encoded, const char *name);

/* The value of a cookie. NULL: absent. When it is sent twice: NULL. */
const char *http_cookie(struct http_request *request, const char *name);

/* The body's declared length; -1: chunked, not declared (the connection is closed after it). 0: no body. */
int64_t http_body_length(const struct http_request *request);

/* The most that may be read of it: the declared length; where none is, the limit. And what was read so far.
 */
int64_t http_body_most(const struct http_request *request);
int64_t http_body_taken(const struct http_request *request);

/*
 * Read the next piece of the body: bytes read, 0 at its end, -1 when the client went away or broke the
 * framing. Answers "Expect: 100-continue" at the first call. Never reads past `http_body_limit`: -2 then,
 * and at once when the declared length is over it. The limit is 1 MiB until it is set.
 */
int http_body_read(struct http_request *request, void *bytes, int len);
void http_body_limit(struct http_request *request, int64_t bytes);

/* --- what goes out ----------------------------------------------------------------------------------- */

/* Add a header to the answer, before it is sent. CR and LF are refused (an assertion): values are ours or
 * escaped. Date, Content-Length and Connection are added by this room. */
void http_set(struct http_request *request, const char *name, const char *value);

/*
 * Send the answer with its length. HEAD sends no body. `body` may be NULL when len is 0. What is left of the
 * request's body is read and dropped; the connection serves on when that was 64 KiB at most, and is closed
 * otherwise, after 3 seconds or 64 MiB, at the latest when nothing has come for 20 seconds. A second answer
 * is not sent; a handler that sends none gets a 500.
 */
void http_respond(struct http_request *request, int status, const void *body, size_t len);

/* Send a file that is open for reading, from its start; `len` bytes of it. The caller closes it. */
void http_respond_file(struct http_request *request, int status, int fd, uint64_t len);

/*
 * An answer whose length nobody knows yet: begin, as many pieces as there are, end. Its length is told by
 * chunks, to clients of HTTP/1.0 by closing the connection. False: the client is gone, or nothing may be
 * sent; then nothing more is. Ended with `whole` false the connection breaks off, which tells the client that
 * the rest is missing. For requests other than HEAD.
 */
bool http_stream_begin(struct http_request *request, int status);
bool http_stream(struct http_request *request, const void *bytes, size_t len);
void http_stream_end(struct http_request *request, bool whole);

/* The status that was sent; 0: none yet. And the bytes of body that were. */
int http_status(const struct http_request *request);
uint64_t http_sent(const struct http_request *request);

#endif
