/*
 * page_source: which tag of which template does an element of a page come from?
 *
 * Nothing of that is noted while pages are rendered, which must be fast. So it is guessed: of all tags with
 * the element's name, the one that shares most attributes with it, word for word; of equal ones, that in the
 * page's own template, then the first.
 */
#ifndef GUICHET_PAGE_SOURCE_H
#define GUICHET_PAGE_SOURCE_H

#include "../../lib/arena.h"
#include "../../lib/diag.h"
#include "html.h"

/* A theme's template as it is written; those of a child come before its parent's. */
struct page_source {
    const char *file; /* as messages name it */
    const char *text;
    const struct page_source *next;
};

/* `file` is the page's own template. Without a tag that fits, the place is `file` alone. */
struct place page_source_of(const struct page_source *source, const char *file, const struct html_tag *tag);

/* Where `what` stands in a template, the page's own first, then in their order; else as page_source_end(). */
struct place page_source_text(const struct page_source *source, const char *file, const char *what);

/* Behind the last thing that `file` says: there is room for what it lacks. */
struct place page_source_end(const struct page_source *source, const char *file);

#endif
