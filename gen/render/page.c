/* A page's own object, and the page itself. */
#include "render.h"

#include <string.h>

static void set_text(json_t *object, const char *key, const char *text)
{
    json_object_set_new(object, key, json_string(text ? text : ""));
}

/* The page that shows: the closed one when the portal is closed. */
const char *page_shown_id(const struct render *render, const struct page *page)
{
    return render->site->open ? page->kind->id : "closed";
}

static const char *title_of(const struct render *render, const struct page *page)
{
    const json_t *shared = render->shared[page->locale];
    bool open = render->site->open;
    const char *own = page_text_title(render, page);
    if (own)
        return own;
    if (open && page->article)
        return page->article->title;
    if (open && page->kind->needs_form)
        return json_string_value(json_object_get(json_object_get(shared, "form"), "heading"));
    const json_t *pages = json_object_get(json_object_get(shared, "t"), "pages");
    return json_string_value(json_object_get(json_object_get(pages, page_shown_id(render, page)), "title"));
}

static json_t *page_view(const struct render *render, const struct page *page, struct buf *scratch)
{
    bool open = render->site->open;
    json_t *view = json_object();
    set_text(view, "id", page_shown_id(render, page));
    set_text(view, "title", title_of(render, page));
    set_text(view, "url", page->url);
    buf_reset(scratch);
    buf_addf(scratch, "https://%s%s", page_host(render->site, page->locale), page->url);
    set_text(view, "canonical", scratch->data);
    json_object_set_new(view, "private", json_boolean(!open || page->kind->private));
    json_object_set_new(view, "alternates", page_alternates(render, page, scratch));
    json_object_set_new(view, "text", page_text_view(render, page, scratch));
    return view;
}

static json_t *contents_of(const struct article *article)
{
    json_t *contents = json_array();
    for (size_t i = 0; i < article->body->heading_count; i++) {
        const struct markdown_heading *heading = &article->body->headings[i];
        if (heading->level > 2)
            continue;
        json_t *item = json_object();
        set_text(item, "id", heading->id);
        set_text(item, "text", heading->text);
        json_array_append_new(contents, item);
    }
    return contents;
}

static json_t *neighbour_view(const struct article *article)
{
    if (!article)
        return json_false();
    json_t *view = json_object();
    set_text(view, "title", article->title);
    set_text(view, "url", article->url);
    return view;
}

static json_t *article_view(const struct render *render, const struct page *page)
{
    const struct article *article = page->article;
    const char *locale = render->site->locales[page->locale];
    json_t *view = json_object();
    json_t *section = json_object();
    json_t *contents = contents_of(article);
    set_text(section, "id", article->section);
    set_text(section, "title", help_section_title(render->help, render->site, article->section, locale));
    set_text(view, "title", article->title);
    set_text(view, "summary", article->summary);
    set_text(view, "html", "written where it is shown");
    json_object_set_new(view, "changed", article->changed ? json_string(article->changed) : json_false());
    json_object_set_new(view, "section", section);
    json_object_set_new(view, "has_contents", json_boolean(json_array_size(contents) > 1));
    json_object_set_new(view, "contents", contents);
    json_object_set_new(view, "previous", neighbour_view(article->previous));
    json_object_set_new(view, "next", neighbour_view(article->next));
    return view;
}

json_t *page_data(const struct render *render, const struct page *page, struct buf *scratch)
{
    bool open = render->site->open;
    json_t *data = json_object();
    json_object_set_new(data, "page", page_view(render, page, scratch));
    json_object_set_new(data, "languages", page_languages(render, page, scratch));
    json_object_set_new(data, "article", open && page->article ? article_view(render, page) : json_false());
    return data;
}
