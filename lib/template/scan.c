#include "scan.h"

#include "../utf8.h"

#include <string.h>

enum { DELIMITER_MAX = 16, EXCERPT_MAX = 24 };

void scan_begin(struct scanner *scanner, const char *file, const char *source, size_t len, struct diag *diag)
{
    *scanner = (struct scanner){.file = file,
                                .source = source,
                                .len = len,
                                .open = {"{{", 2},
                                .close = {"}}", 2},
                                .line = 1,
                                .diag = diag};
}

/* Where `what` stands between `from` and `to`; `to` when nowhere. */
static size_t find(const struct scanner *scanner, size_t from, size_t to, struct slice what)
{
    const char *found = memmem(scanner->source + from, to - from, what.at, what.len);
    return found ? (size_t)(found - scanner->source) : to;
}

/* Count lines on to `at`, which is never before the last one asked for. */
static void count_to(struct scanner *scanner, size_t at, unsigned *line, unsigned *col)
{
    const char *end;
    while ((end = memchr(scanner->source + scanner->line_start, '\n', at - scanner->line_start))) {
        scanner->line++;
        scanner->line_start = (size_t)(end - scanner->source) + 1;
    }
    *line = scanner->line;
    *col = (unsigned)utf8_count(scanner->source + scanner->line_start, at - scanner->line_start) + 1;
}

struct place scan_place(const struct scanner *scanner, size_t at)
{
    struct scanner again;
    struct place place = {scanner->file, 0, 0};
    scan_begin(&again, scanner->file, scanner->source, scanner->len, scanner->diag);
    count_to(&again, at, &place.line, &place.col);
    return place;
}

/* Report a tag by its first few characters. */
static enum scan bad(struct scanner *scanner, const struct tag *tag, size_t go_on, const char *what)
{
    const char *start = scanner->source + tag->start;
    size_t len = utf8_prefix(start, go_on - tag->start, EXCERPT_MAX);
    const char *end = memchr(start, '\n', len);
    diag_error(scanner->diag, (struct place){scanner->file, tag->line, tag->col}, "\"%.*s\" %s",
               (int)(end ? (size_t)(end - start) : len), start, what);
    scanner->at = go_on;
    return SCAN_BAD;
}

static struct slice trimmed(const char *source, size_t from, size_t to)
{
    while (from < to && is_space(source[from]))
        from++;
    while (to > from && is_space(source[to - 1]))
        to--;
    return (struct slice){source + from, to - from};
}

/* A delimiter may hold neither white space nor '='; a few characters are enough for it. */
static bool set_delimiters(struct scanner *scanner, struct slice both)
{
    size_t open = 0, gap;
    while (open < both.len && !is_space(both.at[open]))
        open++;
    for (gap = open; gap < both.len && is_space(both.at[gap]);)
        gap++;
    struct slice close = {both.at + gap, both.len - gap};
    if (open == 0 || open > DELIMITER_MAX || close.len == 0 || close.len > DELIMITER_MAX ||
        memchr(both.at, '=', both.len))
        return false;
    for (size_t i = 0; i < close.len; i++)
        if (is_space(close.at[i]))
            return false;
    scanner->open = (struct slice){both.at, open};
    scanner->close = close;
    return true;
}

/* The end of a tag whose inside begins at `inside`: what closes it depends on its mark. */
static size_t find_close(const struct scanner *scanner, char kind, size_t inside, size_t *end)
{
    char longer[DELIMITER_MAX + 1];
    struct slice close = scanner->close;
    if (kind == '{' || kind == '=') {
        longer[0] = kind == '{' ? '}' : '=';
        memcpy(longer + 1, close.at, close.len);
        close = (struct slice){longer, close.len + 1};
    }
    size_t at = find(scanner, inside, scanner->len, close);
    *end = at + close.len;
    return at;
}

bool scan_is_mark(char c)
{
    return c != '\0' && strchr("#^/><$!=&{", c);
}

enum scan scan_next(struct scanner *scanner, struct tag *tag)
{
    tag->start = find(scanner, scanner->at, scanner->len, scanner->open);
    if (tag->start == scanner->len)
        return SCAN_END;
    count_to(scanner, tag->start, &tag->line, &tag->col);

    size_t inside = tag->start + scanner->open.len;
    tag->kind = inside < scanner->len && scan_is_mark(scanner->source[inside]) ? scanner->source[inside] : 0;
    if (tag->kind)
        inside++;
    size_t close = find_close(scanner, tag->kind, inside, &tag->end);
    if (tag->kind != '!') {
        size_t other = find(scanner, inside, close, scanner->open);
        if (other < close)
            return bad(scanner, tag, other, "is not closed before the next tag begins");
    }
    if (close == scanner->len) {
        scanner->swallowed = true;
        return bad(scanner, tag, scanner->len, "is never closed");
    }

    tag->name = trimmed(scanner->source, inside, close);
    if (tag->kind == '=' && !set_delimiters(scanner, tag->name))
        return bad(scanner, tag, tag->end,
                   "sets no delimiters: want two short ones with a space between, without \"=\"");
    if (tag->name.len == 0 && tag->kind != '!')
        return bad(scanner, tag, tag->end, "has no name in it");
    scanner->at = tag->end;
    return SCAN_TAG;
}
