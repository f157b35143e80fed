/*
 * knock: wakes the threads of the web server underneath while it is being stopped.
 *
 * civetweb 1.15 looks whether it shall stop only when a poll() returns: that of the accepting thread when
 * somebody connects, that of a kept connection when something comes, both after two seconds
 * (SOCKET_TIMEOUT_QUANTUM). A restart would take that long each time; so somebody connects, and kept
 * connections end.
 */
#ifndef GUICHET_HTTP_KNOCK_H
#define GUICHET_HTTP_KNOCK_H

#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

struct knock {
    struct sockaddr_in at;
    pthread_t thread;
    atomic_bool over;
    bool runs;
};

/*
 * Every few milliseconds until knock_end(), connect to `at`, where the server listens, and end the reading
 * half of all connections to it: what is still being sent arrives. Call it when no handler runs. Without a
 * thread nobody knocks: the end is then only later. `knock` must stay where it is in between.
 */
void knock_begin(struct knock *knock, const struct sockaddr_in *at);
void knock_end(struct knock *knock);

#endif
