/* _headers and _redirects, as Netlify and Cloudflare Pages read them. */
#include "hosting.h"

void hosting_headers(const struct hosting *hosting, struct buf *out)
{
    buf_adds(out, "# Made by guichet-gen, for hosts that read this file (Netlify, Cloudflare Pages).\n"
                  "# When no host below this domain speaks plain HTTP any more, let browsers remember it:\n"
                  "#   Strict-Transport-Security: max-age=63072000\n"
                  "# Pages are asked for anew each time, which is what these hosts do without being told.\n"
                  "/*\n");
    buf_addf(out, "  Content-Security-Policy: %s\n", hosting->csp);
    buf_adds(out, "  X-Content-Type-Options: nosniff\n"
                  "  Referrer-Policy: no-referrer\n");
    buf_addf(out, "%sassets/*\n  Cache-Control: public, max-age=31536000, immutable\n",
             hosting->render->site->slug);
}

/* "!": although a file stands there, the page on which one chooses. */
static void add_doors(const struct site *site, const char *slug, struct buf *out)
{
    const char *host, *locale;
    for (size_t i = 0; (host = hosting_domain(site, i, &locale)); i++)
        buf_addf(out, "https://%s%s %s%s/ 302!\n", host, slug, site->slug, locale);
}

void hosting_redirects(const struct hosting *hosting, struct buf *out)
{
    const struct site *site = hosting->render->site;
    const char *api = hosting_api_path(site);
    buf_adds(out, "# Made by guichet-gen. A host that does not read this file, or not all of it (Cloudflare "
                  "Pages takes no\n"
                  "# whole addresses), serves the portal as well: the page at the door leads on.\n");
    if (api)
        buf_addf(out,
                 "# The API must answer on the same host; where it runs, only you know. For Netlify:\n"
                 "#   %s/* https://api.example.com%s/:splat 200!\n",
                 api, api);
    add_doors(site, "/", out);
    if (site->slug[1])
        add_doors(site, site->slug, out);
    for (size_t i = 0; i < site->locale_count; i++)
        buf_addf(out, "%s%s/* %s%s/not-found/ 404\n", site->slug, site->locales[i], site->slug,
                 site->locales[i]);
}
