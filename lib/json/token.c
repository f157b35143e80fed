/*
 * Strings and numbers, and how to name a token in a message.
 */
#include "../utf8.h"
#include "scan.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

bool json_scan_fail(struct json_scan *scan, size_t at, const char *why, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(scan->message, sizeof scan->message, format, args);
    va_end(args);
    scan->why = why;
    scan->at = at;
    return false;
}

static bool is_word(unsigned char c)
{
    return isalnum(c) || c == '_' || c == '-' || c == '.' || c == '+' || c == '$';
}

static size_t token_length(const char *text, size_t len)
{
    size_t end = 0;
    if (text[0] == '"') {
        for (end = 1; end < len && text[end] != '"' && text[end] != '\n'; end++)
            ;
        return end < len && text[end] == '"' ? end + 1 : end;
    }
    while (end < len && is_word((unsigned char)text[end]))
        end++;
    return end;
}

const char *json_scan_got(const struct json_scan *scan, size_t at, char out[static 64])
{
    enum { SHOWN = 24 };
    if (at >= scan->len) {
        snprintf(out, 64, "the end of the file");
        return out;
    }
    const char *text = scan->text + at;
    uint32_t code;
    size_t size = utf8_next(text, scan->len - at, &code);
    size_t len = token_length(text, scan->len - at);
    if (code == UTF8_BAD || utf8_is_control(code)) {
        snprintf(out, 64, "the byte 0x%02X", (unsigned)(unsigned char)text[0]);
    } else if (len <= SHOWN) {
        snprintf(out, 64, "%.*s", (int)(len > size ? len : size), text);
    } else {
        /* A long text is cut, and closed again so that the quotes stay in pairs. */
        size_t shown = utf8_prefix(text, SHOWN, SHOWN);
        while (shown > 1 && ((unsigned char)text[shown] & 0xC0) == 0x80)
            shown--;
        snprintf(out, 64, "%.*s...%s", (int)shown, text, text[0] == '"' ? "\"" : "");
    }
    return out;
}

/* The value of four hex digits; -1: they are none. */
static int hex4(const char *text, size_t len)
{
    int value = 0;
    if (len < 4)
        return -1;
    for (int i = 0; i < 4; i++) {
        int c = tolower((unsigned char)text[i]);
        if (!isxdigit(c))
            return -1;
        value = value * 16 + (c >= 'a' ? c - 'a' + 10 : c - '0');
    }
    return value;
}

/* At the 'u' of \uNNNN. A character over U+FFFF is written as two of them (RFC 8259, section 7). */
static bool scan_unicode(struct json_scan *scan, size_t backslash)
{
    const char *text = scan->text + scan->at;
    size_t left = scan->len - scan->at;
    int unit = hex4(text + 1, left - 1);
    if (unit < 0)
        return json_scan_fail(scan, backslash, JSON_WHY_SYNTAX, "want four hex digits after \\u");
    if (unit == 0)
        return json_scan_fail(scan, backslash, JSON_WHY_NUL, "\\u0000 may not stand in a text");
    scan->at += 5;
    if (unit < 0xD800 || unit > 0xDFFF)
        return true;
    int second = left >= 11 && text[5] == '\\' && text[6] == 'u' ? hex4(text + 7, 4) : -1;
    if (unit > 0xDBFF || second < 0xDC00 || second > 0xDFFF)
        return json_scan_fail(scan, backslash, JSON_WHY_SYNTAX,
                              "\\u%04X is one half of a character; the other half is missing", unit);
    scan->at += 6;
    return true;
}

static bool scan_escape(struct json_scan *scan)
{
    size_t backslash = scan->at++;
    char got[64];
    if (scan->at < scan->len && scan->text[scan->at] == 'u')
        return scan_unicode(scan, backslash);
    if (scan->at < scan->len && scan->text[scan->at] != '\0' && strchr("\"\\/bfnrt", scan->text[scan->at])) {
        scan->at++;
        return true;
    }
    uint32_t code = ' ';
    size_t size = scan->at < scan->len ? utf8_next(scan->text + scan->at, scan->len - scan->at, &code) : 0;
    if (code == UTF8_BAD || utf8_is_control(code) || code == ' ')
        snprintf(got, sizeof got, "a backslash alone");
    else
        snprintf(got, sizeof got, "\\%.*s", (int)size, scan->text + scan->at);
    return json_scan_fail(scan, backslash, JSON_WHY_SYNTAX,
                          "%s means nothing in JSON; a backslash is written \\\\", got);
}

static bool fail_control(struct json_scan *scan, size_t start, unsigned char byte)
{
    if (byte == '\n' || byte == '\r')
        return json_scan_fail(scan, start, JSON_WHY_SYNTAX,
                              "the text that begins here has no closing \" in its line; a line break within "
                              "a text is written \\n");
    if (byte == '\t')
        return json_scan_fail(scan, scan->at, JSON_WHY_SYNTAX, "a tab within a text is written \\t");
    if (byte == 0)
        return json_scan_fail(scan, scan->at, JSON_WHY_NUL, "a NUL byte may not stand in a text");
    return json_scan_fail(scan, scan->at, JSON_WHY_SYNTAX,
                          "the control character 0x%02X within a text is written \\u%04x", byte, byte);
}

bool json_scan_string(struct json_scan *scan)
{
    size_t start = scan->at++;
    while (scan->at < scan->len) {
        unsigned char byte = (unsigned char)scan->text[scan->at];
        uint32_t code;
        if (byte == '"') {
            scan->at++;
            return true;
        }
        if (byte == '\\') {
            if (!scan_escape(scan))
                return false;
        } else if (byte < 0x20) {
            return fail_control(scan, start, byte);
        } else if (byte < 0x80) {
            scan->at++;
        } else {
            size_t size = utf8_next(scan->text + scan->at, scan->len - scan->at, &code);
            if (code == UTF8_BAD)
                return json_scan_fail(scan, scan->at, JSON_WHY_UTF8,
                                      "the byte 0x%02X is not UTF-8; save the file in that encoding", byte);
            scan->at += size;
        }
    }
    return json_scan_fail(scan, start, JSON_WHY_SYNTAX,
                          "the text that begins here has no closing \" before the end of the file");
}

static size_t digits(const struct json_scan *scan, size_t at)
{
    size_t count = 0;
    while (at + count < scan->len && isdigit((unsigned char)scan->text[at + count]))
        count++;
    return count;
}

static bool is_at(const struct json_scan *scan, const char *chars)
{
    return scan->at < scan->len && scan->text[scan->at] != '\0' && strchr(chars, scan->text[scan->at]);
}

bool json_scan_number(struct json_scan *scan)
{
    size_t start = scan->at;
    char got[64];
    json_scan_got(scan, start, got);
    if (is_at(scan, "-"))
        scan->at++;
    size_t whole = digits(scan, scan->at);
    if (whole == 0)
        return json_scan_fail(scan, start, JSON_WHY_SYNTAX, "want a digit after -, got %s", got);
    if (whole > 1 && scan->text[scan->at] == '0')
        return json_scan_fail(scan, start, JSON_WHY_SYNTAX, "a number may not begin with 0, got %s", got);
    scan->at += whole;
    if (is_at(scan, ".")) {
        size_t fraction = digits(scan, scan->at + 1);
        if (fraction == 0)
            return json_scan_fail(scan, start, JSON_WHY_SYNTAX, "want a digit after the point, got %s", got);
        scan->at += 1 + fraction;
    }
    if (is_at(scan, "eE")) {
        scan->at++;
        if (is_at(scan, "+-"))
            scan->at++;
        size_t exponent = digits(scan, scan->at);
        if (exponent == 0)
            return json_scan_fail(scan, start, JSON_WHY_SYNTAX, "want a digit in the exponent, got %s", got);
        scan->at += exponent;
    }
    return true;
}
