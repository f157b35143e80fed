/* HTML: text and quoted attribute values. */
#include "../esc.h"

#include "../utf8.h"
#include "runs.h"

#include <stdint.h>

static const char *html_entity(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return REPLACEMENT;
    }
}

/* HTML; of ASCII only the bytes of stop[] are looked at. */
static void html_escape(struct buf *out, const char *text, size_t len, const bool stop[128])
{
    struct runs runs = {out, text, len, 0, 0};
    for (;;) {
        size_t at = runs.at;
        while (at < len && (unsigned char)text[at] < 0x80 && !stop[(unsigned char)text[at]])
            at++;
        runs.at = at;
        if (at == len)
            break;
        uint32_t code;
        size_t size = utf8_next(text + at, len - at, &code);
        if (code == UTF8_BAD)
            runs_replace(&runs, size, REPLACEMENT);
        else if (code < 0x80)
            runs_replace(&runs, 1, html_entity((char)code));
        else
            runs.at += size;
    }
    runs_flush(&runs, 0);
}

void esc_html(struct buf *out, const char *text, size_t len)
{
    static const bool stop[128] = {
        [0] = true, ['&'] = true, ['<'] = true, ['>'] = true, ['"'] = true, ['\''] = true};
    html_escape(out, text, len, stop);
}

void esc_html_text(struct buf *out, const char *text, size_t len)
{
    static const bool stop[128] = {[0] = true, ['&'] = true, ['<'] = true, ['>'] = true, ['"'] = true};
    html_escape(out, text, len, stop);
}
