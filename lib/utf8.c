#include "utf8.h"

#include <endian.h>
#include <string.h>

/* The range of the second byte is where overlong forms, surrogates and too large code points show. */
static size_t lead(unsigned char byte, unsigned char *low, unsigned char *high, uint32_t *bits)
{
    *low = 0x80;
    *high = 0xBF;
    if (byte >= 0xC2 && byte <= 0xDF) {
        *bits = byte & 0x1Fu;
        return 2;
    }
    if (byte >= 0xE0 && byte <= 0xEF) {
        if (byte == 0xE0)
            *low = 0xA0;
        else if (byte == 0xED)
            *high = 0x9F;
        *bits = byte & 0x0Fu;
        return 3;
    }
    if (byte >= 0xF0 && byte <= 0xF4) {
        if (byte == 0xF0)
            *low = 0x90;
        else if (byte == 0xF4)
            *high = 0x8F;
        *bits = byte & 0x07u;
        return 4;
    }
    return 0;
}

static inline bool goes_on(unsigned char byte)
{
    return (byte & 0xC0) == 0x80;
}

/* Of nearly all characters, and quickly. 0: one that has to be looked at closely. */
static inline size_t next_common(const unsigned char *bytes, size_t len, uint32_t *code)
{
    unsigned char first = bytes[0];
    if (first >= 0xC2 && first <= 0xDF && len > 1 && goes_on(bytes[1])) {
        *code = (first & 0x1Fu) << 6 | (bytes[1] & 0x3Fu);
        return 2;
    }
    if (first > 0xE0 && first < 0xF0 && first != 0xED && len > 2 && goes_on(bytes[1]) && goes_on(bytes[2])) {
        *code = (first & 0x0Fu) << 12 | (bytes[1] & 0x3Fu) << 6 | (bytes[2] & 0x3Fu);
        return 3;
    }
    return 0;
}

size_t utf8_next_long(const char *text, size_t len, uint32_t *code)
{
    const unsigned char *bytes = (const unsigned char *)text;
    size_t common = next_common(bytes, len, code);
    if (common > 0)
        return common;
    unsigned char low, high;
    uint32_t bits;
    size_t size = lead(bytes[0], &low, &high, &bits);
    size_t at = 1;
    for (; at < size && at < len && bytes[at] >= low && bytes[at] <= high; at++) {
        bits = bits << 6 | (bytes[at] & 0x3Fu);
        low = 0x80;
        high = 0xBF;
    }
    *code = size > 0 && at == size ? bits : UTF8_BAD;
    return at;
}

/* How many bytes from the start are ASCII, eight at a time; of less than eight none are counted. */
static inline size_t ascii_run(const char *text, size_t len)
{
    const uint64_t high = UINT64_C(0x8080808080808080);
    size_t at = 0;
    for (uint64_t word; len - at >= sizeof word; at += sizeof word) {
        memcpy(&word, text + at, sizeof word);
        word = le64toh(word) & high;
        if (word)
            return at + (unsigned)__builtin_ctzll(word) / 8;
    }
    return at;
}

bool utf8_is_valid(const char *text, size_t len)
{
    for (size_t at = ascii_run(text, len); at < len;) {
        uint32_t code = 0;
        const unsigned char *bytes = (const unsigned char *)text + at;
        size_t size =
            *bytes < 0x80 ? 1 + ascii_run(text + at + 1, len - at - 1) : next_common(bytes, len - at, &code);
        at += size > 0 ? size : utf8_next_long(text + at, len - at, &code);
        if (code == UTF8_BAD)
            return false;
    }
    return true;
}

size_t utf8_count(const char *text, size_t len)
{
    uint32_t code;
    size_t count = 0;
    for (size_t at = 0; at < len; count++)
        at += utf8_next(text + at, len - at, &code);
    return count;
}

size_t utf8_prefix(const char *text, size_t len, size_t count)
{
    uint32_t code;
    size_t at = 0;
    for (; at < len && count > 0; count--)
        at += utf8_next(text + at, len - at, &code);
    return at;
}

bool utf8_is_control(uint32_t code)
{
    return code < 0x20 || (code >= 0x7F && code <= 0x9F) || code == 0x2028 || code == 0x2029;
}

bool utf8_is_embedding(uint32_t code)
{
    return (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
}

bool utf8_is_direction(uint32_t code)
{
    return code == 0x061C || code == 0x200E || code == 0x200F || utf8_is_embedding(code);
}

size_t utf8_put(char *out, uint32_t code)
{
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    if (code < 0x800) {
        out[0] = (char)(0xC0 | code >> 6);
        out[1] = (char)(0x80 | (code & 0x3F));
        return 2;
    }
    out[0] = (char)(0xE0 | code >> 12);
    out[1] = (char)(0x80 | (code >> 6 & 0x3F));
    out[2] = (char)(0x80 | (code & 0x3F));
    return 3;
}
