#include "buf.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_CAP = 64 };

/* What every empty buffer reads. Never written: cap is 0 while `data` points here. */
static char nothing[1];

void buf_init(struct buf *buf, size_t ceiling)
{
    /* One byte of the address space is kept for the closing NUL. */
    *buf = (struct buf){.data = nothing, .ceiling = ceiling < SIZE_MAX ? ceiling : SIZE_MAX - 1};
}

void buf_release(struct buf *buf)
{
    if (buf->cap > 0)
        free(buf->data);
    buf_init(buf, buf->ceiling);
}

void buf_reset(struct buf *buf)
{
    buf->failed = false;
    buf->len = 0;
    if (buf->cap > 0)
        buf->data[0] = '\0';
}

static size_t grown(const struct buf *buf, size_t need)
{
    size_t cap = buf->cap < FIRST_CAP / 2 ? FIRST_CAP : buf->cap > SIZE_MAX / 2 ? SIZE_MAX : buf->cap * 2;
    if (cap < need)
        cap = need;
    return cap > buf->ceiling + 1 ? buf->ceiling + 1 : cap;
}

char *buf_room(struct buf *buf, size_t len)
{
    if (buf->failed)
        return NULL;
    if (len > buf->ceiling - buf->len) {
        buf->failed = true;
        return NULL;
    }
    size_t need = buf->len + len + 1;
    if (need > buf->cap) {
        size_t cap = grown(buf, need);
        char *data = realloc(buf->cap > 0 ? buf->data : NULL, cap);
        if (!data) {
            buf->failed = true;
            return NULL;
        }
        buf->data = data;
        buf->cap = cap;
        buf->data[buf->len] = '\0';
    }
    return buf->data + buf->len;
}

void buf_filled(struct buf *buf, size_t len)
{
    buf->len += len;
    if (buf->cap > 0)
        buf->data[buf->len] = '\0';
}

void buf_add(struct buf *buf, const void *bytes, size_t len)
{
    if (len == 0)
        return;
    char *room = buf_room(buf, len);
    if (!room)
        return;
    memcpy(room, bytes, len);
    buf->len += len;
    room[len] = '\0';
}

void buf_adds(struct buf *buf, const char *text)
{
    buf_add(buf, text, strlen(text));
}

void buf_addf(struct buf *buf, const char *format, ...)
{
    if (buf->failed)
        return;
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    /* Mostly it fits in what is allocated already; when not, the first try tells how much is missing. */
    char *end = buf->cap > 0 ? buf->data + buf->len : NULL;
    size_t room = end ? buf->cap - buf->len : 0;
    int len = vsnprintf(end, room, format, args);
    if (end && (len < 0 || (size_t)len >= room))
        *end = '\0';
    if (len < 0) {
        buf->failed = true;
    } else if ((size_t)len >= room) {
        end = buf_room(buf, (size_t)len);
        if (end)
            vsnprintf(end, (size_t)len + 1, format, again);
    }
    if (!buf->failed)
        buf->len += (size_t)len;
    va_end(again);
    va_end(args);
}

void buf_cut(struct buf *buf, size_t len)
{
    if (len >= buf->len)
        return;
    buf->len = len;
    buf->data[len] = '\0';
}

char *buf_take(struct buf *buf, size_t *len)
{
    char *data = NULL;
    if (len)
        *len = buf->failed ? 0 : buf->len;
    if (!buf->failed)
        data = buf->cap > 0 ? buf->data : calloc(1, 1);
    else if (buf->cap > 0)
        free(buf->data);
    buf_init(buf, buf->ceiling);
    return data;
}
