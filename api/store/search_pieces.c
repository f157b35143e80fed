/* Where in a text the words of a search stand: its parts are read one by one, so that each is known by place.
 */
#include "search_text.h"

#include "../../lib/buf.h"
#include "../../lib/search_fold.h"
#include "../../lib/utf8.h"

#include <string.h>

enum { HITS_MAX = 64, AHEAD = 48 };

#define CUT "…"

struct span {
    size_t from, to;
};

struct hits {
    struct span spans[HITS_MAX];
    size_t count;
};

/* Hits that touch are one. */
static void add_hit(struct hits *hits, size_t from, size_t to)
{
    struct span *last = hits->count > 0 ? &hits->spans[hits->count - 1] : NULL;
    if (last && from <= last->to)
        last->to = to > last->to ? to : last->to;
    else if (hits->count < HITS_MAX)
        hits->spans[hits->count++] = (struct span){from, to};
}

/* Where the run of characters of this kind ends; marks belong to any. */
static size_t run_end(const char *text, size_t len, size_t at, enum search_kind kind)
{
    while (at < len) {
        uint32_t code;
        size_t size = utf8_next(text + at, len - at, &code);
        enum search_kind next = search_fold(code).kind;
        if (next != kind && next != SEARCH_MARK)
            return at;
        at += size;
    }
    return len;
}

static void find_in_letters(const struct search_wanted *wanted, const char *text, size_t from, size_t to,
                            struct hits *hits)
{
    if (search_mask(wanted, text + from, to - from) != 0)
        add_hit(hits, from, to);
}

/* Each two neighbours; the pair's mask also has what its single characters are wanted for. */
static void find_in_joined(const struct search_wanted *wanted, const char *text, size_t from, size_t to,
                           struct hits *hits)
{
    size_t before = from;
    for (size_t at = from; at < to;) {
        uint32_t code;
        size_t end = at + utf8_next(text + at, to - at, &code);
        if (search_mask(wanted, text + at, end - at) != 0)
            add_hit(hits, at, end);
        else if (at > from && search_mask(wanted, text + before, end - before) != 0 &&
                 search_mask(wanted, text + before, at - before) == 0)
            add_hit(hits, before, end);
        before = at;
        at = end;
    }
}

static void find_hits(const struct search_wanted *wanted, const char *text, size_t len, struct hits *hits)
{
    for (size_t at = 0; at < len;) {
        uint32_t code;
        size_t end = at + utf8_next(text + at, len - at, &code);
        enum search_kind kind = search_fold(code).kind;
        if (kind == SEARCH_LETTER || kind == SEARCH_JOINED)
            end = run_end(text, len, at, kind);
        if (kind == SEARCH_LETTER)
            find_in_letters(wanted, text, at, end, hits);
        else if (kind == SEARCH_JOINED)
            find_in_joined(wanted, text, at, end, hits);
        at = end;
    }
}

/* Back to the beginning of a word, of a character at least, at most AHEAD bytes before `at`. */
static size_t begin_before(const char *text, size_t at)
{
    if (at <= AHEAD)
        return 0;
    size_t from = at - AHEAD;
    for (size_t i = from; i < at; i++)
        if (text[i] == ' ' || text[i] == '\n')
            return i + 1;
    while ((text[from] & 0xC0) == 0x80)
        from++;
    return from;
}

static size_t end_before(const char *text, size_t from, size_t to)
{
    for (size_t i = to; i > from + (to - from) * 3 / 4; i--)
        if (text[i] == ' ' || text[i] == '\n')
            return i;
    while (to > from && (text[to] & 0xC0) == 0x80)
        to--;
    return to;
}

/* The part of about `room` bytes that has the most hits, the first of such. */
static struct span choose(const char *text, size_t len, size_t room, const struct hits *hits)
{
    size_t best = 0, most = 0;
    for (size_t i = 0; i < hits->count; i++) {
        size_t count = 0;
        for (size_t j = i; j < hits->count && hits->spans[j].to <= hits->spans[i].from + room - AHEAD; j++)
            count++;
        if (count > most) {
            most = count;
            best = i;
        }
    }
    size_t from = hits->count > 0 ? begin_before(text, hits->spans[best].from) : 0;
    size_t to = len - from > room ? end_before(text, from, from + room) : len;
    if (most > 0 && hits->spans[best].to > to)
        to = hits->spans[best].to;
    return (struct span){from, to};
}

struct writing {
    struct arena *arena;
    struct ticket_piece *pieces;
    size_t count;
    bool failed;
};

/* Blanks and line breaks, however many, become one blank. */
static char *on_one_line(struct arena *arena, const char *before, const char *text, size_t len,
                         const char *behind)
{
    size_t head = strlen(before), tail = strlen(behind), at = head;
    char *line = arena_alloc(arena, head + len + tail + 1);
    if (!line)
        return NULL;
    memcpy(line, before, head + 1);
    for (size_t i = 0; i < len; i++) {
        bool blank = text[i] == ' ' || text[i] == '\n' || text[i] == '\t';
        if (!blank)
            line[at++] = text[i];
        else if (at == 0 || line[at - 1] != ' ')
            line[at++] = ' ';
    }
    memcpy(line + at, behind, tail + 1);
    return line;
}

static void add_piece(struct writing *writing, const char *text, struct span span, bool hit,
                      const char *before, const char *behind)
{
    if (span.from >= span.to && !*before && !*behind)
        return;
    char *line = on_one_line(writing->arena, before, text + span.from, span.to - span.from, behind);
    writing->pieces[writing->count++] = (struct ticket_piece){line, hit};
    writing->failed |= !line;
}

static void write_pieces(struct writing *writing, const char *text, size_t len, struct span part,
                         const struct hits *hits)
{
    const char *before = part.from > 0 ? CUT : "", *behind = part.to < len ? CUT : "";
    size_t at = part.from;
    for (size_t i = 0; i < hits->count; i++) {
        struct span hit = hits->spans[i];
        if (hit.from < part.from || hit.to > part.to)
            continue;
        add_piece(writing, text, (struct span){at, hit.from}, false, before, "");
        add_piece(writing, text, hit, true, "", "");
        before = "";
        at = hit.to;
    }
    add_piece(writing, text, (struct span){at, part.to}, false, before, behind);
}

bool search_pieces(struct arena *arena, const struct search_wanted *wanted, const char *text, size_t len,
                   size_t room, struct ticket_piece **pieces, size_t *count)
{
    struct hits hits = {.count = 0};
    find_hits(wanted, text, len, &hits);
    struct span part = room > 0 ? choose(text, len, room, &hits) : (struct span){0, len};
    struct writing writing = {.arena = arena,
                              .pieces = arena_alloc(arena, (2 * hits.count + 1) * sizeof *writing.pieces)};
    if (!writing.pieces)
        return false;
    write_pieces(&writing, text, len, part, &hits);
    *pieces = writing.pieces;
    *count = writing.count;
    return !writing.failed;
}
