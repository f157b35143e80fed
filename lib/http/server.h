/*
 * server: what the files of lib/http know of the server as a whole. It is made by http_server_start() and
 * shared by all threads: what changes while it serves is atomic, the rest is settled before the first
 * request.
 */
#ifndef GUICHET_HTTP_SERVER_H
#define GUICHET_HTTP_SERVER_H

#include "../http.h"
#include "slow.h"

#include <netinet/in.h>
#include <stdatomic.h>

struct mg_context; /* opaque everywhere but in civet.c */

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

/* A kept connection keeps a thread. When few are left, nobody keeps one. */
bool server_is_crowded(struct http_server *server);

#endif
