/* Text on one line: for people, and as a value in a log. */
#include "../esc.h"

#include "../utf8.h"
#include "runs.h"

#include <stdint.h>

static void control_escape(struct buf *out, uint32_t code)
{
    if (code == '\n')
        buf_adds(out, "\\n");
    else if (code == '\r')
        buf_adds(out, "\\r");
    else if (code == '\t')
        buf_adds(out, "\\t");
    else
        buf_addf(out, code > 0xFF ? "\\u%04X" : "\\x%02X", (unsigned)code);
}

static void line_escape(struct buf *out, const char *text, size_t len, bool quoted)
{
    struct runs runs = {out, text, len, 0, 0};
    while (runs.at < len) {
        uint32_t code;
        size_t size = utf8_next(text + runs.at, len - runs.at, &code);
        if (code == UTF8_BAD) {
            runs_replace(&runs, size, REPLACEMENT);
        } else if (utf8_is_control(code) || utf8_is_direction(code)) {
            runs_flush(&runs, size);
            control_escape(out, code);
        } else if (quoted && (code == '"' || code == '\\')) {
            runs_replace(&runs, size, code == '"' ? "\\\"" : "\\\\");
        } else {
            runs.at += size;
        }
    }
    runs_flush(&runs, 0);
}

void esc_line(struct buf *out, const char *text, size_t len)
{
    line_escape(out, text, len, false);
}

static bool log_is_plain(const char *text, size_t len)
{
    for (size_t at = 0; at < len; at++) {
        unsigned char byte = (unsigned char)text[at];
        if (byte <= ' ' || byte >= 0x7F || byte == '"' || byte == '=' || byte == '\\')
            return false;
    }
    return len > 0;
}

void esc_log(struct buf *out, const char *text, size_t len)
{
    if (log_is_plain(text, len)) {
        buf_add(out, text, len);
        return;
    }
    buf_addc(out, '"');
    line_escape(out, text, len, true);
    buf_addc(out, '"');
}
