/*
 * lines: where the lines of a text begin and end, and how far they are indented; internal to this room.
 */
#ifndef GUICHET_TEMPLATE_LINES_H
#define GUICHET_TEMPLATE_LINES_H

#include <stdbool.h>
#include <stddef.h>

/* A piece of a template's source while it is parsed. */
struct slice {
    const char *at;
    size_t len;
};

static inline bool slice_is(struct slice a, struct slice b)
{
    return a.len == b.len && __builtin_memcmp(a.at, b.at, a.len) == 0;
}

static inline bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static inline bool is_space(char c)
{
    return is_blank(c) || c == '\n' || c == '\r';
}

/* Is there nothing but blanks between the line's start and `at`? Then `start` is that start. */
bool line_is_clean_before(const char *text, size_t at, size_t *start);

/* Is there nothing but blanks between `at` and the line's end? Then `next` is where the next line starts. */
bool line_is_clean_after(const char *text, size_t len, size_t at, size_t *next);

/* The indentation of the first line from `at` on that holds anything; `first` is where that begins. */
struct slice line_first_indentation(const char *text, size_t len, size_t at, size_t *first);

/* Does a line start at `at`? */
static inline bool line_starts(const char *text, size_t at)
{
    return at == 0 || text[at - 1] == '\n';
}

/* Does a line end here: at a line feed, or a carriage return before one? */
static inline bool line_ends(const char *text, size_t len, size_t at)
{
    return at < len && (text[at] == '\n' || (text[at] == '\r' && at + 1 < len && text[at + 1] == '\n'));
}

#endif
