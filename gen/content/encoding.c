#include "encoding.h"

#include "../../lib/utf8.h"

#include <string.h>

static bool begins_with(const char *text, size_t len, const char *mark)
{
    size_t marked = strlen(mark);
    return len >= marked && memcmp(text, mark, marked) == 0;
}

bool encoding_check(const char *file, const char *text, size_t len, struct diag *diag)
{
    struct place start = {file, 1, 1};
    bool whole = false;
    if (begins_with(text, len, "\xEF\xBB\xBF"))
        diag_error(diag, start, "the file begins with a byte order mark; save it as UTF-8 without one");
    else if (begins_with(text, len, "\xFF\xFE") || begins_with(text, len, "\xFE\xFF"))
        diag_error(diag, start, "the file is UTF-16; save it as UTF-8");
    else
        whole = true;
    if (whole && utf8_is_valid(text, len) && !memchr(text, '\0', len))
        return true;
    uint32_t code;
    for (size_t at = 0; whole && at < len;) {
        size_t bytes = utf8_next(text + at, len - at, &code);
        whole = code != UTF8_BAD && code != 0;
        if (code == UTF8_BAD)
            diag_error(diag, diag_place(file, text, text + at),
                       "the byte 0x%02X is not UTF-8; save the file in that encoding",
                       (unsigned)(unsigned char)text[at]);
        else if (code == 0)
            diag_error(diag, diag_place(file, text, text + at), "a NUL byte may not stand in a text");
        at += bytes;
    }
    return whole;
}
