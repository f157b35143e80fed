/* portal/hosting/Caddyfile: the same for Caddy 2, which fetches its certificates itself. */
#include "hosting.h"

static const char opening[] =
    "# Made by guichet-gen: how Caddy (2.6 or later) serves this portal. Import it in the Caddyfile:\n"
    "#\n"
    "#   import /srv/portal/out/portal/hosting/Caddyfile\n"
    "#\n"
    "# Two variables of the environment say what differs: GUICHET_OUT, the folder that guichet-gen writes, "
    "and\n"
    "# GUICHET_API, where guichet-api listens. Caddy reads it when it starts: after a build that changed "
    "it,\n"
    "# `caddy reload`.\n"
    "\n"
    "(guichet) {\n";

static void add_api(const struct site *site, const char *path, struct buf *out)
{
    buf_addf(out,
             "\t# guichet-api is to know this proxy: GUICHET_PROXY.\n"
             "\thandle %s/* {\n"
             "\t\trequest_body {\n"
             "\t\t\tmax_size %lldB\n"
             "\t\t}\n"
             "\t\treverse_proxy {$GUICHET_API:127.0.0.1:8080}\n"
             "\t}\n",
             path, hosting_upload_max(site));
}

static void add_api_site(const struct hosting *hosting, struct buf *out)
{
    const struct site *site = hosting->render->site;
    const char *path, *host = hosting_api_host(hosting->arena, site, &path);
    if (!host)
        return;
    buf_addf(out, "\n%s {\n", host);
    add_api(site, path, out);
    buf_adds(out, "\thandle {\n\t\trespond 404\n\t}\n}\n");
}

static void add_headers(const struct hosting *hosting, struct buf *out)
{
    const char *slug = hosting->render->site->slug;
    buf_addf(out,
             "\t\theader {\n"
             "\t\t\tContent-Security-Policy \"%s\"\n"
             "\t\t\tX-Content-Type-Options nosniff\n"
             "\t\t\tReferrer-Policy no-referrer\n"
             "\t\t\t# when plain HTTP is gone for good: Strict-Transport-Security max-age=63072000\n"
             "\t\t\t-Server\n"
             "\t\t}\n",
             hosting->csp);
    buf_addf(out,
             "\t\t@assets path %sassets/*\n"
             "\t\theader @assets Cache-Control \"public, max-age=31536000, immutable\"\n"
             "\t\t@pages not path %sassets/*\n"
             "\t\theader @pages Cache-Control no-cache\n",
             slug, slug);
}

/* Pages of a moment ago ask for the assets of then, which never get another address. */
static void add_pages(const struct hosting *hosting, struct buf *out)
{
    buf_adds(out, "\thandle {\n");
    add_headers(hosting, out);
    buf_addf(out,
             "\t\t@before {\n"
             "\t\t\tpath %sassets/*\n"
             "\t\t\tnot file\n"
             "\t\t}\n"
             "\t\thandle @before {\n"
             "\t\t\troot * {$GUICHET_OUT:/srv/portal/out}/previous/site\n"
             "\t\t\tfile_server {\n"
             "\t\t\t\tprecompressed br gzip\n"
             "\t\t\t}\n"
             "\t\t}\n"
             "\t\thandle {\n"
             "\t\t\tfile_server {\n"
             "\t\t\t\tprecompressed br gzip\n"
             "\t\t\t\thide _headers _redirects\n"
             "\t\t\t}\n"
             "\t\t}\n"
             "\t}\n",
             hosting->render->site->slug);
}

static void add_errors(const struct site *site, struct buf *out)
{
    /* the headers of what was asked for are set already: an asset that is not there yet may come */
    buf_adds(out, "\thandle_errors {\n"
                  "\t\theader Cache-Control no-cache\n");
    for (size_t i = 0; i < site->locale_count; i++)
        buf_addf(out,
                 "\t\t@missing_%s path %s%s/*\n"
                 "\t\thandle @missing_%s {\n"
                 "\t\t\trewrite * %s%s/not-found/index.html\n"
                 "\t\t\tfile_server\n"
                 "\t\t}\n",
                 site->locales[i], site->slug, site->locales[i], site->locales[i], site->slug,
                 site->locales[i]);
    buf_adds(out, "\t\thandle {\n"
                  "\t\t\trewrite * /404.html\n"
                  "\t\t\tfile_server\n"
                  "\t\t}\n"
                  "\t}\n");
}

static void add_domains(const struct site *site, struct buf *out)
{
    const char *host, *locale;
    for (size_t i = 0; (host = hosting_domain(site, i, &locale)); i++)
        buf_addf(out,
                 "\n%s {\n"
                 "\t@door path /%s%s\n"
                 "\tredir @door %s%s/ 302\n"
                 "\timport guichet\n"
                 "}\n",
                 host, site->slug[1] ? " " : "", site->slug[1] ? site->slug : "", site->slug, locale);
}

void hosting_caddy(const struct hosting *hosting, struct buf *out)
{
    buf_adds(out, opening);
    buf_adds(out, "\troot * {$GUICHET_OUT:/srv/portal/out}/site\n");
    if (hosting_api_path(hosting->render->site))
        add_api(hosting->render->site, hosting_api_path(hosting->render->site), out);
    add_pages(hosting, out);
    add_errors(hosting->render->site, out);
    buf_adds(out, "}\n");
    add_domains(hosting->render->site, out);
    add_api_site(hosting, out);
}
