/*
 * robots.txt and sitemap.xml (sitemaps.org).
 *
 * The same files are served at every domain, so there is one sitemap with the pages of all of them, at the
 * first domain; that every domain's robots.txt names it is their consent ("Sitemaps & Cross Submits").
 */
#include "hosting.h"

#include <string.h>

/* The protocol's limits; the last address that fits is whole, so some room is left. */
enum { URLS_MAX = 50000, BYTES_MAX = 50 * 1024 * 1024, URL_ROOM = 256 * 1024 };

static const char opening[] = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                              "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" "
                              "xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n";
static const char closing[] = "</urlset>\n";

struct sitemap {
    const struct hosting *hosting;
    struct buf out;
    size_t urls;  /* in `out` */
    size_t parts; /* that are written */
    struct diag *diag;
};

/* Not for search engines: private pages, and articles that show another language's text. */
static bool is_public(const struct hosting *hosting, const struct page *page)
{
    bool chooser = !page->article && strcmp(page->kind->id, "chooser") == 0;
    return hosting->render->site->open && !page->kind->private && !chooser &&
           page_is_there(page, page->locale);
}

static void add_address(struct sitemap *map, const struct page *page, size_t locale)
{
    buf_adds(&map->out, map->hosting->render->languages[locale].origin);
    page_add_path(map->hosting->render->site, page, locale, &map->out);
}

static void add_alternates(struct sitemap *map, const struct page *page)
{
    const struct site *site = map->hosting->render->site;
    for (size_t i = 0; i < site->locale_count; i++) {
        if (!page_is_there(page, i))
            continue;
        buf_adds(&map->out, "<xhtml:link rel=\"alternate\" hreflang=\"");
        buf_adds(&map->out, site->locales[i]);
        buf_adds(&map->out, "\" href=\"");
        add_address(map, page, i);
        buf_adds(&map->out, "\"/>\n");
    }
    buf_adds(&map->out, "<xhtml:link rel=\"alternate\" hreflang=\"x-default\" href=\"");
    page_add_default(map->hosting->render, page, &map->out);
    buf_adds(&map->out, "\"/>\n");
}

static const char *part_name(struct sitemap *map)
{
    return arena_printf(map->hosting->arena, "site/sitemap-%zu.xml", map->parts);
}

static void end_part(struct sitemap *map, const char *path)
{
    buf_adds(&map->out, closing);
    hosting_put(map->hosting, path, &map->out, map->diag);
    buf_reset(&map->out);
    map->urls = 0;
}

static void add_page(struct sitemap *map, const struct page *page)
{
    if (map->urls == URLS_MAX || map->out.len > BYTES_MAX - URL_ROOM) {
        map->parts++;
        end_part(map, part_name(map));
    }
    if (map->urls++ == 0)
        buf_adds(&map->out, opening);
    buf_adds(&map->out, "<url><loc>");
    add_address(map, page, page->locale);
    buf_adds(&map->out, "</loc>");
    if (page->article && page->article->changed)
        buf_addf(&map->out, "<lastmod>%s</lastmod>", page->article->changed);
    buf_addc(&map->out, '\n');
    if (map->hosting->render->site->locale_count > 1)
        add_alternates(map, page);
    buf_adds(&map->out, "</url>\n");
}

static void write_index(struct sitemap *map, const char *host)
{
    buf_adds(&map->out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                        "<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    for (size_t i = 1; i <= map->parts; i++)
        buf_addf(&map->out, "<sitemap><loc>https://%s/sitemap-%zu.xml</loc></sitemap>\n", host, i);
    buf_adds(&map->out, "</sitemapindex>\n");
    hosting_put(map->hosting, "site/sitemap.xml", &map->out, map->diag);
}

static void write_robots(const struct hosting *hosting, const char *sitemap_host, struct diag *diag)
{
    const char *api = hosting_api_path(hosting->render->site);
    struct buf out;
    buf_init(&out, 64 * 1024);
    buf_adds(&out, "User-agent: *\n");
    if (api)
        buf_addf(&out, "Disallow: %s/\n", api);
    else
        buf_adds(&out, "Allow: /\n");
    if (sitemap_host)
        buf_addf(&out, "\nSitemap: https://%s/sitemap.xml\n", sitemap_host);
    hosting_put(hosting, "site/robots.txt", &out, diag);
    buf_release(&out);
}

/* Several parts, and the index of them; or all in one. False: there is nothing to tell. */
static bool write_all(struct sitemap *map, const char *host)
{
    if (map->urls == 0)
        return false;
    if (map->parts == 0) {
        end_part(map, "site/sitemap.xml");
        return true;
    }
    map->parts++;
    end_part(map, part_name(map));
    write_index(map, host);
    return true;
}

void hosting_write_sitemap(const struct hosting *hosting, struct diag *diag)
{
    const struct site *site = hosting->render->site;
    const char *locale, *host = hosting_domain(site, 0, &locale);
    struct sitemap map = {.hosting = hosting, .diag = diag};
    buf_init(&map.out, BYTES_MAX + URL_ROOM);
    for (size_t i = 0; i < hosting->pages->count; i++) {
        if (is_public(hosting, &hosting->pages->pages[i]))
            add_page(&map, &hosting->pages->pages[i]);
    }
    write_robots(hosting, write_all(&map, host) ? host : NULL, diag);
    buf_release(&map.out);
}
