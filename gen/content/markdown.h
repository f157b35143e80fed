/*
 * markdown: CommonMark to HTML, with its headings and links set apart (the only room that knows cmark).
 *
 * Raw HTML is never rendered; it is taken out when the text is parsed. Headings get ids and start at <h2>,
 * since the page's own title is its <h1>. An id is "h-" and the heading's words, so that no heading of an
 * admin can take an id that the theme uses.
 *
 * Where links lead is only known when every article has been read. So a text becomes HTML at once, its tree
 * is gone, and the addresses are put in their places when it is rendered.
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
    const char *url;    /* as written, without its backslashes and entities */
    const char *target; /* where it leads instead, see markdown_set_target(); NULL: to `url` */
    unsigned line, col; /* where it begins; col in characters, 0: not known */
    bool image;
    bool named;     /* has a text, or an image its alternative */
    size_t at, len; /* where the address as written stands in the HTML; MARKDOWN_NOWHERE: in no place */
};

#define MARKDOWN_NOWHERE ((size_t)-1)

struct markdown {
    const char *html; /* with the ids of its headings */
    size_t html_len;
    struct markdown_heading *headings;
    size_t heading_count;
    struct markdown_link *links; /* in the order of the text */
    size_t link_count;
    unsigned raw_html_line; /* where raw HTML was first taken out; 0: nowhere */
};

/*
 * Parse `text`, which is UTF-8 without NUL (encoding.h) and whose first line is `first_line` of its file. All
 * that is handed out lives in `arena`; `scratch` is emptied first and holds the tree meanwhile. NULL: no
 * memory.
 */
struct markdown *markdown_parse(const char *text, size_t len, unsigned first_line, struct arena *arena,
                                struct arena *scratch);

/* Let the link or image lead to another address, which must live as long as the text. */
void markdown_set_target(struct markdown_link *link, const char *target);

/* Append the text as HTML. */
void markdown_render(const struct markdown *markdown, struct buf *out);

#endif
