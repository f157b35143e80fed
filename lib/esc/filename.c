/* File names in Content-Disposition. */
#include "../esc.h"

#include "../utf8.h"
#include "runs.h"

#include <stdint.h>
#include <string.h>

/* The name as a label: without what may not stand in one, and in valid UTF-8. */
static void filename_clean(struct buf *label, const char *name, size_t len)
{
    uint32_t code;
    for (size_t at = 0, size; at < len; at += size) {
        size = utf8_next(name + at, len - at, &code);
        if (code == UTF8_BAD)
            buf_adds(label, REPLACEMENT);
        else if (code == '/' || code == '\\')
            buf_addc(label, '_');
        else if (!utf8_is_control(code) && !utf8_is_direction(code))
            buf_add(label, name + at, size);
    }
    if (label->len == 0)
        buf_adds(label, "file");
}

/* Headers have little room at proxies: cut out of the middle, so that the ending still tells the kind. */
static void filename_shorten(struct buf *label)
{
    enum { NAME_MAX_CHARS = 150, ENDING_MAX = 16 };
    if (utf8_count(label->data, label->len) <= NAME_MAX_CHARS)
        return;
    const char *dot = memrchr(label->data, '.', label->len);
    size_t ending = dot ? label->len - (size_t)(dot - label->data) : 0;
    if (ending > ENDING_MAX)
        ending = 0;
    size_t kept = utf8_prefix(label->data, label->len - ending, NAME_MAX_CHARS - ending);
    memmove(label->data + kept, label->data + label->len - ending, ending);
    buf_cut(label, kept + ending);
}

/* Readers disagree about '%' in the quoted form (RFC 6266, appendix D). */
static void filename_fallback(struct buf *out, const struct buf *label)
{
    uint32_t code;
    for (size_t at = 0; at < label->len;) {
        at += utf8_next(label->data + at, label->len - at, &code);
        buf_addc(out, code >= 0x7F || code == '"' || code == '%' ? '_' : (char)code);
    }
}

void esc_filename(struct buf *out, const char *name, size_t len)
{
    struct buf label;
    buf_init(&label, len * 3 + sizeof "file");
    filename_clean(&label, name, len);
    filename_shorten(&label);
    buf_adds(out, "filename=\"");
    filename_fallback(out, &label);
    buf_adds(out, "\"; filename*=UTF-8''");
    esc_url(out, label.data, label.len);
    if (!buf_ok(&label))
        out->failed = true;
    buf_release(&label);
}
