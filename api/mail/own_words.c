#include "own_words.h"

#include <sodium.h>
#include <string.h>

/* A line break before the end of what is kept; so that lines are looked at from behind. */
static size_t line_start(const char *text, size_t end)
{
    while (end > 0 && text[end - 1] != '\n')
        end--;
    return end;
}

static size_t without_space(const char *text, size_t len)
{
    while (len > 0 && (text[len - 1] == '\n' || text[len - 1] == ' '))
        len--;
    return len;
}

/* "On Monday Mia wrote:", which may be broken into lines, up to the empty line before it. */
static size_t without_introduction(const char *text, size_t len)
{
    if (len == 0 || text[len - 1] != ':')
        return len;
    while (len > 0) {
        size_t start = line_start(text, len);
        if (start == len) /* an empty line */
            break;
        len = start > 0 ? start - 1 : 0;
    }
    return without_space(text, len);
}

size_t own_words_len(const char *text)
{
    size_t at = 0;
    while (text[at] && text[at] != '>') {
        at += strcspn(text + at, "\n");
        at += text[at] == '\n';
    }
    size_t len = without_space(text, at);
    return text[at] == '>' ? without_introduction(text, len) : len;
}

void own_words_hash(const char *text, unsigned char hash[OWN_WORDS_BYTES])
{
    crypto_generichash(hash, OWN_WORDS_BYTES, (const unsigned char *)text, own_words_len(text), NULL, 0);
}
