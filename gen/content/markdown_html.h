/*
 * markdown_html: cmark's tree as HTML, in one walk; internal to this room.
 *
 * It is the HTML of cmark itself, byte for byte, but that headings have ids and begin at <h2>, raw HTML and
 * unsafe addresses are left out, and addresses are escaped as everywhere else. A title without a letter is
 * none.
 */
#ifndef GUICHET_MARKDOWN_HTML_H
#define GUICHET_MARKDOWN_HTML_H

#include "markdown_note.h"

/* Append the tree, and note what is met in it. */
void markdown_write_html(cmark_node *tree, struct markdown_notes *notes, struct buf *out);

#endif
