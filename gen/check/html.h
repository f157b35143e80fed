/*
 * html: the tags of a page or a template, one after the other.
 *
 * For markup that people wrote with care: no tree is built and nothing is mended. Comments and declarations
 * are left out, and of scripts, styles, titles and text areas the end tag comes next. A tag
 * may hold {{...}} anywhere, as in a template; ">" and quotes within these end nothing.
 */
#ifndef GUICHET_HTML_H
#define GUICHET_HTML_H

#include "../../lib/arena.h"

#include <stdbool.h>
#include <stddef.h>

/* A piece of the page; not ended by a NUL. */
struct html_span {
    const char *at;
    size_t len;
};

struct html_tag {
    const char *at;          /* its "<" */
    struct html_span name;   /* as written */
    struct html_span inner;  /* what stands between name and ">" */
    struct html_span raw;    /* what a script, a style, a title or a text area holds */
    struct html_span before; /* the text between this and the tag before it */
    bool end;                /* </name> */
};

/* The next tag from `*at` on, which moves behind it. False: none is left. */
bool html_next(const char **at, struct html_tag *tag);

/* A page read once, for all who look at it. */
struct html_page {
    const char *text;
    size_t len;
    struct html_tag *tags;
    size_t count;
};

/* The tags are in the arena. False: no memory. */
bool html_page_read(struct html_page *page, const char *text, struct arena *arena);

/* The next attribute of a tag, from `*at` on: 0 at first. One without a value has an empty one. */
struct html_attribute {
    struct html_span name, value;
};
bool html_attribute(const struct html_tag *tag, size_t *at, struct html_attribute *attribute);

/* The value of an attribute. False: it has none such. */
bool html_value(const struct html_tag *tag, const char *name, struct html_span *value);

bool html_has(const struct html_tag *tag, const char *name);

bool html_is_all(struct html_span span, const char *word);

/* Compare without case: names of HTML. Most differ in their first letter. */
static inline bool html_is(struct html_span span, const char *word)
{
    return (*span.at | 0x20) == (*word | 0x20) && html_is_all(span, word);
}

/* Is there anything but white space? */
bool html_shows(struct html_span span);

#endif
