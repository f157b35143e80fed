#include "markdown_place.h"

#include "../../lib/utf8.h"

#include <string.h>

/* A paragraph that begins with references is said to begin as many lines too early. */
enum { REFERENCES_MAX = 16, LINK_TEXT_MAX = 4096 };

/* "\n", "\r\n" and "\r" end a line, as cmark has it. */
static size_t next_line(const struct markdown_source *source, size_t at)
{
    const char *line = source->text + at, *end = memchr(line, '\n', source->len - at);
    size_t len = end ? (size_t)(end - line) + 1 : source->len - at;
    const char *old = memchr(line, '\r', len);
    return old && old + 1 != end ? at + (size_t)(old - line) + 1 : at + len;
}

static size_t line_start(struct markdown_source *source, unsigned line)
{
    if (line < source->line || source->line == 0)
        source->at = 0, source->line = 1;
    while (source->line < line && source->at < source->len) {
        source->at = next_line(source, source->at);
        source->line++;
    }
    return source->at;
}

/* Behind the "]" that belongs to the "[" at `at`; 0: there is none near. */
static size_t behind_text(const struct markdown_source *source, size_t at)
{
    size_t most = source->len - at > LINK_TEXT_MAX ? at + LINK_TEXT_MAX : source->len;
    int depth = 0;
    for (; at < most; at++) {
        char c = source->text[at];
        if (c == '\\')
            at++;
        else if (c == '[')
            depth++;
        else if (c == ']' && --depth == 0)
            return at + 1;
    }
    return 0;
}

static bool stands_at(const struct markdown_source *source, size_t at, const char *word)
{
    size_t len = strlen(word);
    return at <= source->len && source->len - at >= len && memcmp(source->text + at, word, len) == 0;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Does the link begin here? One by reference names no address; it is believed where `by_reference`. */
static bool begins(const struct markdown_source *source, size_t at, const struct markdown_link *link,
                   bool by_reference)
{
    if (!link->image && stands_at(source, at, "<"))
        return stands_at(source, at + 1, link->url) ||
               (strncmp(link->url, "mailto:", 7) == 0 && stands_at(source, at + 1, link->url + 7));
    if (!stands_at(source, at, link->image ? "![" : "["))
        return false;
    size_t end = behind_text(source, at + link->image);
    if (end == 0 || !stands_at(source, end, "("))
        return end != 0 && by_reference;
    for (end++; end < source->len && is_blank(source->text[end]); end++)
        ;
    return stands_at(source, end, link->url) ||
           (stands_at(source, end, "<") && stands_at(source, end + 1, link->url));
}

static bool may_begin(char c)
{
    return c == '[' || c == '<' || c == '!';
}

static bool search(struct markdown_source *source, struct markdown_guess guess,
                   const struct markdown_link *link, size_t *at)
{
    size_t stop = line_start(source, guess.last + 1 + REFERENCES_MAX);
    size_t start = line_start(source, guess.first);
    if (source->after > start)
        start = source->after;
    for (*at = start; *at < stop; ++*at) {
        if (may_begin(source->text[*at]) && begins(source, *at, link, false))
            return true;
    }
    return false;
}

static bool find(struct markdown_source *source, struct markdown_guess guess,
                 const struct markdown_link *link, size_t *at)
{
    if (guess.line == 0)
        return false;
    *at = line_start(source, guess.line) + guess.col - 1;
    return (guess.col > 0 && begins(source, *at, link, true)) || search(source, guess, link, at);
}

void markdown_find_link(struct markdown_source *source, struct markdown_guess guess,
                        struct markdown_link *link)
{
    size_t at;
    link->line = guess.line;
    link->col = 0;
    if (!find(source, guess, link, &at))
        return;
    link->line = guess.first < guess.line ? guess.first : guess.line;
    size_t start = line_start(source, link->line);
    for (size_t next; (next = next_line(source, start)) <= at && next < source->len; start = next)
        link->line++;
    link->col = 1 + (unsigned)utf8_count(source->text + start, at - start);
    if (at + 1 > source->after)
        source->after = at + 1;
}
