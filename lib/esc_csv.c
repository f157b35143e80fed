#include "esc.h"

#include "utf8.h"

#include <stdint.h>
#include <string.h>

/* What a spreadsheet would take for the beginning of a formula; full-width signs are such signs to some. */
static bool begins_formula(const char *text, size_t len)
{
    uint32_t code = 0;
    if (len > 0)
        utf8_next(text, len, &code);
    return code == '=' || code == '+' || code == '-' || code == '@' || (code > 0 && code < 0x20) ||
           code == 0xFF1D || code == 0xFF0B || code == 0xFF0D || code == 0xFF20;
}

/* Semicolons and tabs part the fields in the eyes of some spreadsheets. */
static bool must_be_quoted(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (text[i] && strchr(",;\"\r\n\t", text[i]))
            return true;
    return len > 0 && (text[0] == ' ' || text[len - 1] == ' ');
}

void esc_csv(struct buf *out, const char *text, size_t len)
{
    bool formula = begins_formula(text, len);
    bool quoted = formula || must_be_quoted(text, len);
    uint32_t code;
    if (quoted)
        buf_addc(out, '"');
    if (formula)
        buf_addc(out, '\'');
    for (size_t at = 0, size; at < len; at += size) {
        size = utf8_next(text + at, len - at, &code);
        if (code == UTF8_BAD || code == 0)
            buf_adds(out, "\xEF\xBF\xBD"); /* U+FFFD */
        else
            buf_add(out, text + at, size);
        if (code == '"')
            buf_addc(out, '"');
    }
    if (quoted)
        buf_addc(out, '"');
}
