/*
 * html: where in a page's HTML a text leads, as far as escaping is concerned; internal to this room.
 *
 * It reads as browsers do, but for what templates do not hold: a spot is moved by constant text, and says
 * what a value would become that is shown there.
 */
#ifndef GUICHET_TEMPLATE_HTML_H
#define GUICHET_TEMPLATE_HTML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum html_state {
    HTML_TEXT,
    HTML_OPEN,    /* behind "<" */
    HTML_NAME,    /* an element's */
    HTML_END,     /* in "</name" */
    HTML_BETWEEN, /* in a tag, where an attribute may begin */
    HTML_GLUED,   /* the same, but a name may be unfinished */
    HTML_KEY,     /* an attribute's name */
    HTML_BEHIND,  /* behind that, and a blank */
    HTML_EQUALS,  /* behind "=" */
    HTML_VALUE,   /* in quotes */
    HTML_BARE,    /* without any */
    HTML_OTHER,   /* <!doctype and the like */
    HTML_COMMENT,
    HTML_RAW,   /* in <script> or <style> */
    HTML_PLAIN, /* in <title> or <textarea>: text, and nothing else */
};

/* What of an address is written already. A later one is the more dangerous. */
enum html_url {
    HTML_NO_URL,
    HTML_URL_LATER,  /* its scheme is decided by constant text */
    HTML_URL_SCHEME, /* constant text that may be part of one */
    HTML_URL_START,  /* nothing */
    HTML_URL_TAGGED, /* values, which may be part of one */
};

enum { HTML_NAME_MAX = 16 };

struct html_spot {
    uint8_t state;
    uint8_t url;
    char quote;
    uint8_t matched;             /* characters of what ends a comment or an element without markup */
    char element[HTML_NAME_MAX]; /* in small letters; longer names are cut */
    char key[HTML_NAME_MAX];     /* the same of an attribute; "?": not known */
    bool scheme_cut;             /* an address goes on with ":" behind a value */
};

void html_read(struct html_spot *spot, const char *text, size_t len);

/* What is wrong with a tag that stands here; `raw`: it shows unescaped HTML. NULL: nothing. Static text. */
const char *html_refuses(const struct html_spot *spot, bool shows, bool raw);

/* A value was shown here. */
void html_shown(struct html_spot *spot);

/*
 * After a section that may be shown or not, from where it began and where it ended: where are we? False: in
 * one of two places.
 */
bool html_join(struct html_spot *spot, const struct html_spot *before);

#endif
