#include "../utf8.h"
#include "internal.h"

#include <stdio.h>
#include <string.h>

static bool within(uint32_t code, uint32_t low, uint32_t high)
{
    return low <= code && code <= high;
}

/* Latin Extended-A comes in pairs: capital, small; in some stretches the capital has the odd number. */
static uint32_t extended_upper(uint32_t code)
{
    bool odd_capital = within(code, 0x139, 0x148) || within(code, 0x179, 0x17E);
    if (code == 0x131) /* dotless i */
        return 'I';
    if (code == 0x138 || code == 0x149 || code == 0x17F)
        return code;
    return (code % 2 == 1) != odd_capital ? code - 1 : code;
}

static uint32_t latin_upper(uint32_t code)
{
    if (within(code, 'a', 'z') || (within(code, 0xE0, 0xFE) && code != 0xF7))
        return code - 0x20;
    if (code == 0xFF)
        return 0x178;
    if (within(code, 0x1C4, 0x1CC)) /* the two-letter signs dz, lj, nj have a form of their own here */
        return code <= 0x1C6 ? 0x1C5 : code <= 0x1C9 ? 0x1C8 : 0x1CB;
    return within(code, 0x100, 0x17F) && code != 0x178 ? extended_upper(code) : code;
}

static uint32_t greek_upper(uint32_t code)
{
    static const uint32_t accented[][2] = {{0x3AC, 0x386}, {0x3AD, 0x388}, {0x3AE, 0x389}, {0x3AF, 0x38A},
                                           {0x3CC, 0x38C}, {0x3CD, 0x38E}, {0x3CE, 0x38F}};
    for (size_t i = 0; i < sizeof accented / sizeof *accented; i++)
        if (accented[i][0] == code)
            return accented[i][1];
    return within(code, 0x3B1, 0x3CB) && code != 0x3C2 ? code - 0x20 : code;
}

static uint32_t upper(uint32_t code, bool dotted)
{
    if (code == 'i' && dotted)
        return 0x130;
    if (within(code, 0x430, 0x44F))
        return code - 0x20;
    if (within(code, 0x450, 0x45F))
        return code - 0x50;
    if (code == 0x491) /* Ukrainian g with upturn */
        return 0x490;
    return code < 0x250 ? latin_upper(code) : greek_upper(code);
}

/* The letters above are of two bytes at most. */
static size_t put(uint32_t code, char *out)
{
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    out[0] = (char)(0xC0 | code >> 6);
    out[1] = (char)(0x80 | (code & 0x3F));
    return 2;
}

static bool speaks(const char *tag, const char *language)
{
    return locale_language_len(tag) == 2 && strncmp(tag, language, 2) == 0;
}

void locale_capitalize(const char *tag, const char *word, char *out, size_t size)
{
    char head[4];
    uint32_t code;
    size_t len = strlen(word);
    size_t skip = len > 0 ? utf8_next(word, len, &code) : 0;
    size_t taken = 0;
    if (skip > 0 && skip <= 2 && code != UTF8_BAD)
        taken = put(upper(code, speaks(tag, "tr") || speaks(tag, "az")), head);
    else
        skip = 0;
    if (speaks(tag, "nl") && strncmp(word, "ij", 2) == 0) {
        head[taken++] = 'J';
        skip = 2;
    }
    snprintf(out, size, "%.*s%s", (int)taken, head, word + skip);
    while (!utf8_is_valid(out, strlen(out)) && utf8_is_valid(word, len))
        out[strlen(out) - 1] = '\0';
}
