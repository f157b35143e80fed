#include "page_links.h"

#include <stdio.h>
#include <string.h>

enum { LINK_MAX = 2048 };

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

static void check_link(const struct page_links *known, const char *file, const char *html, const char *link,
                       struct diag *diag)
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
        const char *asset = path + strlen(known->assets->url);
        if (!assets_has(known->assets, asset))
            diag_error(diag, place, "the page wants the asset \"%s\", which the theme has not", asset);
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
    for (const char *at = next_link(html); at; at = next_link(at)) {
        size_t len = strcspn(at, "\"");
        if (len > LINK_MAX)
            continue;
        memcpy(link, at, len);
        link[len] = '\0';
        check_link(known, file, html, link, diag);
    }
}
