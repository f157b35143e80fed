/*
 * page_links: do the links of a rendered page lead somewhere?
 *
 * Held against what is built: addresses below the slug must be pages, those of the assets' folder must be
 * assets (and hold the id that is wanted of them), and "#name" must be an id of the page. Other places are
 * not looked at. Scripts that a page will need without naming them are warnings (modules.h).
 */
#ifndef GUICHET_PAGE_LINKS_H
#define GUICHET_PAGE_LINKS_H

#include "modules.h"

struct page_links {
    const struct site *site;
    const struct assets *assets;
    const struct modules *modules;
    const json_t *pages; /* an object with every page's address as a key */
};

/* Errors name `file`, the template. */
void page_links_check(const struct page_links *known, const char *file, const char *html, struct diag *diag);

#endif
