/*
 * slow: ends bodies that drip; internal to this room.
 *
 * The server underneath waits anew for every byte, so that a client which sends one now and then would keep
 * its thread for as long as it likes. A thread of this file looks at the bodies that are being read, four
 * times a second: one that has been coming for longer than its grace, at less than SLOW_RATE, is cut off
 * where it stands, and reads as broken off. When few threads are left the grace is short.
 */
#ifndef GUICHET_HTTP_SLOW_H
#define GUICHET_HTTP_SLOW_H

#include <stdbool.h>
#include <stdint.h>

struct http_request;
struct slow;

enum { SLOW_RATE = 1024 }; /* bytes in a second; on the whole, from the body's begin */

/* NULL: no memory, no thread. `crowded` tells whether threads are short. */
struct slow *slow_start(int64_t grace_ms, int64_t crowded_ms, bool (*crowded)(void *context), void *context);
/* Cuts off nobody any more; slow_free() when no request runs. Both take NULL. */
void slow_stop(struct slow *slow);
void slow_free(struct slow *slow);

/* A place in the watch of a request, from its body's first byte to its last. */
struct slow_watch {
    struct slow_watch *next, **link; /* NULL: not watched */
    int64_t began;                   /* monotonic, in milliseconds */
    int64_t taken;                   /* bytes so far */
    const char *peer;                /* the address and port that it comes from */
    int peer_port;
    bool cut;
};

void slow_enter(struct slow *slow, struct slow_watch *watch);
/* False: it was cut off. */
bool slow_took(struct slow *slow, struct slow_watch *watch, int64_t taken);
void slow_leave(struct slow *slow, struct slow_watch *watch);

#endif
