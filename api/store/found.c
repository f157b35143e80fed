#include "found.h"

#include "query.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_WORDS = 64 };

/* Room for the bit at `at`; what is new is empty. */
static bool make_room(struct found *found, size_t at)
{
    size_t words = found->words ? found->words : FIRST_WORDS;
    while (words <= at / 64)
        words *= 2;
    if (words == found->words)
        return true;
    uint64_t *bits = realloc(found->bits, words * sizeof *bits);
    if (!bits)
        return false;
    memset(bits + found->words, 0, (words - found->words) * sizeof *bits);
    found->bits = bits;
    found->words = words;
    return true;
}

/* The index gives the lowest number first. */
static bool add(struct found *found, int64_t number)
{
    if (found->count++ == 0)
        found->first = number;
    size_t at = (size_t)(number - found->first);
    if (!make_room(found, at))
        return false;
    found->bits[at / 64] |= UINT64_C(1) << at % 64;
    return true;
}

enum rc found_read(struct found *found, struct conn *conn, const char *match)
{
    *found = (struct found){0};
    struct query query = query_begin(conn, SQL_SEARCH_FOUND);
    query_bind_text(&query, ":match", match);
    while (query_step(&query)) {
        if (!add(found, query_int(&query, 0)))
            query_fail(&query, RC_INTERNAL);
    }
    return query_end(&query);
}

void found_release(struct found *found)
{
    free(found->bits);
    *found = (struct found){0};
}

bool found_has(const struct found *found, int64_t number)
{
    uint64_t at = (uint64_t)number - (uint64_t)found->first;
    return number >= found->first && at / 64 < found->words && found->bits[at / 64] >> at % 64 & 1;
}
