/*
 * markdown: CommonMark, parsed once, looked at, and rendered (the only room that knows cmark).
 *
 * Raw HTML is never rendered; it is taken out when the text is parsed. Headings get ids and start at <h2>,
 * since the page's own title is its <h1>. An id is "h-" and the heading's words, so that no heading of an
 * admin can take an id that the theme uses.
 *
 * What a parse hands out lives in the arena; the tree itself needs markdown_free().
 */
#ifndef GUICHET_MARKDOWN_H
#define GUICHET_MARKDOWN_H

#include "../../lib/arena.h"
#include "../../lib/buf.h"

#include <stdbool.h>
#include <stddef.h>

struct markdown_heading {
    const char *id; /* with its "h-"; unique in the text */
    const char *text;
    int level; /* as written, 1 to 6 */
    unsigned line;
};

struct markdown_link {
    const char *url; /* as written, percent-encoded as cmark does */
    unsigned line;
    bool image;
    bool named; /* has a text, or an image its alternative */
    struct cmark_node *node;
};

struct markdown {
    struct cmark_node *tree;
    struct markdown_heading *headings;
    size_t heading_count;
    struct markdown_link *links;
    size_t link_count;
    unsigned raw_html_line; /* where raw HTML was first taken out; 0: nowhere */
};

/* Parse `text`, whose first line is `first_line` of its file. NULL: no memory. */
struct markdown *markdown_parse(const char *text, size_t len, unsigned first_line, struct arena *arena);
void markdown_free(struct markdown *markdown);

/* Let the link or image point to another URL. */
void markdown_set_url(struct markdown_link *link, const char *url);

/* Append the text as HTML. */
void markdown_render(const struct markdown *markdown, struct buf *out);

#endif
