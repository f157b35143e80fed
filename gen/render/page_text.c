/* What the admin wrote for a system page. */
#include "../../lib/locale.h"

#include "render.h"

#include <string.h>

static const struct page_text *text_of(const struct render *render, const struct page *page)
{
    if (page->article && render->site->open)
        return NULL;
    return page_texts_find(render->texts, render->site, page_shown_id(render, page), page->locale);
}

/* Is the text in another language than the page? A region's reader reads the language's own. */
static bool is_foreign(const struct render *render, const struct page *page, const struct page_text *text)
{
    const char *tag = render->site->locales[page->locale];
    size_t len = strlen(text->tag);
    return strncmp(tag, text->tag, len) != 0 || (tag[len] != '\0' && tag[len] != '-');
}

json_t *page_text_view(const struct render *render, const struct page *page, struct buf *scratch)
{
    const struct page_text *text = text_of(render, page);
    if (!text)
        return json_false();
    json_t *view = json_object();
    json_t *fallback = json_false();
    buf_reset(scratch);
    markdown_render(text->article.body, scratch);
    json_object_set_new(view, "html", json_stringn(scratch->data, scratch->len));
    if (is_foreign(render, page, text)) {
        fallback = json_object();
        json_object_set_new(fallback, "tag", json_string(text->tag));
        json_object_set_new(fallback, "dir", json_string(locale_dir(text->tag)));
        json_object_set_new(fallback, "name", json_string(locale_name(text->tag)));
    }
    json_object_set_new(view, "fallback", fallback);
    return view;
}

const char *page_text_title(const struct render *render, const struct page *page)
{
    const struct page_text *text = text_of(render, page);
    return text && !is_foreign(render, page, text) ? text->article.title : NULL;
}
