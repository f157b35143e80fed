/* What templates see of an article. */
#include "render.h"
#include "view.h"

#include "../../lib/locale.h"
#include "../content/help_fallback.h"

#include <stdlib.h>

json_t *article_fallback(const struct render *render, const struct article *article)
{
    if (!article->original)
        return json_false();
    const char *tag = render->site->locales[article->original->locale];
    json_t *view = json_object();
    view_text(view, "tag", tag);
    view_text(view, "dir", locale_dir(tag));
    view_text(view, "name", locale_name(tag));
    view_set(view, "notice", json_boolean(!help_same_language(tag, render->site->locales[article->locale])));
    return view;
}

static json_t *item_view(const struct markdown_heading *heading)
{
    json_t *item = json_object();
    view_text(item, "id", heading->id);
    view_text(item, "text", heading->text);
    return item;
}

/* Headings of the second level, each with those of the third below it. */
static json_t *contents_view(const struct article *article)
{
    json_t *contents = json_array(), *items = NULL;
    for (size_t i = 0; i < article->body->heading_count; i++) {
        const struct markdown_heading *heading = &article->body->headings[i];
        if (heading->level <= 2) {
            json_t *item = item_view(heading);
            items = json_array();
            view_set(item, "items", items);
            json_array_append_new(contents, item);
        } else if (heading->level == 3 && items) {
            json_array_append_new(items, item_view(heading));
        }
    }
    size_t at;
    json_t *item;
    json_array_foreach(contents, at, item)
        view_set(item, "has_items", json_boolean(json_array_size(json_object_get(item, "items"))));
    return contents;
}

static json_t *neighbour_view(const struct render *render, const struct article *article)
{
    if (!article)
        return json_false();
    json_t *view = json_object();
    view_text(view, "title", article->title);
    view_text(view, "url", article->url);
    view_set(view, "fallback", article_fallback(render, article));
    return view;
}

static json_t *changed_view(const struct article *article, const char *locale, struct buf *scratch)
{
    if (!article->changed)
        return json_false();
    struct locale_day day = {.year = (unsigned)strtoul(article->changed, NULL, 10),
                             .month = (unsigned)strtoul(article->changed + 5, NULL, 10),
                             .day = (unsigned)strtoul(article->changed + 8, NULL, 10)};
    json_t *view = json_object();
    buf_reset(scratch);
    locale_date(scratch, locale, &day);
    view_text(view, "date", article->changed);
    view_text(view, "text", scratch->data);
    return view;
}

static json_t *section_view(const struct render *render, const struct article *article, const char *locale)
{
    json_t *section = json_object();
    view_text(section, "id", article->section);
    const char *lang = help_section_lang(render->help, render->site, article->section, locale);
    view_text(section, "title", help_section_title(render->help, render->site, article->section, locale));
    view_set(section, "title_lang", lang ? json_string(lang) : json_false());
    return section;
}

json_t *page_article(const struct render *render, const struct page *page, struct buf *scratch)
{
    const struct article *article = page->article;
    const char *locale = render->site->locales[page->locale];
    json_t *view = json_object();
    json_t *contents = contents_view(article);
    view_text(view, "title", article->title);
    view_text(view, "summary", article->summary);
    view_set(view, "fallback", article_fallback(render, article));
    view_set(view, "changed", changed_view(article, locale, scratch));
    view_set(view, "section", section_view(render, article, locale));
    view_set(view, "has_contents", json_boolean(json_array_size(contents) > 1));
    view_set(view, "contents", contents);
    view_set(view, "previous", neighbour_view(render, article->previous));
    view_set(view, "next", neighbour_view(render, article->next));
    view_text(view, "html", "written where it is shown");
    return view;
}
