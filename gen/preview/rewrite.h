/*
 * rewrite: pages and styles as the generator wrote them, for an address of the preview.
 *
 * Links stay within their look and state, the API's address becomes the preview's, and the reader's system is
 * taken to prefer one colour scheme, since a frame cannot be told to.
 */
#ifndef GUICHET_PREVIEW_REWRITE_H
#define GUICHET_PREVIEW_REWRITE_H

#include "../../lib/buf.h"

#include <stdbool.h>
#include <stddef.h>

struct rewrite {
    const char *slug;                       /* the portal's: "/support/" */
    const char *api;                        /* "/api/v1" */
    const char *assets;                     /* "/support/assets/" */
    const char *page_prefix, *asset_prefix; /* what goes before an address; "" */
    const char *api_instead;                /* "/__preview/light/many/@api" */
    const char *scheme;                     /* "light", "dark"; NULL: left open */
    bool rtl;                               /* the page runs from right to left */
    bool no_preloads;                       /* no answer of the API is asked for before a script does */
    const char *head;                       /* markup for the end of the head */
};

/* `html` ends with a NUL. */
void rewrite_html(const struct rewrite *rewrite, const char *html, struct buf *out);

/* Settles the colour scheme; ":target" also holds for what has the attribute data-preview-target. */
void rewrite_css(const char *scheme, const char *css, size_t len, struct buf *out);

#endif
