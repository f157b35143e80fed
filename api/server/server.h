/*
 * server: the program while it runs.
 */
#ifndef GUICHET_SERVER_H
#define GUICHET_SERVER_H

#include "../../lib/diag.h"
#include "../../lib/http.h"
#include "../store/store.h"
#include "limits.h"
#include "memo.h"
#include "snapshot.h"

#include <stdatomic.h>

struct config;
struct oidc;

struct server {
    const struct config *config;
    struct store *store;
    struct snapshots *snapshots;
    struct memo *memo;     /* answers that still hold */
    struct limits *limits; /* tries of late */
    struct limits *known;  /* places from which an account's owner came in of late, see account/attempt.h */
    struct oidc *oidc;     /* what providers of single sign-on say: oidc/provider.h */
    struct http_server *http;
    char origin[64];   /* the own origin when its port was only known after listening */
    atomic_bool ready; /* everything above is set */
};

/*
 * Serve until SIGTERM or SIGINT, then stop cleanly. Prints "listening on http://ADDRESS:PORT" when ready.
 * False: it could not start; errors in `diag`.
 */
bool server_run(const struct config *config, struct diag *diag);

/* --- what lib/http calls; the context is the struct server --------------------------------------------- */

/* The handler of every request: finds its route or page and sees that it is answered exactly once. */
void server_dispatch(struct http_request *http, void *context);

/* Answers a head that lib/http refuses. */
void server_refuse(struct http_request *http, int status, const char *code, void *context);

/* Is this a host of ours? */
bool server_knows_host(const char *host, void *context);

#endif
