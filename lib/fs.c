#include "fs.h"

#include "utf8.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { READ_STEP = 4096 };

static ssize_t read_some(int fd, char *bytes, size_t len)
{
    ssize_t count;
    do {
        count = read(fd, bytes, len);
    } while (count < 0 && errno == EINTR);
    return count;
}

/* A file that tells its size is read in place, mostly by one call. */
static int read_sized(int fd, size_t size, struct buf *out)
{
    char *room = buf_room(out, size);
    if (!room)
        return ENOMEM;
    size_t got = 0;
    ssize_t count = 1;
    while (got < size && (count = read_some(fd, room + got, size - got)) > 0)
        got += (size_t)count;
    buf_filled(out, got);
    return count < 0 ? errno : 0;
}

/* A file of /proc ends when it ends. */
static int read_unsized(int fd, struct buf *out)
{
    char step[READ_STEP];
    ssize_t count;
    while ((count = read_some(fd, step, sizeof step)) > 0) {
        if ((size_t)count > out->ceiling - out->len)
            return EFBIG;
        buf_add(out, step, (size_t)count);
        if (!buf_ok(out))
            return ENOMEM;
    }
    return count < 0 ? errno : 0;
}

static int read_open(int fd, struct buf *out)
{
    struct stat info;
    if (fstat(fd, &info) != 0)
        return errno;
    if (S_ISDIR(info.st_mode))
        return EISDIR;
    if (!S_ISREG(info.st_mode))
        return ENOTSUP;
    size_t size = info.st_size > 0 ? (size_t)info.st_size : 0;
    if (size > out->ceiling - out->len)
        return EFBIG;
    return size > 0 ? read_sized(fd, size, out) : read_unsized(fd, out);
}

int fs_read(const char *path, struct buf *out)
{
    if (!buf_ok(out))
        return ENOMEM;
    int fd =
        open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC); /* else a pipe waits for somebody to write to it */
    if (fd < 0)
        return errno == ENXIO ? ENOTSUP : errno; /* a socket */
    size_t before = out->len;
    int error = read_open(fd, out);
    if (error)
        buf_cut(out, before);
    close(fd);
    return error;
}

static int write_all(int fd, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t count = write(fd, bytes, len);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return errno;
        bytes += count;
        len -= (size_t)count;
    }
    return 0;
}

/* The length of the folder in a path, with its slash; 0: the working folder. */
static size_t folder_length(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? (size_t)(slash - path) + 1 : 0;
}

/*
 * A new file beside `path`. Its name does not build on that of `path`, which may be as long as names can
 * be; one that a killed program left behind is passed over.
 */
static int open_beside(const char *path, struct buf *name, mode_t mode)
{
    static atomic_uint counter;
    for (int tries = 0; tries < 100; tries++) {
        buf_reset(name);
        buf_add(name, path, folder_length(path));
        buf_addf(name, ".tmp-%ld-%u", (long)getpid(), atomic_fetch_add(&counter, 1));
        if (!buf_ok(name)) {
            errno = ENAMETOOLONG;
            return -1;
        }
        int fd = open(name->data, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
        if (fd >= 0 || errno != EEXIST)
            return fd;
    }
    return -1;
}

static int sync_folder_of(const char *path)
{
    size_t len = folder_length(path);
    char *folder = len > 0 ? strndup(path, len) : strdup(".");
    if (!folder)
        return ENOMEM;
    int error = fs_sync_dir(folder);
    free(folder);
    return error;
}

static int write_as(const char *path, const void *bytes, size_t len, bool durable, mode_t mode)
{
    struct buf name;
    buf_init(&name, 8192);
    int fd = open_beside(path, &name, mode);
    int error = fd < 0 ? errno : write_all(fd, bytes, len);
    if (fd >= 0) {
        if (!error && durable && fsync(fd) != 0)
            error = errno;
        if (close(fd) != 0 && !error)
            error = errno;
        if (!error && rename(name.data, path) != 0)
            error = errno;
        if (error)
            unlink(name.data);
        else if (durable)
            error = sync_folder_of(path);
    }
    buf_release(&name);
    return error;
}

int fs_write(const char *path, const void *bytes, size_t len, bool durable)
{
    return write_as(path, bytes, len, durable, 0666);
}

int fs_write_private(const char *path, const void *bytes, size_t len, bool durable)
{
    return write_as(path, bytes, len, durable, 0600);
}

int fs_sync_dir(const char *path)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return errno;
    int error = fsync(fd) == 0 ? 0 : errno;
    close(fd);
    return error;
}

static bool stat_is(const char *path, bool folder)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode) == folder;
}

bool fs_is_file(const char *path)
{
    return stat_is(path, false);
}

bool fs_is_dir(const char *path)
{
    return stat_is(path, true);
}

bool fs_is_there(const char *path)
{
    struct stat found;
    return lstat(path, &found) == 0;
}

static int make_one(const char *path)
{
    if (mkdir(path, 0755) == 0)
        return 0;
    if (errno != EEXIST)
        return errno;
    return fs_is_dir(path) ? 0 : ENOTDIR;
}

int fs_mkdirs(const char *path)
{
    /* Mostly only the last folder is missing, or none. */
    int error = make_one(path);
    if (error != ENOENT || path[0] == '\0')
        return error;
    char *copy = strdup(path);
    if (!copy)
        return ENOMEM;
    error = 0;
    for (char *at = copy + 1; *at && !error; at++) {
        if (*at != '/')
            continue;
        *at = '\0';
        error = make_one(copy);
        *at = '/';
    }
    free(copy);
    return error ? error : make_one(path);
}

static bool is_safe_part(const char *part, size_t len)
{
    if (len == 0 || (len == 1 && part[0] == '.') || (len == 2 && part[0] == '.' && part[1] == '.'))
        return false;
    for (size_t at = 0; at < len;) {
        uint32_t code;
        at += utf8_next(part + at, len - at, &code);
        if (code == UTF8_BAD || code == '\\' || utf8_is_control(code))
            return false;
    }
    return true;
}

bool fs_is_safe_path(const char *path)
{
    for (;;) {
        size_t len = strcspn(path, "/");
        if (!is_safe_part(path, len))
            return false;
        if (path[len] == '\0')
            return true;
        path += len + 1;
    }
}

char *fs_join(struct arena *arena, const char *dir, const char *name)
{
    size_t len = strlen(dir);
    if (len == 0)
        return arena_strdup(arena, name);
    return arena_printf(arena, "%s%s%s", dir, dir[len - 1] == '/' ? "" : "/", name);
}
