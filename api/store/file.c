#include "file.h"

#include "inside.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ID_LEN = 22 };

struct file_writer {
    struct store *store;
    int fd;
    char id[ID_LEN + 1];
    int64_t size;
    crypto_hash_sha256_state hash;
};

static enum rc rc_of(int error)
{
    return error == ENOSPC || error == EDQUOT || error == EFBIG ? RC_FULL : RC_INTERNAL;
}

enum rc file_begin(struct store *store, struct file_writer **writer)
{
    *writer = NULL;
    struct file_writer *made = calloc(1, sizeof *made);
    if (!made)
        return RC_INTERNAL;
    made->store = store;
    store_random_id(made->id);
    crypto_hash_sha256_init(&made->hash);
    made->fd = openat(store->tmp, made->id, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (made->fd < 0) {
        enum rc rc = rc_of(errno);
        free(made);
        return rc;
    }
    *writer = made;
    return RC_OK;
}

enum rc file_write(struct file_writer *writer, const void *bytes, size_t len)
{
    const char *next = bytes;
    crypto_hash_sha256_update(&writer->hash, bytes, len);
    writer->size += (int64_t)len;
    while (len > 0) {
        ssize_t written = write(writer->fd, next, len);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return rc_of(errno);
        next += written;
        len -= (size_t)written;
    }
    return RC_OK;
}

void file_drop(struct file_writer *writer)
{
    if (!writer)
        return;
    if (writer->fd >= 0)
        close(writer->fd);
    unlinkat(writer->store->tmp, writer->id, 0);
    free(writer);
}

/* 0, or why it is not on disk. */
static int settle(struct file_writer *writer)
{
    int error = fsync(writer->fd) == 0 ? 0 : errno;
    if (close(writer->fd) != 0 && error == 0)
        error = errno;
    writer->fd = -1;
    if (error)
        return error;
    struct store *store = writer->store;
    if (renameat(store->tmp, writer->id, store->files, writer->id) != 0)
        return errno;
    if (fsync(store->files) == 0)
        return 0;
    error = errno;
    unlinkat(store->files, writer->id, 0);
    return error;
}

enum rc file_keep(struct file_writer *writer, char id[23], int64_t *size, unsigned char sha256[32])
{
    int error = settle(writer);
    if (error) {
        file_drop(writer);
        return rc_of(error);
    }
    memcpy(id, writer->id, sizeof writer->id);
    *size = writer->size;
    crypto_hash_sha256_final(&writer->hash, sha256);
    free(writer);
    return RC_OK;
}

static bool is_id(const char *id)
{
    static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    return strlen(id) == ID_LEN && strspn(id, alphabet) == ID_LEN;
}

enum rc file_scratch(struct store *store, int *fd)
{
    *fd = openat(store->tmp, ".", O_RDWR | O_TMPFILE | O_CLOEXEC, 0600);
    return *fd < 0 ? rc_of(errno) : RC_OK;
}

void file_remove(struct store *store, const char *id)
{
    if (is_id(id))
        unlinkat(store->files, id, 0);
}

enum rc file_open(struct store *store, const char *id, int *fd)
{
    *fd = is_id(id) ? openat(store->files, id, O_RDONLY | O_CLOEXEC | O_NOFOLLOW) : -1;
    if (*fd >= 0)
        return RC_OK;
    return !is_id(id) || errno == ENOENT ? RC_NOT_FOUND : RC_INTERNAL;
}
