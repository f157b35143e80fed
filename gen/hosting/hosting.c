#include "hosting.h"

#include "icons.h"
#include "manifest.h"

#include <string.h>

enum { FILE_CEILING = 1024 * 1024, UPLOAD_TEXT = 1024 * 1024 };

const char *hosting_domain(const struct site *site, size_t i, const char **locale)
{
    const json_t *domain = json_array_get(json_object_get(site->portal.value, "domains"), i);
    *locale = json_string_value(json_object_get(domain, "locale"));
    return json_string_value(json_object_get(domain, "host"));
}

long long hosting_upload_max(const struct site *site)
{
    const json_t *files = json_object_get(site->portal.value, "files");
    return json_integer_value(json_object_get(files, "max_bytes")) *
               json_integer_value(json_object_get(files, "max_count")) +
           UPLOAD_TEXT;
}

const char *hosting_api_path(const struct site *site)
{
    return site->api[0] == '/' ? site->api : NULL;
}

const char *hosting_api_host(struct arena *arena, const struct site *site, const char **path)
{
    const char *scheme = strstr(site->api, "://");
    if (!scheme)
        return NULL;
    *path = scheme + 3 + strcspn(scheme + 3, "/");
    return arena_strndup(arena, scheme + 3, (size_t)(*path - scheme - 3));
}

void hosting_prepare(const struct site *site, const struct theme *theme, const struct assets *assets,
                     json_t *urls, struct diag *diag)
{
    struct icon icons[ICONS_MAX];
    icons_read(assets, theme, icons, diag);
    for (size_t i = 0; i < site->locale_count; i++)
        json_object_set_new(urls, manifest_url(site->arena, site->slug, site->locales[i]), json_true());
}

void hosting_put(const struct hosting *hosting, const char *path, const struct buf *out, struct diag *diag)
{
    if (buf_ok(out))
        publish_write(hosting->publish, path, out->data, out->len, diag);
    else
        diag_error(diag, (struct place){.file = path}, "the file is too large");
}

static const struct {
    const char *path;
    void (*write)(const struct hosting *hosting, struct buf *out);
} files[] = {
    {"site/_headers", hosting_headers},           {"site/_redirects", hosting_redirects},
    {"portal/hosting/nginx.conf", hosting_nginx}, {"portal/hosting/nginx-api.conf", hosting_nginx_api},
    {"portal/hosting/Caddyfile", hosting_caddy},
};

static void write_manifests(const struct hosting *hosting, struct diag *diag)
{
    const struct site *site = hosting->render->site;
    for (size_t i = 0; i < site->locale_count; i++) {
        struct buf out;
        buf_init(&out, FILE_CEILING);
        manifest_add(hosting->render, i, &out);
        const char *url = manifest_url(hosting->arena, site->slug, site->locales[i]);
        hosting_put(hosting, arena_printf(hosting->arena, "site%s", url), &out, diag);
        buf_release(&out);
    }
}

bool hosting_write(const struct render *render, const struct page_list *pages, struct publish *publish,
                   struct diag *diag)
{
    size_t before = diag_errors(diag);
    const char *csp = arena_printf(render->arena, "%s; frame-ancestors 'none'", render->csp);
    const struct hosting hosting = {render, pages, publish, render->arena, csp};
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        struct buf out;
        buf_init(&out, FILE_CEILING);
        files[i].write(&hosting, &out);
        if (out.len > 0 || !buf_ok(&out))
            hosting_put(&hosting, files[i].path, &out, diag);
        buf_release(&out);
    }
    write_manifests(&hosting, diag);
    hosting_write_sitemap(&hosting, diag);
    return diag_errors(diag) == before;
}
