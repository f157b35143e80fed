/*
 * mail_markup: can the HTML of a mail be read everywhere, and is whatever fills its {placeholders} only read?
 *
 * Errors: what programs of mail never run or show (scripts, forms, frames); what would be loaded from
 * elsewhere, and tell that the mail was opened; a placeholder in an attribute, but {url} as a whole address
 * in quotes; a link, a text or a code that the mail's text has and its HTML lacks; no language or direction
 * on <html>; an <!--if ..--> that never ends or asks for what nobody fills; a mail of more than 100 KB, of
 * which the rest is cut off.
 */
#ifndef GUICHET_MAIL_MARKUP_H
#define GUICHET_MAIL_MARKUP_H

#include "../../lib/diag.h"
#include "page_source.h"

/* `text`: the mail's other part; `html` as it is compiled, in the language `locale`. Errors name
 * the place in the templates of `source`, `file` being the mail's own. */
void mail_markup_check(const struct page_source *source, const char *file, const char *locale,
                       const char *text, const char *html, struct diag *diag);

/* The names that the API fills, ended by NULL. */
extern const char *const mail_placeholders[];

#endif
