/*
 * hosting: what servers and search engines want beside the pages.
 *
 *     site/_headers, site/_redirects       for hosts that read them (Netlify, Cloudflare Pages)
 *     site/robots.txt, site/sitemap.xml    for search engines (sitemap.c)
 *     site/<slug>/<language>/manifest.webmanifest   what a phone puts on its first screen (manifest.c)
 *     portal/hosting/nginx.conf, Caddyfile to be included by the server in front (nginx.c, caddy.c)
 *     portal/hosting/nginx-api.conf        the same for the API where it has a host of its own
 *
 * No page needs any of it: a host that only sends files serves a whole portal.
 */
#ifndef GUICHET_HOSTING_H
#define GUICHET_HOSTING_H

#include "../render/render.h"

struct hosting {
    const struct render *render;
    const struct page_list *pages;
    struct publish *publish;
    struct arena *arena;
    const char *csp; /* as a header says it: with frame-ancestors, which a page cannot say */
};

/*
 * Before pages are rendered: check what the theme has for it (its icons), and add the addresses that pages
 * may link to as keys of `urls`.
 */
void hosting_prepare(const struct site *site, const struct theme *theme, const struct assets *assets,
                     json_t *urls, struct diag *diag);

/* Write all of it. False: errors in `diag`. */
bool hosting_write(const struct render *render, const struct page_list *pages, struct publish *publish,
                   struct diag *diag);

/* --- between the files of this room ------------------------------------------------------------------- */

/* Each appends its file; nothing: there is none. */
void hosting_headers(const struct hosting *hosting, struct buf *out);
void hosting_redirects(const struct hosting *hosting, struct buf *out);
void hosting_nginx(const struct hosting *hosting, struct buf *out);
void hosting_nginx_api(const struct hosting *hosting, struct buf *out);
void hosting_caddy(const struct hosting *hosting, struct buf *out);

/* robots.txt, and the sitemap or the several of them with their index. */
void hosting_write_sitemap(const struct hosting *hosting, struct diag *diag);

/* Write out->data to `path`, which is in the hosting's arena. */
void hosting_put(const struct hosting *hosting, const char *path, const struct buf *out, struct diag *diag);

/* The i-th domain of the portal. NULL: no more. */
const char *hosting_domain(const struct site *site, size_t i, const char **locale);

/* How much one upload may hold, in bytes. */
long long hosting_upload_max(const struct site *site);

/* The path of the API when it is on the pages' own host: "/api/v1". NULL: it has a host of its own. */
const char *hosting_api_path(const struct site *site);

/* The host of the API when it has one of its own, with its port, and its path there: "api.example.com" and
 * "/api/v1". NULL: it has none. */
const char *hosting_api_host(struct arena *arena, const struct site *site, const char **path);

#endif
