/*
 * markdown_place: where in the text a link was written; internal to this room.
 *
 * cmark tells the place of a link within its paragraph, but is wrong about indented and lazy lines, links
 * over two lines, and paragraphs that begin with a reference. So what it says is held against the text.
 */
#ifndef GUICHET_MARKDOWN_PLACE_H
#define GUICHET_MARKDOWN_PLACE_H

#include "markdown.h"

struct markdown_source {
    const char *text; /* ends with a NUL, or at `len` */
    size_t len;
    size_t at;     /* where the line stands that was asked for last */
    unsigned line; /* its number; 1 at the beginning */
    size_t after;  /* behind the link that was found last */
};

/* As cmark says it: lines and columns count from 1, columns in bytes. The lines of the link's paragraph. */
struct markdown_guess {
    unsigned line, col;
    unsigned first, last;
};

/* Set line and column, in characters, of a link whose address is known. When it is not found: the guessed
 * line and no column. */
void markdown_find_link(struct markdown_source *source, struct markdown_guess guess,
                        struct markdown_link *link);

#endif
