#include "../multipart.h"
#include "multipart_head.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HEAD_MAX = 4096, ARENA_MAX = 64 * 1024, DELIMITER_MAX = 4 + BOUNDARY_MAX };

/* Where in the body the next byte stands. */
enum place {
    IN_PREAMBLE,
    AFTER_DELIMITER, /* the delimiter is whole; what follows tells whether it is the last */
    AFTER_BLANKS,
    AFTER_DASH,
    AFTER_RETURN,
    IN_HEAD,
    IN_DATA,
};

struct multipart {
    struct multipart_handler handler;
    enum multipart_state state;
    enum place place;
    char delimiter[DELIMITER_MAX + 1]; /* CR LF "--" boundary */
    size_t delimiter_len;
    size_t matched;  /* bytes of the delimiter that were just seen, and not given to anybody yet */
    size_t borrowed; /* so many of those belong to what stood before, and are never given */
    char head[HEAD_MAX];
    size_t head_len;
    struct arena *arena; /* the part's texts */
};

/* The delimiter may follow at once, as its line end is there already: at the body's begin and after a head.
 */
static void line_begins(struct multipart *parser)
{
    parser->matched = parser->borrowed = 2;
}

struct multipart *multipart_new(const char *content_type, const struct multipart_handler *handler)
{
    char boundary[BOUNDARY_MAX + 1];
    if (!content_type || !multipart_boundary(content_type, boundary))
        return NULL;
    struct multipart *parser = calloc(1, sizeof *parser);
    if (!parser)
        return NULL;
    parser->handler = *handler;
    parser->delimiter_len =
        (size_t)snprintf(parser->delimiter, sizeof parser->delimiter, "\r\n--%s", boundary);
    line_begins(parser);
    parser->arena = arena_new(ARENA_MAX);
    if (parser->arena)
        return parser;
    free(parser);
    return NULL;
}

void multipart_free(struct multipart *parser)
{
    if (!parser)
        return;
    arena_free(parser->arena);
    free(parser);
}

static void stop(struct multipart *parser, enum multipart_state state)
{
    parser->state = state;
}

/* Bytes that turned out to be no delimiter. Those before the first part are nobody's. */
static void give(struct multipart *parser, const char *bytes, size_t len)
{
    if (len > 0 && parser->place == IN_DATA && parser->state == MULTIPART_MORE &&
        !parser->handler.data(parser->handler.context, bytes, len))
        stop(parser, MULTIPART_STOPPED);
}

static void delimiter_seen(struct multipart *parser)
{
    parser->matched = parser->borrowed = 0;
    if (parser->place == IN_DATA && !parser->handler.end(parser->handler.context))
        stop(parser, MULTIPART_STOPPED);
    parser->place = AFTER_DELIMITER;
}

/*
 * Look for the delimiter. A CR stands only at its begin, so after a mismatch the search goes on with the byte
 * at hand, and what had matched is known without having been kept.
 */
static size_t search(struct multipart *parser, const char *bytes, size_t len)
{
    if (parser->matched == 0) {
        const char *cr = memchr(bytes, '\r', len);
        size_t plain = cr ? (size_t)(cr - bytes) : len;
        give(parser, bytes, plain);
        parser->matched = cr ? 1 : 0;
        return plain + (cr ? 1 : 0);
    }
    size_t used = 0;
    while (used < len && parser->matched < parser->delimiter_len &&
           bytes[used] == parser->delimiter[parser->matched]) {
        parser->matched++;
        used++;
    }
    if (parser->matched == parser->delimiter_len) {
        delimiter_seen(parser);
    } else if (used < len) {
        give(parser, parser->delimiter + parser->borrowed, parser->matched - parser->borrowed);
        parser->matched = parser->borrowed = 0;
    }
    return used;
}

/* "--" ends the body; blanks and a line end begin a part; anything else is a boundary that was not unique. */
static void after_delimiter(struct multipart *parser, char c)
{
    bool first = parser->place == AFTER_DELIMITER;
    bool blanks = first || parser->place == AFTER_BLANKS;
    if (blanks && (c == ' ' || c == '\t')) {
        parser->place = AFTER_BLANKS;
    } else if (blanks && c == '\r') {
        parser->place = AFTER_RETURN;
    } else if (first && c == '-') {
        parser->place = AFTER_DASH;
    } else if (parser->place == AFTER_RETURN && c == '\n') {
        parser->place = IN_HEAD;
        parser->head_len = 0;
    } else {
        bool last = parser->place == AFTER_DASH && c == '-';
        stop(parser, last ? MULTIPART_DONE : MULTIPART_MALFORMED);
    }
}

static void head_end(struct multipart *parser)
{
    struct multipart_part part;
    arena_reset(parser->arena);
    /* Without the CRLF of the empty line. */
    if (!multipart_head(parser->arena, parser->head, parser->head_len - 2, &part)) {
        stop(parser, MULTIPART_MALFORMED);
        return;
    }
    parser->place = IN_DATA;
    line_begins(parser);
    if (!parser->handler.begin(parser->handler.context, &part))
        stop(parser, MULTIPART_STOPPED);
}

static void head_add(struct multipart *parser, char c)
{
    if (parser->head_len == HEAD_MAX) {
        stop(parser, MULTIPART_MALFORMED);
        return;
    }
    parser->head[parser->head_len++] = c;
    size_t len = parser->head_len;
    bool line_ended = c == '\n' && len >= 2 && parser->head[len - 2] == '\r';
    if (line_ended && (len == 2 || (len >= 4 && memcmp(parser->head + len - 4, "\r\n", 2) == 0)))
        head_end(parser);
}

enum multipart_state multipart_feed(struct multipart *parser, const char *bytes, size_t len)
{
    while (len > 0 && parser->state == MULTIPART_MORE) {
        size_t used = 1;
        if (parser->place == IN_PREAMBLE || parser->place == IN_DATA)
            used = search(parser, bytes, len);
        else if (parser->place == IN_HEAD)
            head_add(parser, *bytes);
        else
            after_delimiter(parser, *bytes);
        bytes += used;
        len -= used;
    }
    return parser->state;
}
