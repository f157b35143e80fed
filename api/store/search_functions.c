/* What SQL cannot do with words by itself. */
#include "../../lib/search_fold.h"
#include "../../lib/utf8.h"
#include "search.h"

#include <stdlib.h>
#include <string.h>

enum { PLAIN_LETTERS = 60, PLAIN_BYTES = 2 * PLAIN_LETTERS * 3 };

/* What stands between words is one blank, and none at the beginning. */
static size_t make_plain(const char *text, size_t len, char out[PLAIN_BYTES])
{
    size_t end = 0;
    unsigned letters = 0;
    for (size_t at = 0; at < len && letters < PLAIN_LETTERS;) {
        uint32_t code;
        at += utf8_next(text + at, len - at, &code);
        struct search_char c = search_fold(code);
        if (c.kind == SEARCH_MARK || (c.kind == SEARCH_GAP && (end == 0 || out[end - 1] == ' ')))
            continue;
        letters++;
        end += utf8_put(out + end, c.kind == SEARCH_GAP ? ' ' : c.code);
        if (c.second)
            end += utf8_put(out + end, c.second);
    }
    return end;
}

static void search_plain(sqlite3_context *context, int count, sqlite3_value **values)
{
    char plain[PLAIN_BYTES + 8];
    const char *text = (const char *)sqlite3_value_text(values[0]);
    (void)count;
    if (!text)
        return;
    size_t len = make_plain(text, (size_t)sqlite3_value_bytes(values[0]), plain);
    sqlite3_result_text(context, plain, (int)len, SQLITE_TRANSIENT);
}

/* The words are read once for each run of a statement. */
static const struct search_wanted *wanted_of(sqlite3_context *context, sqlite3_value *typed)
{
    struct search_wanted *wanted = sqlite3_get_auxdata(context, 1);
    const char *text = (const char *)sqlite3_value_text(typed);
    if (wanted || !text)
        return wanted;
    wanted = malloc(sizeof *wanted);
    if (!wanted) {
        sqlite3_result_error_nomem(context);
        return NULL;
    }
    search_wanted_read(wanted, text);
    sqlite3_set_auxdata(context, 1, wanted, free);
    return sqlite3_get_auxdata(context, 1);
}

static void search_has(sqlite3_context *context, int count, sqlite3_value **values)
{
    const char *text = (const char *)sqlite3_value_text(values[0]);
    const struct search_wanted *wanted = wanted_of(context, values[1]);
    (void)count;
    if (!text || !wanted)
        return;
    uint32_t mask = search_mask(wanted, text, (size_t)sqlite3_value_bytes(values[0]));
    sqlite3_result_int(context, mask == search_whole(wanted));
}

bool search_functions(sqlite3 *sqlite)
{
    int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY;
    return sqlite3_create_function_v2(sqlite, "search_plain", 1, flags, NULL, search_plain, NULL, NULL,
                                      NULL) == SQLITE_OK &&
           sqlite3_create_function_v2(sqlite, "search_has", 2, flags, NULL, search_has, NULL, NULL, NULL) ==
               SQLITE_OK;
}
