/*
 * page_links: do the links of a rendered page lead somewhere?
 *
 * Held against what is built: addresses below the slug must be pages, those of the assets' folder must be
 * assets (and hold the id that is wanted of them), and "#name" must be an id of the page. An id that is
 * wanted of another page is noted, since that page may not be rendered yet. Other places are not looked at.
 * Scripts that a page will need without naming them are warnings (modules.h).
 */
#ifndef GUICHET_PAGE_LINKS_H
#define GUICHET_PAGE_LINKS_H

#include "modules.h"
#include "page_source.h"

#include <pthread.h>

/* Wanted: an id of a page. */
struct page_anchor {
    struct place place;
    const char *url;
    const char *id;
};

struct page_anchors {
    pthread_mutex_t lock;
    struct arena *arena; /* borrowed; only used under the lock */
    struct page_anchor *items;
    size_t count, cap;
};

struct page_links {
    const struct site *site;
    const struct assets *assets;
    const struct modules *modules;
    const json_t *pages; /* an object with every page's address as a key */
    const struct page_source *source;
    struct page_anchors *anchors;
};

/* Errors name the place in the template, or `file`, the page's own. */
void page_links_check(const struct page_links *known, const char *file, const struct html_page *page,
                      struct diag *diag);

/* An error unless the page, which is the one that the anchor wants, has its id. */
void page_anchor_check(const struct page_anchor *anchor, const struct site *site, const char *html,
                       struct diag *diag);

#endif
