#include "lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

static void say_held(int fd, const char *dir, struct diag *diag)
{
    char text[32] = "";
    if (pread(fd, text, sizeof text - 1, 0) < 0)
        text[0] = '\0';
    long pid = strtol(text, NULL, 10);
    struct place place = {.file = dir};
    if (pid > 0)
        diag_error(diag, place, "held by another guichet-api (process %ld)", pid);
    else
        diag_error(diag, place, "held by another guichet-api");
}

static bool write_pid(int fd)
{
    char text[32];
    int len = snprintf(text, sizeof text, "%ld\n", (long)getpid());
    return ftruncate(fd, 0) == 0 && pwrite(fd, text, (size_t)len, 0) == len;
}

int lock_take(const char *dir, bool *held, struct diag *diag)
{
    char path[4096];
    struct place place = {.file = dir};
    if (snprintf(path, sizeof path, "%s/lock", dir) >= (int)sizeof path) {
        diag_error(diag, place, "the path is too long");
        return -1;
    }
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) {
        diag_error(diag, place, "cannot write its lock: %s", strerror(errno));
        return -1;
    }
    if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        if (errno == EWOULDBLOCK && held)
            *held = true;
        else if (errno == EWOULDBLOCK)
            say_held(fd, dir, diag);
        else
            diag_error(diag, place, "cannot be locked: %s", strerror(errno));
    } else if (!write_pid(fd)) {
        diag_error(diag, place, "cannot write its lock: %s", strerror(errno));
    } else {
        return fd;
    }
    close(fd);
    return -1;
}

void lock_release(int fd)
{
    if (fd >= 0)
        close(fd);
}
