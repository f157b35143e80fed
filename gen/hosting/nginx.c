/* portal/hosting/nginx.conf and nginx-api.conf: what stands within the server { } of a portal and its API. */
#include "hosting.h"

#include <string.h>

static const char opening[] =
    "# Made by guichet-gen: how nginx (1.18 or later) serves this portal. Include it in the server { } of "
    "the "
    "portal,\n"
    "# which says the rest:\n"
    "#\n"
    "#   server {\n"
    "#       listen 443 ssl http2;\n"
    "#       server_name %s;\n"
    "#       ssl_certificate ...; ssl_certificate_key ...;\n"
    "#       set $guichet /srv/portal/out;         # the folder that guichet-gen writes\n"
    "#       set $guichet_api 127.0.0.1:8080;      # where guichet-api listens\n"
    "#       set $guichet_hsts \"\";                 # \"max-age=63072000\" when plain HTTP is gone for "
    "good\n"
    "#       include /srv/portal/out/portal/hosting/nginx.conf;\n"
    "#   }\n"
    "#\n"
    "# nginx reads it when it starts: after a build that changed it, `nginx -s reload`.\n"
    "\n"
    "root $guichet/site;\n"
    "index index.html;\n"
    "absolute_redirect off;\n"
    "server_tokens off;\n"
    "etag on;\n"
    "charset utf-8;\n"
    "charset_types text/css text/plain text/javascript application/javascript;\n"
    "# What guichet-gen build --compress wrote beside the pages; brotli wants "
    "libnginx-mod-http-brotli-static.\n"
    "gzip_static on;\n"
    "gzip_vary on;\n"
    "# brotli_static on;\n"
    "error_page 404 /404.html;\n";

/* add_header of a location takes the place of those outside, so each location has them all. */
static void add_common(const struct hosting *hosting, struct buf *out)
{
    buf_addf(out,
             "    add_header Content-Security-Policy \"%s\" always;\n"
             "    add_header X-Content-Type-Options nosniff always;\n"
             "    add_header Referrer-Policy no-referrer always;\n"
             "    add_header Strict-Transport-Security $guichet_hsts always;\n",
             hosting->csp);
}

static void add_page_headers(const struct hosting *hosting, struct buf *out)
{
    add_common(hosting, out);
    buf_adds(out, "    add_header Cache-Control no-cache always;\n");
}

/* What lies packed beside a file is sent in its place, and is no address of its own. */
static void add_siblings(const char *margin, struct buf *out)
{
    buf_addf(out, "%slocation ~ [.](br|gz)$ { return 404; }\n", margin);
}

/* The root or the slug: each domain leads to its language, other hosts to the page on which one chooses. */
static void add_door(const struct hosting *hosting, const char *path, struct buf *out)
{
    const struct site *site = hosting->render->site;
    const char *host, *locale;
    buf_addf(out, "\nlocation = %s {\n", path);
    add_page_headers(hosting, out);
    for (size_t i = 0; (host = hosting_domain(site, i, &locale)); i++)
        buf_addf(out, "    if ($http_host = %s) { return 302 %s%s/$is_args$args; }\n", host, site->slug,
                 locale);
    buf_addf(out, "    try_files %sindex.html =404;\n}\n", path);
}

static void add_languages(const struct hosting *hosting, struct buf *out)
{
    const struct site *site = hosting->render->site;
    for (size_t i = 0; i < site->locale_count; i++) {
        buf_addf(out, "\nlocation ^~ %s%s/ {\n", site->slug, site->locales[i]);
        add_page_headers(hosting, out);
        buf_addf(out,
                 "    error_page 404 %s%s/not-found/index.html;\n"
                 "    location ~ [.]webmanifest$ {\n"
                 "        types { application/manifest+json webmanifest; }\n"
                 "    }\n",
                 site->slug, site->locales[i]);
        add_siblings("    ", out);
        buf_adds(out, "}\n");
    }
}

/* Pages of a moment ago ask for the assets of then, which never get another address. */
static void add_assets(const struct hosting *hosting, struct buf *out)
{
    buf_addf(out, "\nlocation ^~ %sassets/ {\n", hosting->render->site->slug);
    add_common(hosting, out);
    buf_adds(out, "    add_header Cache-Control \"public, max-age=31536000, immutable\";\n"
                  "    try_files $uri @guichet_before;\n");
    add_siblings("    ", out);
    buf_adds(out, "}\n"
                  "\n"
                  "location @guichet_before {\n"
                  "    root $guichet/previous/site;\n");
    add_common(hosting, out);
    buf_adds(out, "    add_header Cache-Control \"public, max-age=31536000, immutable\";\n"
                  "    try_files $uri =404;\n"
                  "}\n");
}

static void add_api(const struct site *site, const char *path, struct buf *out)
{
    buf_addf(
        out,
        "\n%slocation ^~ %s/ {\n"
        "    proxy_pass http://$guichet_api;\n"
        "    proxy_http_version 1.1;\n"
        "    proxy_set_header Connection \"\";\n"
        "    proxy_set_header Host $http_host;\n"
        "    proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;\n"
        "    client_max_body_size %lld;\n"
        "    add_header Strict-Transport-Security $guichet_hsts always;\n"
        "}\n",
        "# guichet-api is to know this proxy: GUICHET_PROXY. Uploads are as large as the settings allow.\n",
        path, hosting_upload_max(site));
}

static void add_names(const struct site *site, struct buf *out)
{
    const char *host, *locale;
    for (size_t i = 0; (host = hosting_domain(site, i, &locale)); i++)
        buf_addf(out, "%s%s", i ? " " : "", host);
}

void hosting_nginx(const struct hosting *hosting, struct buf *out)
{
    const struct site *site = hosting->render->site;
    struct buf names;
    buf_init(&names, 64 * 1024);
    add_names(site, &names);
    buf_addf(out, opening, names.data);
    buf_release(&names);
    buf_adds(out, "\nlocation / {\n");
    add_page_headers(hosting, out);
    buf_adds(out, "    try_files $uri $uri/ =404;\n");
    add_siblings("    ", out);
    buf_adds(out, "}\n"
                  "\n"
                  "# Of other hosts' concern.\n"
                  "location = /_headers { return 404; }\n"
                  "location = /_redirects { return 404; }\n");
    add_door(hosting, "/", out);
    if (site->slug[1])
        add_door(hosting, site->slug, out);
    add_languages(hosting, out);
    add_assets(hosting, out);
    if (hosting_api_path(site))
        add_api(site, hosting_api_path(site), out);
    else
        buf_addf(out, "\n# The API has a host of its own, %s: nginx-api.conf is for its server { }.\n",
                 site->api);
}

static const char opening_api[] =
    "# Made by guichet-gen: how nginx (1.18 or later) passes on to the API of this portal, which has a host "
    "of "
    "its own.\n"
    "# Include it in the server { } of that host, which says the rest:\n"
    "#\n"
    "#   server {\n"
    "#       listen %s ssl http2;\n"
    "#       server_name %.*s;\n"
    "#       ssl_certificate ...; ssl_certificate_key ...;\n"
    "#       set $guichet_api 127.0.0.1:8080;      # where guichet-api listens\n"
    "#       set $guichet_hsts \"\";                 # \"max-age=63072000\" when plain HTTP is gone for "
    "good\n"
    "#       include /srv/portal/out/portal/hosting/nginx-api.conf;\n"
    "#   }\n"
    "\n"
    "server_tokens off;\n";

void hosting_nginx_api(const struct hosting *hosting, struct buf *out)
{
    const struct site *site = hosting->render->site;
    const char *path, *host = hosting_api_host(hosting->arena, site, &path);
    if (!host)
        return;
    int name = (int)strcspn(host, ":");
    buf_addf(out, opening_api, host[name] ? host + name + 1 : "443", name, host);
    add_api(site, path, out);
    buf_adds(out, "\nlocation / {\n    return 404;\n}\n");
}
