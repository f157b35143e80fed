/*
 * budgets: how many bytes a page may take on its way to a reader, as the theme promises ("budgets" of
 * theme.json; a child theme without any keeps its parent's).
 *
 * Counted is what a browser asks for with the page, packed by brotli at a fast quality: the page and the
 * style sheets that it links; the scripts that it names, also to preload them. What is stored packed is a
 * tenth smaller.
 */
#ifndef GUICHET_BUDGETS_H
#define GUICHET_BUDGETS_H

#include "../assets/assets.h"
#include "../parallel.h"
#include "html.h"

struct budgets {
    const struct theme *theme;
    const struct assets *assets;
    const struct theme_link *link; /* whose budgets hold; NULL: there are none */
    size_t *packed;                /* of each style sheet and script of the assets */
};

/* Pack what pages may link to. Errors: budgets for pages that there are not. In the site's arena. */
void budgets_init(struct budgets *budgets, const struct theme *theme, const struct assets *assets,
                  struct parallel *parallel, struct diag *diag);

/* An error when a page of this kind ("tickets") takes more than it may: how much, and of which files. */
void budgets_check_page(const struct budgets *budgets, const char *kind, const char *url,
                        const struct html_page *html, struct diag *diag);

#endif
