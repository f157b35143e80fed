/* A page in the portal's other languages: the switcher, the alternates for search engines, the domains. */
#include "render.h"
#include "view.h"

#include "../../lib/locale.h"

#include <string.h>

static bool is_chooser(const struct page *page)
{
    return strcmp(page->kind->id, "chooser") == 0;
}

/* The chooser stands before the homes: it is the same place, for those whose language is not known yet. */
static bool is_entrance(const struct page *page)
{
    return is_chooser(page) || (!page->article && page->kind->path[0] == '\0');
}

void page_add_path(const struct site *site, const struct page *page, size_t locale, struct buf *out)
{
    if (page->article) {
        buf_adds(out, page->article->in_locale[locale]->url);
        return;
    }
    buf_adds(out, site->slug);
    buf_adds(out, site->locales[locale]);
    buf_addc(out, '/');
    if (!is_chooser(page))
        buf_adds(out, page->kind->path);
}

static size_t language_len(const char *tag)
{
    return strcspn(tag, "-");
}

/* How well a domain of one language serves another: 2 the same, 1 the same but for region or script. */
static int serves(const char *tag, const char *wanted)
{
    size_t len = language_len(tag);
    if (strcmp(tag, wanted) == 0)
        return 2;
    return len == language_len(wanted) && strncmp(tag, wanted, len) == 0;
}

/* The first of the domains that serve the language best. */
static const char *host_of(const struct site *site, size_t locale)
{
    json_t *domains = json_object_get(site->portal.value, "domains");
    const char *host = NULL;
    int best = -1;
    size_t i;
    json_t *domain;
    json_array_foreach(domains, i, domain)
    {
        int fit = serves(json_string_value(json_object_get(domain, "locale")), site->locales[locale]);
        if (fit > best) {
            best = fit;
            host = json_string_value(json_object_get(domain, "host"));
        }
    }
    return host;
}

/* The domains whose main language it is, with blanks between. */
static const char *hosts_of(const struct site *site, const char *tag)
{
    const char *hosts = "";
    size_t i;
    json_t *domain;
    json_array_foreach(json_object_get(site->portal.value, "domains"), i, domain)
    {
        if (strcmp(json_string_value(json_object_get(domain, "locale")), tag) == 0)
            hosts = arena_printf(site->arena, "%s%s%s", hosts, *hosts ? " " : "",
                                 json_string_value(json_object_get(domain, "host")));
    }
    return hosts;
}

const struct render_language *render_languages(const struct site *site)
{
    struct render_language *languages = arena_alloc(site->arena, site->locale_count * sizeof *languages);
    for (size_t i = 0; languages && i < site->locale_count; i++) {
        const char *tag = site->locales[i];
        languages[i] = (struct render_language){
            .tag = tag,
            .name = locale_name(tag),
            .dir = locale_dir(tag),
            .hosts = hosts_of(site, tag),
            .origin = arena_printf(site->arena, "https://%s", host_of(site, i)),
        };
    }
    return languages;
}

static json_t *language_view(const struct render *render, const struct page *page, size_t locale,
                             struct buf *scratch)
{
    const struct render_language *known = &render->languages[locale];
    json_t *language = json_object();
    buf_reset(scratch);
    page_add_path(render->site, page, locale, scratch);
    view_text(language, "tag", known->tag);
    view_text(language, "name", known->name);
    view_text(language, "dir", known->dir);
    view_text(language, "url", scratch->data);
    view_text(language, "hosts", known->hosts);
    bool chosen = !is_chooser(page) || !render->site->open;
    view_set(language, "current", json_boolean(chosen && locale == page->locale));
    return language;
}

json_t *page_languages(const struct render *render, const struct page *page, struct buf *scratch)
{
    json_t *languages = json_array();
    for (size_t i = 0; i < render->site->locale_count; i++)
        json_array_append_new(languages, language_view(render, page, i, scratch));
    return languages;
}

static void add_alternate(json_t *alternates, const char *tag, const char *url)
{
    json_t *alternate = json_object();
    view_text(alternate, "tag", tag);
    view_text(alternate, "url", url);
    json_array_append_new(alternates, alternate);
}

bool page_is_there(const struct page *page, size_t locale)
{
    return !page->article || !page->article->in_locale[locale]->original;
}

void page_add_default(const struct render *render, const struct page *page, struct buf *out)
{
    const struct site *site = render->site;
    size_t locale = site_locale(site, site->default_locale);
    for (size_t i = 0; !page_is_there(page, locale) && i < site->locale_count; i++)
        locale = page_is_there(page, i) ? i : locale;
    buf_adds(out, render->languages[locale].origin);
    if (is_entrance(page))
        buf_adds(out, site->slug);
    else
        page_add_path(site, page, locale, out);
}

json_t *page_alternates(const struct render *render, const struct page *page, struct buf *scratch)
{
    const struct site *site = render->site;
    json_t *alternates = json_array();
    for (size_t i = 0; page_is_there(page, page->locale) && i < site->locale_count; i++) {
        if (!page_is_there(page, i))
            continue;
        buf_reset(scratch);
        buf_adds(scratch, render->languages[i].origin);
        page_add_path(site, page, i, scratch);
        add_alternate(alternates, site->locales[i], scratch->data);
    }
    if (page_is_there(page, page->locale)) {
        buf_reset(scratch);
        page_add_default(render, page, scratch);
        add_alternate(alternates, "x-default", scratch->data);
    }
    return alternates;
}
