#include "server.h"
#include "civet.h"

#include "../log.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <time.h>

enum {
    THREADS_UNLESS_SET = 256,
    THREADS_MAX = 4096,
    GRACE_MS_UNLESS_SET = 30000,
    CROWDED_SHARE = 6, /* of the grace is left then */
    STOP_WAIT_MS = 5000,
    STOP_STEP_MS = 2,
};

bool server_is_crowded(struct http_server *server)
{
    enum { FEW = 8 };
    int left = server->threads - atomic_load(&server->open);
    return server->threads > FEW && left < server->threads / 4;
}

static bool has_few_threads(void *server)
{
    return server_is_crowded(server);
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
    if (!civet_start(server, address, diag))
        return false;
    server->port = civet_port(server);
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
    civet_stop(server);
    slow_free(server->slow);
    free(server);
}
