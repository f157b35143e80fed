#include "spool.h"

#include "../store/file.h"
#include "respond.h"
#include "write.h"

#include <errno.h>
#include <unistd.h>

#define PIECE (64 * 1024)
#define PIECE_CEILING (4 * 1024 * 1024)

enum rc spool_begin(struct spool *spool, struct store *store)
{
    *spool = (struct spool){.fd = -1};
    buf_init(&spool->piece, PIECE_CEILING);
    return file_scratch(store, &spool->fd);
}

static bool flush(struct spool *spool)
{
    const char *next = spool->piece.data;
    size_t len = spool->piece.len;
    spool->size += (int64_t)len;
    while (len > 0 && !spool->error) {
        ssize_t written = write(spool->fd, next, len);
        if (written < 0 && errno != EINTR)
            spool->error = errno;
        if (written > 0) {
            next += written;
            len -= (size_t)written;
        }
    }
    buf_reset(&spool->piece);
    return !spool->error;
}

bool spool_row(struct spool *spool)
{
    return spool->piece.len < PIECE || flush(spool);
}

enum rc spool_end(struct spool *spool)
{
    if (buf_ok(&spool->piece) && flush(spool))
        return RC_OK;
    return spool->error == ENOSPC || spool->error == EDQUOT ? RC_FULL : RC_INTERNAL;
}

/* NULL: no memory. */
static const char *name_of_day(const struct request *request, const char *name, const char *ending)
{
    struct buf day;
    buf_init(&day, 64);
    write_moment(&day, request->now);
    const char *whole = arena_printf(request->arena, "%s-%.10s.%s", name, day.data, ending);
    buf_release(&day);
    return whole;
}

enum problem spool_head(struct request *request, const char *name, const char *ending, const char *type)
{
    const char *whole = name_of_day(request, name, ending);
    if (!whole)
        return PROBLEM_INTERNAL;
    respond_stream(request, type, whole);
    return PROBLEM_NONE;
}

enum problem spool_send(struct request *request, const struct spool *spool, const char *name,
                        const char *ending, const char *type)
{
    const char *whole = name_of_day(request, name, ending);
    if (!whole)
        return PROBLEM_INTERNAL;
    const struct file file = {.name = whole, .type = type, .size = spool->size};
    return respond_file(request, &file, "attachment", spool->fd);
}

void spool_release(struct spool *spool)
{
    buf_release(&spool->piece);
    if (spool->fd >= 0)
        close(spool->fd);
}
