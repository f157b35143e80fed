/*
 * slow: ends bodies and answers that drip; internal to this room.
 *
 * The server underneath waits anew for every byte, so that a client which sends or reads one now and then
 * would keep its thread for as long as it likes. A thread of this file looks at the bodies that are being
 * read and the answers that are being sent, four times a second: one that has come at less than SLOW_RATE for
 * as long as its grace is cut off where it stands. What was fast before does not count: an answer is, until
 * it has filled the system's buffers. When few threads are left the grace is short and the rate
 * SLOW_RATE_CROWDED.
 */
#ifndef GUICHET_HTTP_SLOW_H
#define GUICHET_HTTP_SLOW_H

#include <stdbool.h>
#include <stdint.h>

struct http_request;
struct slow;

/* Bytes in a second. */
enum { SLOW_RATE = 1024, SLOW_RATE_CROWDED = 16 * 1024 };

/* NULL: no memory, no thread. `crowded` tells whether threads are short. */
struct slow *slow_start(int64_t grace_ms, int64_t crowded_ms, bool (*crowded)(void *context), void *context);
/* Cuts off nobody any more; slow_free() when no request runs. Both take NULL. */
void slow_stop(struct slow *slow);
void slow_free(struct slow *slow);

/* A place in the watch, from the first byte of a body or an answer to its last. */
struct slow_watch {
    struct slow_watch *next, **link; /* NULL: not watched */
    int64_t began;                   /* of the grace that runs; monotonic, in milliseconds */
    int64_t taken, before;           /* bytes so far, and when it began */
    const char *peer;                /* the address and port that it comes from */
    int peer_port;
    bool goes_out; /* an answer */
    bool cut;
};

void slow_enter(struct slow *slow, struct slow_watch *watch);
/* False: it was cut off. */
bool slow_took(struct slow *slow, struct slow_watch *watch, int64_t taken);
void slow_leave(struct slow *slow, struct slow_watch *watch);

#endif
