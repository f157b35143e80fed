/*
 * markdown_html: what becomes of the HTML that cmark renders; internal to this room.
 *
 * cmark escapes every quotation mark of a text. So a tag or an attribute found in its HTML is one of its own.
 */
#ifndef GUICHET_MARKDOWN_HTML_H
#define GUICHET_MARKDOWN_HTML_H

#include "markdown.h"

/* Stands before and after a link's number at the start of its address; nothing that a URL needs escaped. */
#define MARKDOWN_MARK "@"

/*
 * Keep the HTML in `arena` with an id in each heading and without the links' numbers, note where their
 * addresses stand, and bring the links into the order of the HTML. False: no memory.
 */
bool markdown_take_html(struct markdown *markdown, const char *html, struct arena *arena);

#endif
