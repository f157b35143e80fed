#include "knock.h"

#include <dirent.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { STEP_MS = 5 };

/* Whether anybody answers does not matter, only that poll() sees it. */
static void connect_once(const struct sockaddr_in *at)
{
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return;
    (void)connect(fd, (const struct sockaddr *)at, sizeof *at);
    close(fd);
}

static bool has_port(int fd, int (*name)(int, struct sockaddr *restrict, socklen_t *restrict), in_port_t port)
{
    struct sockaddr_in found = {0};
    socklen_t len = sizeof found;
    return name(fd, (struct sockaddr *)&found, &len) == 0 && found.sin_family == AF_INET &&
           (port == 0 || found.sin_port == port);
}

/* The server underneath does not tell its connections' descriptors: they are those that have our port and a
 * peer. */
static void end_kept(const struct sockaddr_in *at)
{
    DIR *all = opendir("/proc/self/fd");
    const struct dirent *entry;
    while (all && (entry = readdir(all))) {
        int fd = (int)strtol(entry->d_name, NULL, 10);
        if (fd > 2 && has_port(fd, getsockname, at->sin_port) && has_port(fd, getpeername, 0))
            shutdown(fd, SHUT_RD);
    }
    if (all)
        closedir(all);
}

static void *run(void *context)
{
    struct knock *knock = context;
    const struct timespec step = {.tv_nsec = STEP_MS * 1000000L};
    while (!atomic_load(&knock->over)) {
        connect_once(&knock->at);
        end_kept(&knock->at);
        nanosleep(&step, NULL);
    }
    return NULL;
}

void knock_begin(struct knock *knock, const struct sockaddr_in *at)
{
    knock->at = *at;
    atomic_init(&knock->over, false);
    knock->runs = pthread_create(&knock->thread, NULL, run, knock) == 0;
}

void knock_end(struct knock *knock)
{
    if (!knock->runs)
        return;
    atomic_store(&knock->over, true);
    pthread_join(knock->thread, NULL);
}
