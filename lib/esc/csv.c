#include "../esc.h"

#include "../utf8.h"

#include <stdint.h>
#include <string.h>

/* The first character that is no blank; 0: none. */
static uint32_t first_of(const char *text, size_t len)
{
    uint32_t code = 0;
    for (; len > 0 && *text == ' '; len--)
        text++;
    if (len > 0)
        utf8_next(text, len, &code);
    return code;
}

/* With what formulas begin; full-width signs are such signs to some spreadsheets. */
static bool is_formula_sign(uint32_t code)
{
    return code == '=' || code == '+' || code == '-' || code == '@' || code == 0xFF1D || code == 0xFF0B ||
           code == 0xFF0D || code == 0xFF20;
}

/*
 * Where the list separator of the system is a semicolon or a tab, a spreadsheet parts the line there, and
 * does not see the quotes, since no field begins with them: what follows is a field of its own.
 */
static bool parts_fields(uint32_t code)
{
    return code == ';' || code == '\t' || code == '\r' || code == '\n';
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
    uint32_t first = first_of(text, len);
    bool formula = is_formula_sign(first) || (first > 0 && first < 0x20);
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
        if (parts_fields(code) && is_formula_sign(first_of(text + at + size, len - at - size)))
            buf_addc(out, '\'');
    }
    if (quoted)
        buf_addc(out, '"');
}
