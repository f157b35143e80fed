#include "stamp.h"

#include <time.h>

enum { TRIES = 20, WAIT_NS = 1000000 };

static int64_t nanoseconds(struct timespec time)
{
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

struct stamp stamp_of(const struct stat *info)
{
    return (struct stamp){.device = info->st_dev,
                          .inode = info->st_ino,
                          .size = (uint64_t)info->st_size,
                          .modified = nanoseconds(info->st_mtim),
                          .changed = nanoseconds(info->st_ctim),
                          .mode = info->st_mode};
}

bool stamp_settle(int64_t changed)
{
    for (int i = 0; i < TRIES; i++) {
        struct timespec now;
        clock_gettime(CLOCK_REALTIME_COARSE, &now); /* the clock of file systems */
        if (changed < nanoseconds(now))
            return true;
        nanosleep(&(struct timespec){.tv_nsec = WAIT_NS}, NULL);
    }
    return false;
}
