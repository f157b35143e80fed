#include "page_links.h"

#include "../../lib/esc.h"

#include <stdio.h>
#include <string.h>

enum { LINK_MAX = 2048, LINKED_MAX = 256 };

/* A page under check, and the assets that it names; texts are in the assets. */
struct look {
    const struct page_links *known;
    const char *file, *html;
    const struct html_tag *tag; /* whose link it is */
    struct diag *diag;
    const char *paths[LINKED_MAX];
    size_t count;
};

static bool begins_with(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

static bool is_in_page(const char *html, const char *id)
{
    char attribute[LINK_MAX + 8], plain[LINK_MAX + 1];
    snprintf(plain, sizeof plain, "%s", id);
    esc_url_undo(plain);
    snprintf(attribute, sizeof attribute, " id=\"%s\"", plain);
    return *id == '\0' || strstr(html, attribute);
}

static struct place here(const struct look *look)
{
    return page_source_of(look->known->source, look->file, look->tag);
}

/* `fragment` begins with its "#", or is "". */
static void check_asset(struct look *look, const char *path, const char *fragment)
{
    const struct asset *asset = assets_find(look->known->assets, path);
    if (!asset)
        diag_error(look->diag, here(look), "the page wants the asset \"%s\", which the theme has not", path);
    else if (*fragment && !is_in_page(asset->bytes, fragment + 1))
        diag_error(look->diag, here(look),
                   "the page wants \"%s\" of the asset \"%s\", but nothing in it has that id", fragment,
                   path);
    else if (look->count < LINKED_MAX)
        look->paths[look->count++] = asset->path;
}

static void note_anchor(const struct look *look, const char *url, const char *id)
{
    struct page_anchors *anchors = look->known->anchors;
    struct place place = here(look);
    pthread_mutex_lock(&anchors->lock);
    anchors->items =
        arena_more(anchors->arena, anchors->items, anchors->count, &anchors->cap, sizeof *anchors->items);
    anchors->items[anchors->count++] =
        (struct page_anchor){place, arena_strdup(anchors->arena, url), arena_strdup(anchors->arena, id)};
    pthread_mutex_unlock(&anchors->lock);
}

/* What follows the folder of a language in an address, and which language it is. NULL: it is in none. */
static const char *below_home(const struct site *site, const char *path, const char **locale)
{
    for (size_t i = 0; i < site->locale_count; i++) {
        const char *rest = path + strlen(site->slug);
        size_t len = strlen(site->locales[i]);
        *locale = site->locales[i];
        if (begins_with(path, site->slug) && begins_with(rest, *locale) && rest[len] == '/')
            return rest + len + 1;
    }
    return NULL;
}

static bool is_elsewhere(const struct page_links *known, const char *rest)
{
    char path[LINK_MAX + 1];
    for (size_t i = 0; i < known->site->locale_count; i++) {
        snprintf(path, sizeof path, "%s%s/%s", known->site->slug, known->site->locales[i], rest);
        if (json_object_get(known->pages, path))
            return true;
    }
    return false;
}

/* As a template has it: one mistake reads the same in all languages, unless it is one in some of them only.
 */
static void complain_dead(const struct look *look, const char *path)
{
    const char *locale, *rest = below_home(look->known->site, path, &locale);
    bool some = rest && is_elsewhere(look->known, rest);
    diag_error(look->diag, here(look), "the page links to \"%s%s\", which is no page of the portal%s%s%s",
               rest ? "{{portal.home}}" : "", rest ? rest : path, some ? " in \"" : "", some ? locale : "",
               some ? "\"" : "");
}

static void check_page(const struct look *look, const char *path, const char *fragment)
{
    if (!json_object_get(look->known->pages, path))
        complain_dead(look, path);
    else if (fragment[0] == '#' && fragment[1])
        note_anchor(look, path, fragment + 1);
}

static void check_link(struct look *look, const char *link)
{
    char path[LINK_MAX + 1];
    const struct page_links *known = look->known;
    const char *fragment = link + strcspn(link, "#");
    snprintf(path, sizeof path, "%.*s", (int)strcspn(link, "?#"), link);
    if (link[0] == '#') {
        if (!is_in_page(look->html, link + 1))
            diag_error(look->diag, here(look), "the page links to \"%s\", but nothing in it has that id",
                       link);
    } else if (begins_with(path, known->site->api)) {
        return;
    } else if (begins_with(path, known->assets->url)) {
        check_asset(look, path + strlen(known->assets->url), fragment);
    } else if (!known->site->slug_refused && begins_with(path, known->site->slug)) {
        check_page(look, path, fragment);
    }
}

static void check_tag(struct look *look)
{
    char link[LINK_MAX + 1];
    struct html_attribute attribute;
    for (size_t at = 0; html_attribute(look->tag, &at, &attribute);) {
        bool leads = html_is(attribute.name, "href") || html_is(attribute.name, "src") ||
                     html_is(attribute.name, "action");
        if (!leads || attribute.value.len > LINK_MAX)
            continue;
        memcpy(link, attribute.value.at, attribute.value.len);
        link[attribute.value.len] = '\0';
        check_link(look, link);
    }
}

void page_links_check(const struct page_links *known, const char *file, const struct html_page *page,
                      struct diag *diag)
{
    struct look look = {.known = known, .file = file, .html = page->text, .diag = diag};
    for (size_t i = 0; i < page->count; i++) {
        look.tag = &page->tags[i];
        if (!look.tag->end)
            check_tag(&look);
    }
    modules_check_page(known->modules, file, look.paths, look.count, diag);
}

void page_anchor_check(const struct page_anchor *anchor, const struct site *site, const char *html,
                       struct diag *diag)
{
    const char *locale, *rest = below_home(site, anchor->url, &locale);
    if (!is_in_page(html, anchor->id))
        diag_error(diag, anchor->place, "the page links to \"%s%s#%s\", but nothing there has that id",
                   rest ? "{{portal.home}}" : "", rest ? rest : anchor->url, anchor->id);
}
