/*
 * mail: the HTML part of a mail, made from its text. Between the files of this room only.
 *
 * Nobody writes a mail twice: its text, with the {placeholders} still in it, is cut into parts, and the
 * theme's mail/layout.html shows each in its way. A theme may have the HTML of a single mail, too
 * (mail/reset.html), which sees the same:
 *
 * mail {id, subject, preview (what lists of mails show behind the subject), button (its words, "" when the
 * text has none), parts [{text {lines [{line, more (another follows)}]}, link, body, code}]}
 *
 * Each part is one of four, the others false: text; {url}, {body} and {code}, where these stand on a line of
 * their own.
 *
 * Colours and other settings of the theme are written as in style sheets, var(--accent), and become what they
 * are: few readers of mail know custom properties. Within @media (prefers-color-scheme: dark) it is the dark
 * one.
 */
#ifndef GUICHET_RENDER_MAIL_H
#define GUICHET_RENDER_MAIL_H

#include "render.h"

struct mail_text {
    const char *template; /* "mail/reset" */
    const char *subject;
    const char *button; /* "": none */
    const char *text;
};

/* Append the HTML part. False: errors in `diag`. */
bool mail_html(const struct render *render, size_t locale, const struct mail_text *mail, struct buf *out,
               struct diag *diag);

/* Append `html` with the theme's settings in place of var(--name). Errors name `file`. */
void mail_tokens(const struct theme *theme, const char *file, const char *html, struct buf *out,
                 struct diag *diag);

#endif
