#include "stage.h"

#include "../../lib/fs.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_CEILING = 4096, PIECE = 32 * 1024 };

int stage_open(struct stage *stage, const char *dir)
{
    *stage = (struct stage){.dir = dir, .fd = -1, .lock = PTHREAD_MUTEX_INITIALIZER};
    stage->fresh = mkdir(dir, 0755) == 0;
    if (!stage->fresh && errno != EEXIST)
        return errno;
    stage->fd = open(dir, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    return stage->fd < 0 ? errno : 0;
}

void stage_close(struct stage *stage)
{
    if (stage->fd >= 0)
        close(stage->fd);
    pthread_mutex_destroy(&stage->lock);
    free(stage->written);
    *stage = (struct stage){.fd = -1};
}

static int note_written(struct stage *stage, const char *path, int fd)
{
    struct stat info;
    int error = fstat(fd, &info) == 0 ? 0 : errno;
    pthread_mutex_lock(&stage->lock);
    if (!error && stage->count == stage->cap) {
        size_t cap = stage->cap ? stage->cap * 2 : 256;
        struct stage_file *written = reallocarray(stage->written, cap, sizeof *written);
        if (written) {
            stage->written = written;
            stage->cap = cap;
        } else {
            error = ENOMEM;
        }
    }
    if (!error)
        stage->written[stage->count++] = (struct stage_file){path, stamp_of(&info)};
    pthread_mutex_unlock(&stage->lock);
    return error;
}

/* Does the open file hold exactly these bytes? */
static bool holds(int fd, const char *bytes, size_t len)
{
    char piece[PIECE];
    struct stat info;
    if (fstat(fd, &info) != 0 || !S_ISREG(info.st_mode) || (uintmax_t)info.st_size != len)
        return false;
    for (size_t at = 0; at < len;) {
        ssize_t got = read(fd, piece, sizeof piece);
        if (got <= 0 || (size_t)got > len - at || memcmp(piece, bytes + at, (size_t)got) != 0)
            return false;
        at += (size_t)got;
    }
    return true;
}

/* The file that is there with the same bytes, open. -1: none. */
static int open_same(const struct stage *stage, const char *path, const char *bytes, size_t len)
{
    int fd = stage->fresh ? -1 : openat(stage->fd, path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0 || holds(fd, bytes, len))
        return fd;
    close(fd);
    return -1;
}

/* The folder of a path, and those above it that are missing. Most often only the last one is. */
static int make_parents(int at, const char *path)
{
    char folder[PATH_CEILING];
    const char *slash = strrchr(path, '/');
    size_t len = slash ? (size_t)(slash - path) : 0;
    if (len == 0)
        return 0;
    if (len >= sizeof folder)
        return ENAMETOOLONG;
    memcpy(folder, path, len);
    folder[len] = '\0';
    if (mkdirat(at, folder, 0755) == 0 || errno == EEXIST)
        return 0;
    if (errno != ENOENT)
        return errno;
    int error = make_parents(at, folder);
    if (!error && mkdirat(at, folder, 0755) != 0 && errno != EEXIST)
        error = errno;
    return error;
}

/* What was a file is to be a folder now, or the other way round; or somebody put a link there. */
static void make_way(const struct stage *stage, const char *path)
{
    char part[PATH_CEILING];
    for (const char *slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/')) {
        snprintf(part, sizeof part, "%.*s", (int)(slash - path), path);
        unlinkat(stage->fd, part, 0); /* refused for a folder, which is what is wanted */
    }
    snprintf(part, sizeof part, "%s/%s", stage->dir, path);
    if (unlinkat(stage->fd, path, 0) != 0)
        fs_remove_tree(part);
}

static int open_for_writing(const struct stage *stage, const char *path)
{
    const int flags = O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC;
    int error = make_parents(stage->fd, path);
    int fd = error ? -1 : openat(stage->fd, path, flags, 0644);
    if (fd >= 0)
        return fd;
    error = error ? error : errno;
    if (error == ENOTDIR || error == EISDIR || error == ELOOP || error == EEXIST) {
        make_way(stage, path);
        error = make_parents(stage->fd, path);
        fd = error ? -1 : openat(stage->fd, path, flags, 0644);
        error = error ? error : errno;
    }
    errno = error;
    return fd;
}

static int write_all(int fd, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t done = write(fd, bytes, len);
        if (done < 0 && errno != EINTR)
            return errno;
        if (done > 0) {
            bytes += done;
            len -= (size_t)done;
        }
    }
    return 0;
}

int stage_write(struct stage *stage, const char *path, const void *bytes, size_t len)
{
    int error = 0;
    int fd = open_same(stage, path, bytes, len);
    if (fd < 0) {
        fd = open_for_writing(stage, path);
        if (fd < 0)
            return errno;
        error = write_all(fd, bytes, len);
    }
    if (!error)
        error = note_written(stage, path, fd);
    if (close(fd) != 0 && !error)
        error = errno;
    return error;
}

static int by_path(const void *left, const void *right)
{
    const struct stage_file *a = left, *b = right;
    return strcmp(a->path, b->path);
}

static int remove_stale(const struct stage *stage, const char *path)
{
    char folder[PATH_CEILING];
    if (unlinkat(stage->fd, path, 0) != 0 && errno != ENOENT)
        return errno;
    snprintf(folder, sizeof folder, "%s", path);
    for (char *slash = strrchr(folder, '/'); slash; slash = strrchr(folder, '/')) {
        *slash = '\0';
        if (unlinkat(stage->fd, folder, AT_REMOVEDIR) != 0)
            break; /* others are in it still */
    }
    return 0;
}

int stage_sweep(struct stage *stage, struct arena *arena)
{
    struct fs_entry *entries = NULL;
    size_t count = 0;
    if (stage->fresh)
        return 0;
    int error = fs_walk(stage->dir, arena, &entries, &count);
    if (!error && stage->count > 0)
        qsort(stage->written, stage->count, sizeof *stage->written, by_path);
    for (size_t i = 0, next = 0; !error && i < count; i++) {
        while (next < stage->count && strcmp(stage->written[next].path, entries[i].path) < 0)
            next++;
        if (next == stage->count || strcmp(stage->written[next].path, entries[i].path) != 0)
            error = remove_stale(stage, entries[i].path);
    }
    return error;
}
