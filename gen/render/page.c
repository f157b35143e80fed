/* A page's own object, and the page itself. */
#include "render.h"
#include "view.h"

#include <string.h>

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
    if (open && page->form)
        return site_text(render->site, json_object_get(page->form->file.value, "heading"),
                         render->site->locales[page->locale]);
    const json_t *pages = json_object_get(json_object_get(shared, "t"), "pages");
    return json_string_value(json_object_get(json_object_get(pages, page_shown_id(render, page)), "title"));
}

static json_t *page_view(const struct render *render, const struct page *page, struct buf *scratch)
{
    bool open = render->site->open;
    json_t *view = json_object();
    view_text(view, "id", page_shown_id(render, page));
    view_text(view, "title", title_of(render, page));
    view_text(view, "url", page->url);
    const struct article *original = page->article ? page->article->original : NULL;
    buf_reset(scratch);
    buf_adds(scratch, render->languages[original ? original->locale : page->locale].origin);
    buf_adds(scratch, original ? original->url : page->url);
    view_text(view, "canonical", scratch->data);
    view_set(view, "private", json_boolean(!open || page->kind->private));
    view_set(view, "alternates", page_alternates(render, page, scratch));
    view_set(view, "text", page_text_view(render, page, scratch));
    return view;
}

json_t *page_data(const struct render *render, const struct page *page, struct buf *scratch)
{
    bool open = render->site->open;
    const char *locale = render->site->locales[page->locale];
    json_t *data = json_object();
    view_set(data, "page", page_view(render, page, scratch));
    view_set(data, "languages", page_languages(render, page, scratch));
    view_set(data, "article", open && page->article ? page_article(render, page, scratch) : json_false());
    view_set(data, "form", open && page->form ? form_view(page->form, render->site, locale) : json_false());
    return data;
}
