/*
 * stamp: what the file system tells about a file; the same again means that nobody wrote to it.
 *
 * Times count in nanoseconds, but a clock behind them may tick only every few milliseconds: of a file that
 * was written in this very tick nothing can be said, so whoever keeps stamps waits for the next one.
 */
#ifndef GUICHET_STAMP_H
#define GUICHET_STAMP_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>

/* Compared by its bytes: it has no gaps. */
struct stamp {
    uint64_t device, inode, size;
    int64_t modified, changed; /* nanoseconds since 1970 */
    uint64_t mode;
};

struct stamp stamp_of(const struct stat *info);

/* Wait, for at most a few ticks, until `changed` lies in a tick before this one. False: it still does not. */
bool stamp_settle(int64_t changed);

#endif
