/*
 * html_text: what a page says, as plain text: for mails that have nothing else.
 *
 * Nothing of its markup is left, so nothing of it can run or load; quotations get ">" before their lines,
 * paragraphs and list entries stand on lines of their own.
 */
#ifndef GUICHET_HTML_TEXT_H
#define GUICHET_HTML_TEXT_H

#include "../../lib/buf.h"

/* Append the text of `len` bytes of HTML in UTF-8. It never fails; what is no HTML is text. */
void html_text(const char *html, size_t len, struct buf *out);

#endif
