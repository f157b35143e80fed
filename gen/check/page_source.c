#include "page_source.h"

#include <string.h>

enum { NO_MATCH = -1000 };

static bool is_same(struct html_span a, struct html_span b)
{
    return a.len == b.len && memcmp(a.at, b.at, a.len) == 0;
}

/* Where `piece` stands in `text`, at its very end when it must. NULL: nowhere. */
static const char *find_piece(struct html_span text, struct html_span piece, bool at_end)
{
    if (piece.len > text.len)
        return NULL;
    const char *last = text.at + text.len - piece.len;
    if (at_end)
        return memcmp(last, piece.at, piece.len) == 0 ? last : NULL;
    return piece.len ? memmem(text.at, text.len, piece.at, piece.len) : text.at;
}

/* Can a template's value have become this one, each {{...}} being anything? */
static bool may_become(struct html_span written, struct html_span shown)
{
    for (bool first = true;; first = false) {
        const char *braces = memmem(written.at, written.len, "{{", 2);
        struct html_span piece = {written.at, braces ? (size_t)(braces - written.at) : written.len};
        const char *at = find_piece(shown, piece, !braces);
        if (!at || (first && at != shown.at))
            return false;
        const char *end = braces ? memmem(braces, written.len - piece.len, "}}", 2) : NULL;
        if (!end)
            return true;
        shown.len -= (size_t)(at + piece.len - shown.at);
        shown.at = at + piece.len;
        written.len -= (size_t)(end + 2 - written.at);
        written.at = end + 2;
    }
}

/* How many attributes of the template's tag are those of the element; another value speaks against it. */
static int likeness(const struct html_tag *written, const struct html_tag *shown)
{
    int score = 0;
    struct html_attribute attribute;
    struct html_span value;
    if (written->end != shown->end || written->name.len != shown->name.len ||
        memcmp(written->name.at, shown->name.at, shown->name.len) != 0)
        return NO_MATCH;
    for (size_t at = 0; html_attribute(written, &at, &attribute);) {
        char name[64];
        if (attribute.name.len >= sizeof name)
            continue;
        memcpy(name, attribute.name.at, attribute.name.len);
        name[attribute.name.len] = '\0';
        if (!html_value(shown, name, &value))
            score--;
        else if (is_same(attribute.value, value))
            score += 3;
        else
            score += may_become(attribute.value, value) ? 2 : -2;
    }
    for (size_t at = 0; html_attribute(shown, &at, &attribute);)
        score -= !memmem(written->inner.at, written->inner.len, attribute.name.at, attribute.name.len);
    return score;
}

struct place page_source_of(const struct page_source *source, const char *file, const struct html_tag *tag)
{
    struct place place = {.file = file};
    int best = NO_MATCH;
    for (; source; source = source->next) {
        struct html_tag written;
        bool own = strcmp(source->file, file) == 0;
        for (const char *at = source->text; html_next(&at, &written);) {
            int found = likeness(&written, tag);
            if (found == NO_MATCH || found * 2 + own <= best)
                continue;
            best = found * 2 + own;
            place = diag_place(source->file, source->text, written.at);
        }
    }
    return place;
}

static struct place place_in(const struct page_source *source, const char *what)
{
    const char *at = strstr(source->text, what);
    return at ? diag_place(source->file, source->text, at) : (struct place){.file = source->file};
}

struct place page_source_text(const struct page_source *source, const char *file, const char *what)
{
    struct place first = {.file = file};
    for (const struct page_source *one = source; one; one = one->next) {
        const struct place place = place_in(one, what);
        bool own = strcmp(one->file, file) == 0;
        if (place.line > 0 && (own || first.line == 0))
            first = place;
        if (place.line > 0 && own)
            break;
    }
    return first.line > 0 ? first : page_source_end(source, file);
}

struct place page_source_end(const struct page_source *source, const char *file)
{
    while (source && strcmp(source->file, file) != 0)
        source = source->next;
    if (!source || !*source->text)
        return (struct place){.file = file};
    const char *end = source->text + strlen(source->text);
    return diag_place(file, source->text, end - (end[-1] == '\n'));
}
