/* Which word was probably meant. */
#include "../diag.h"

#include <string.h>

enum { WORD_MAX = 64 };

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Edit distance in which two neighbours changing places count as one edit, as fingers do it. */
static size_t distance(const char *a, size_t alen, const char *b, size_t blen)
{
    size_t rows[3][WORD_MAX + 1];
    for (size_t j = 0; j <= blen; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= alen; i++) {
        size_t *now = rows[i % 3], *above = rows[(i + 2) % 3], *before = rows[(i + 1) % 3];
        now[0] = i;
        for (size_t j = 1; j <= blen; j++) {
            size_t change = above[j - 1] + (a[i - 1] != b[j - 1]);
            now[j] = least(change, least(above[j], now[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                now[j] = least(now[j], before[j - 2] + 1);
        }
    }
    return rows[alen % 3][blen];
}

const char *diag_nearest(const char *word, const char *const *candidates)
{
    size_t len = strlen(word);
    size_t best = len / 3 > 0 ? len / 3 : 1;
    const char *nearest = NULL;
    if (len > WORD_MAX)
        return NULL;
    for (; *candidates; candidates++) {
        size_t other = strlen(*candidates);
        if (other > WORD_MAX || (other > len ? other - len : len - other) > best)
            continue;
        size_t edits = distance(word, len, *candidates, other);
        if (edits < best || (edits == best && !nearest)) {
            best = edits;
            nearest = *candidates;
        }
    }
    return nearest;
}
