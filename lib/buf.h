/*
 * buf: a growable run of bytes with a ceiling given at birth.
 *
 * Adding never fails loudly: once the ceiling is met or memory is out, the
 * buffer is marked failed, keeps what it had, and every later addition is a
 * no-op. Check buf_ok() once, at the end. `data` always ends with a NUL that
 * `len` does not count, so it can be read as a string when it holds text.
 */
#ifndef GUICHET_BUF_H
#define GUICHET_BUF_H

#include <stdbool.h>
#include <stddef.h>

struct buf {
    char *data; /* owned; never NULL after buf_init: an empty buffer reads "" */
    size_t len;
    size_t cap;     /* allocated bytes; 0 while `data` is the shared empty string */
    size_t ceiling; /* the most bytes `len` may reach */
    bool failed;
};

/* Make an empty buffer. Nothing is allocated until something is added. */
void buf_init(struct buf *buf, size_t ceiling);

/* Free what the buffer holds; it may be initialised again. */
void buf_release(struct buf *buf);

/* Empty the buffer and clear its failure, keeping its memory. */
void buf_reset(struct buf *buf);

void buf_add(struct buf *buf, const void *bytes, size_t len);
void buf_adds(struct buf *buf, const char *text);
void buf_addf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));

/*
 * Room for `len` bytes more, to be written in place (a read(), an encoder): write at most that many at the
 * address returned, then say how many with buf_filled(). NULL: no room, and the buffer has failed.
 */
char *buf_room(struct buf *buf, size_t len);
void buf_filled(struct buf *buf, size_t len);

/* Cut to `len` bytes, when longer. */
void buf_cut(struct buf *buf, size_t len);

/* Mostly there is room, and no call is needed. */
static inline void buf_addc(struct buf *buf, char c)
{
    if (buf->failed || buf->cap - buf->len < 2 || buf->len >= buf->ceiling) {
        buf_add(buf, &c, 1);
        return;
    }
    buf->data[buf->len++] = c;
    buf->data[buf->len] = '\0';
}

static inline bool buf_ok(const struct buf *buf)
{
    return !buf->failed;
}

/*
 * Hand the bytes to the caller, who frees them with free(); the buffer is empty afterwards. NULL when failed.
 * `len` may be NULL.
 */
char *buf_take(struct buf *buf, size_t *len);

#endif
