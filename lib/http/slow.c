#include "slow.h"

#include "../log.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

enum { LOOK_MS = 250 };

struct slow {
    pthread_mutex_t lock;
    pthread_cond_t wake;
    pthread_t thread;
    bool stopping;
    int64_t grace_ms, crowded_ms;
    bool (*crowded)(void *context);
    void *context;
    struct slow_watch *first;
};

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* --- whose connection is it? --------------------------------------------------------------------------- */

static bool is_from(int fd, const struct in_addr *address, int port)
{
    struct sockaddr_in found = {0};
    socklen_t len = sizeof found;
    return getpeername(fd, (struct sockaddr *)&found, &len) == 0 && found.sin_family == AF_INET &&
           ntohs(found.sin_port) == port && found.sin_addr.s_addr == address->s_addr;
}

/* The server underneath does not tell a connection's descriptor. While its request is watched it stays open.
 */
static int descriptor_of(const struct slow_watch *watch)
{
    struct in_addr peer;
    DIR *all = inet_pton(AF_INET, watch->peer, &peer) == 1 ? opendir("/proc/self/fd") : NULL;
    const struct dirent *entry;
    int found = -1;
    while (all && found < 0 && (entry = readdir(all))) {
        int fd = (int)strtol(entry->d_name, NULL, 10);
        if (fd > 2 && is_from(fd, &peer, watch->peer_port))
            found = fd;
    }
    if (all)
        closedir(all);
    return found;
}

/* --- looking -------------------------------------------------------------------------------------------- */

static void look(struct slow *slow)
{
    int64_t now = now_ms();
    bool crowded = slow->crowded(slow->context);
    int64_t grace = crowded ? slow->crowded_ms : slow->grace_ms;
    int64_t rate = crowded ? SLOW_RATE_CROWDED : SLOW_RATE;
    for (struct slow_watch *watch = slow->first; watch; watch = watch->next) {
        int64_t since = now - watch->began;
        if (watch->cut || since <= grace)
            continue;
        if (watch->taken - watch->before >= since * rate / 1000) {
            watch->began = now;
            watch->before = watch->taken;
            continue;
        }
        int fd = descriptor_of(watch);
        watch->cut = fd >= 0 && shutdown(fd, watch->goes_out ? SHUT_RDWR : SHUT_RD) == 0;
        if (watch->cut)
            log_event(LOG_WARNING, watch->goes_out ? "answer_too_slow" : "body_too_slow", "from", watch->peer,
                      NULL);
    }
}

static void *run(void *context)
{
    struct slow *slow = context;
    pthread_mutex_lock(&slow->lock);
    while (!slow->stopping) {
        struct timespec until;
        clock_gettime(CLOCK_MONOTONIC, &until);
        until.tv_nsec += LOOK_MS * 1000000L;
        until.tv_sec += until.tv_nsec / 1000000000L;
        until.tv_nsec %= 1000000000L;
        while (!slow->stopping && pthread_cond_timedwait(&slow->wake, &slow->lock, &until) != ETIMEDOUT)
            ;
        if (!slow->stopping)
            look(slow);
    }
    pthread_mutex_unlock(&slow->lock);
    return NULL;
}

static bool start_thread(struct slow *slow)
{
    pthread_condattr_t attributes;
    pthread_mutex_init(&slow->lock, NULL);
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&slow->wake, &attributes);
    pthread_condattr_destroy(&attributes);
    return pthread_create(&slow->thread, NULL, run, slow) == 0;
}

struct slow *slow_start(int64_t grace_ms, int64_t crowded_ms, bool (*crowded)(void *context), void *context)
{
    struct slow *slow = calloc(1, sizeof *slow);
    if (!slow)
        return NULL;
    slow->grace_ms = grace_ms;
    slow->crowded_ms = crowded_ms;
    slow->crowded = crowded;
    slow->context = context;
    if (start_thread(slow))
        return slow;
    slow_free(slow);
    return NULL;
}

void slow_stop(struct slow *slow)
{
    if (!slow)
        return;
    pthread_mutex_lock(&slow->lock);
    slow->stopping = true;
    pthread_cond_signal(&slow->wake);
    pthread_mutex_unlock(&slow->lock);
    pthread_join(slow->thread, NULL);
}

void slow_free(struct slow *slow)
{
    if (!slow)
        return;
    pthread_cond_destroy(&slow->wake);
    pthread_mutex_destroy(&slow->lock);
    free(slow);
}

/* --- the requests' side --------------------------------------------------------------------------------- */

void slow_enter(struct slow *slow, struct slow_watch *watch)
{
    watch->began = now_ms();
    watch->taken = watch->before = 0;
    watch->cut = false;
    pthread_mutex_lock(&slow->lock);
    watch->next = slow->first;
    watch->link = &slow->first;
    if (slow->first)
        slow->first->link = &watch->next;
    slow->first = watch;
    pthread_mutex_unlock(&slow->lock);
}

bool slow_took(struct slow *slow, struct slow_watch *watch, int64_t taken)
{
    pthread_mutex_lock(&slow->lock);
    watch->taken = taken;
    bool cut = watch->cut;
    pthread_mutex_unlock(&slow->lock);
    return !cut;
}

void slow_leave(struct slow *slow, struct slow_watch *watch)
{
    if (!watch->link)
        return;
    pthread_mutex_lock(&slow->lock);
    *watch->link = watch->next;
    if (watch->next)
        watch->next->link = watch->link;
    watch->link = NULL;
    pthread_mutex_unlock(&slow->lock);
}
