#include "lines.h"

bool line_is_clean_before(const char *text, size_t at, size_t *start)
{
    size_t from = at;
    while (from > 0 && is_blank(text[from - 1]))
        from--;
    *start = from;
    return line_starts(text, from);
}

bool line_is_clean_after(const char *text, size_t len, size_t at, size_t *next)
{
    while (at < len && is_blank(text[at]))
        at++;
    bool ends = line_ends(text, len, at);
    if (ends)
        at += text[at] == '\r' ? 2 : 1;
    *next = at;
    return ends || at == len;
}

struct slice line_first_indentation(const char *text, size_t len, size_t at, size_t *first)
{
    size_t start = at;
    for (; at < len && is_space(text[at]); at++)
        if (text[at] == '\n')
            start = at + 1;
    *first = at;
    return (struct slice){text + start, at - start};
}
