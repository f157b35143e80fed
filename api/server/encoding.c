#include "encoding.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

enum { SURE = 1000 };

const struct encoding_row encoding_rows[ENCODING_COUNT] = {
    [ENCODING_BROTLI] = {"br", ".br"},
    [ENCODING_GZIP] = {"gzip", ".gz"},
};

/* ";q=0.8" -> 800; without one 1000; what is no weight 0. */
static int weight_of(const char *at, size_t len)
{
    size_t i = strspn(at, " \t");
    if (i >= len)
        return SURE;
    if (at[i++] != ';')
        return 0;
    i += strspn(at + i, " \t");
    if (i + 2 >= len || strncasecmp(at + i, "q=", 2) != 0)
        return 0;
    i += 2;
    int weight = at[i] == '1' ? SURE : 0;
    if ((at[i] != '0' && at[i] != '1') || (i + 1 < len && at[i + 1] != '.' && !strchr(" \t", at[i + 1])))
        return 0;
    int place = 100;
    for (i += 2; i < len && at[i] >= '0' && at[i] <= '9' && place > 0; i++, place /= 10)
        weight += (at[i] - '0') * place;
    return weight > SURE ? 0 : weight;
}

/* How much the client wants it; -1: it does not say. */
static int weight_in(const char *list, const char *name)
{
    for (const char *at = list + strspn(list, ", \t"); *at; at += strspn(at, ", \t")) {
        size_t len = strcspn(at, ","), word = strcspn(at, " \t;,");
        if (word == strlen(name) && strncasecmp(at, name, word) == 0)
            return weight_of(at + word, len - word);
        at += len;
    }
    return -1;
}

enum encoding encoding_choose(const char *accept, const bool there[ENCODING_COUNT])
{
    enum encoding best = ENCODING_NONE;
    int most = 0;
    for (int i = 0; accept && i < ENCODING_COUNT; i++) {
        int weight = weight_in(accept, encoding_rows[i].name);
        if (weight < 0)
            weight = weight_in(accept, "*");
        if (there[i] && weight > most) {
            most = weight;
            best = (enum encoding)i;
        }
    }
    /* who says so may want it plain even more */
    int plain = best == ENCODING_NONE ? 0 : weight_in(accept, "identity");
    return plain > most ? ENCODING_NONE : best;
}
