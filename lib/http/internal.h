/*
 * What the files of lib/http share. Each worker thread has one request object and uses it again and again,
 * so that serving a small request allocates nothing. Only civet.c knows the web server underneath; the
 * others read and write through the three conn_ functions.
 */
#ifndef GUICHET_HTTP_INTERNAL_H
#define GUICHET_HTTP_INTERNAL_H

#include "../http.h"
#include "framing.h"
#include "slow.h"

#include <time.h>

struct mg_connection; /* opaque everywhere but in civet.c */

enum { DATE_MAX = 32, PEER_MAX = 48 };

struct http_request {
    struct http_server *server;
    struct mg_connection *conn;
    struct arena *arena;
    struct http_head head; /* what it points at is the connection's own buffer */
    struct framing framing;
    const char *path; /* decoded, in the arena */
    char peer[PEER_MAX];
    int peer_port;
    bool may_stay; /* the connection may serve another request after this one */

    /* The body. */
    int64_t limit;
    int64_t taken;     /* bytes of it read so far */
    int body_end;      /* what every further read answers; 1: there may be more */
    bool continue_due; /* the client waits for 100 Continue, and it was not sent yet */
    struct slow *slow;
    struct slow_watch watch;

    /* The answer. */
    struct buf fields; /* lines added by http_set */
    struct buf out;
    int status;
    uint64_t sent; /* bytes of body */
    size_t gone;   /* bytes of it all */
    struct slow_watch going;
    time_t date_at;
    char date[DATE_MAX];
};

/* Bytes read, up to `len`; 0: the end; negative: the client went away or broke the framing. */
int conn_read(struct http_request *request, void *bytes, size_t len);
/* All of it, or false and the connection will be closed. */
bool conn_write(struct http_request *request, const void *bytes, size_t len);
/* The same for an answer, watched once it is longer than what the system takes at once. And at its end. */
bool answer_write(struct http_request *request, const void *bytes, size_t len);
void answer_finish(struct http_request *request);
/* Nothing more is served on this connection. */
void conn_close(struct http_request *request);

void body_begin(struct http_request *request);
/* May the rest of the body be dropped cheaply, so that the connection can serve on? */
bool body_is_short(const struct http_request *request);
/* Read and drop what is left, as far as that is worth it; closes the connection when some stays unread. */
void body_finish(struct http_request *request);

void answer_begin(struct http_request *request);

#endif
