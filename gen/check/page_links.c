#include "page_links.h"

#include <stdio.h>
#include <string.h>

enum { LINK_MAX = 2048, LINKED_MAX = 256 };

/* The assets that a page names; texts are in the assets. */
struct linked {
    const char *paths[LINKED_MAX];
    size_t count;
};

static bool begins_with(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

static bool is_in_page(const char *html, const char *id)
{
    char attribute[LINK_MAX + 8];
    snprintf(attribute, sizeof attribute, " id=\"%s\"", id);
    return *id == '\0' || strstr(html, attribute);
}

/* `fragment` begins with its "#", or is "". */
static void check_asset(const struct page_links *known, const char *file, const char *path,
                        const char *fragment, struct linked *linked, struct diag *diag)
{
    const struct asset *asset = assets_find(known->assets, path);
    if (!asset)
        diag_error(diag, (struct place){.file = file},
                   "the page wants the asset \"%s\", which the theme has not", path);
    else if (*fragment && !is_in_page(asset->bytes, fragment + 1))
        diag_error(diag, (struct place){.file = file},
                   "the page wants \"%s\" of the asset \"%s\", but nothing in it has that id", fragment,
                   path);
    else if (linked->count < LINKED_MAX)
        linked->paths[linked->count++] = asset->path;
}

static void check_link(const struct page_links *known, const char *file, const char *html, const char *link,
                       struct linked *linked, struct diag *diag)
{
    char path[LINK_MAX + 1];
    snprintf(path, sizeof path, "%.*s", (int)strcspn(link, "?#"), link);
    struct place place = {.file = file};
    if (link[0] == '#') {
        if (!is_in_page(html, link + 1))
            diag_error(diag, place, "the page links to \"%s\", but nothing in it has that id", link);
    } else if (begins_with(path, known->site->api)) {
        return;
    } else if (begins_with(path, known->assets->url)) {
        check_asset(known, file, path + strlen(known->assets->url), link + strcspn(link, "#"), linked, diag);
    } else if (begins_with(path, known->site->slug)) {
        if (!json_object_get(known->pages, path))
            diag_error(diag, place, "the page links to \"%s\", which is no page of the portal", path);
    }
}

/* The next value of a href, src or action; it begins after the quote. NULL: no more. */
static const char *next_link(const char *html)
{
    static const char *const attributes[] = {" href=\"", " src=\"", " action=\""};
    for (const char *quote = strstr(html, "=\""); quote; quote = strstr(quote + 2, "=\"")) {
        for (size_t i = 0; i < sizeof attributes / sizeof attributes[0]; i++) {
            size_t len = strlen(attributes[i]);
            if ((size_t)(quote + 2 - html) >= len && memcmp(quote + 2 - len, attributes[i], len) == 0)
                return quote + 2;
        }
    }
    return NULL;
}

void page_links_check(const struct page_links *known, const char *file, const char *html, struct diag *diag)
{
    char link[LINK_MAX + 1];
    struct linked linked = {.count = 0};
    for (const char *at = next_link(html); at; at = next_link(at)) {
        size_t len = strcspn(at, "\"");
        if (len > LINK_MAX)
            continue;
        memcpy(link, at, len);
        link[len] = '\0';
        check_link(known, file, html, link, &linked, diag);
    }
    modules_check_page(known->modules, file, linked.paths, linked.count, diag);
}
