/* What SQL cannot do for filters by itself: small letters of any script. */
#include "../../lib/utf8.h"
#include "filter.h"

#include <locale.h>
#include <pthread.h>
#include <wctype.h>

static pthread_once_t locale_once = PTHREAD_ONCE_INIT;
static locale_t letters; /* kept until the program ends; 0: there is none, and only A to Z are known */

static void find_letters(void)
{
    letters = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
}

static uint32_t small(uint32_t code)
{
    if (code < 0x80)
        return code >= 'A' && code <= 'Z' ? code + ('a' - 'A') : code;
    return letters ? (uint32_t)towlower_l((wint_t)code, letters) : code;
}

static size_t put(unsigned char *out, uint32_t code)
{
    if (code < 0x80) {
        out[0] = (unsigned char)code;
        return 1;
    }
    size_t len = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    static const unsigned char heads[] = {0, 0, 0xC0, 0xE0, 0xF0};
    for (size_t i = len - 1; i > 0; i--, code >>= 6)
        out[i] = (unsigned char)(0x80 | (code & 0x3F));
    out[0] = (unsigned char)(heads[len] | code);
    return len;
}

/* No letter takes more than twice the bytes when it is a small one; what is no character is left out. */
static void small_letters(sqlite3_context *context, int count, sqlite3_value **values)
{
    const char *text = (const char *)sqlite3_value_text(values[0]);
    size_t len = (size_t)sqlite3_value_bytes(values[0]), end = 0;
    (void)count;
    if (!text)
        return;
    unsigned char *out = sqlite3_malloc64(2 * len + 4);
    if (!out) {
        sqlite3_result_error_nomem(context);
        return;
    }
    for (size_t at = 0; at < len;) {
        uint32_t code;
        at += utf8_next(text + at, len - at, &code);
        if (code != UTF8_BAD)
            end += put(out + end, small(code));
    }
    sqlite3_result_text64(context, (const char *)out, end, sqlite3_free, SQLITE_UTF8);
}

bool filter_functions(sqlite3 *sqlite)
{
    int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY;
    pthread_once(&locale_once, find_letters);
    return sqlite3_create_function_v2(sqlite, "small_letters", 1, flags, NULL, small_letters, NULL, NULL,
                                      NULL) == SQLITE_OK;
}
