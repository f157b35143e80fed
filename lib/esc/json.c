/* JSON strings, fit to stand in a page, too. */
#include "../esc.h"

#include "../utf8.h"
#include "runs.h"

#include <stdint.h>

static void json_escape(struct buf *out, uint32_t code)
{
    switch (code) {
    case '"':
        buf_adds(out, "\\\"");
        break;
    case '\\':
        buf_adds(out, "\\\\");
        break;
    case '\n':
        buf_adds(out, "\\n");
        break;
    case '\r':
        buf_adds(out, "\\r");
        break;
    case '\t':
        buf_adds(out, "\\t");
        break;
    default:
        buf_addf(out, "\\u%04x", (unsigned)code);
    }
}

static bool json_is_special(uint32_t code)
{
    return code < 0x20 || code == '"' || code == '\\' || code == '<' || code == '>' || code == '&' ||
           code == 0x7F || code == 0x2028 || code == 0x2029;
}

void esc_json(struct buf *out, const char *text, size_t len)
{
    struct runs runs = {out, text, len, 0, 0};
    buf_addc(out, '"');
    while (runs.at < len) {
        uint32_t code;
        size_t size = utf8_next(text + runs.at, len - runs.at, &code);
        if (code == UTF8_BAD) {
            runs_replace(&runs, size, REPLACEMENT);
        } else if (json_is_special(code)) {
            runs_flush(&runs, size);
            json_escape(out, code);
        } else {
            runs.at += size;
        }
    }
    runs_flush(&runs, 0);
    buf_addc(out, '"');
}
