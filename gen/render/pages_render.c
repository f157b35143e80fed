/* Rendering every page, and writing it at once: nobody but the staging folder holds them all. */
#include "../check/page_links.h"
#include "bakery.h"
#include "json_scratch.h"

struct rendering {
    const struct page_list *list;
    const struct render *render;
    const struct bakery *bakery;
    struct publish *publish; /* NULL: nothing is written */
};

/* Articles differ in their text, whose links are checked where it is written; one of them shows the rest. */
static bool shows_new_links(const struct page *page)
{
    return !page->article || !page->article->previous;
}

static void check_links(const struct rendering *rendering, const struct page *page, const char *file,
                        struct worker *worker)
{
    const struct render *render = rendering->render;
    struct page_links known = {render->site, render->assets, render->modules, rendering->list->urls};
    if (shows_new_links(page))
        page_links_check(&known, file, worker->scratch.data, worker->diag);
}

static void write_article(const void *context, struct buf *out)
{
    markdown_render(context, out);
}

/* An article's text goes straight into the page. */
static struct template_paste paste_of(const struct page *page, const json_t *data)
{
    return (struct template_paste){.stands_for = json_object_get(json_object_get(data, "article"), "html"),
                                   .write = write_article,
                                   .context = page->article ? page->article->body : NULL};
}

static void render_page(void *context, size_t index, struct worker *worker)
{
    const struct rendering *rendering = context;
    const struct page *page = &rendering->list->pages[index];
    const struct baking *baking = &rendering->bakery->bakings[rendering->bakery->of_page[index]];
    struct buf *html = &worker->scratch;
    arena_reset(worker->scratch_arena);
    json_scratch_begin(worker->scratch_arena);
    json_t *data = page_data(rendering->render, page, html);
    struct template_paste paste = paste_of(page, data);
    buf_reset(html);
    if (template_render_baked(baking->baked, data, &paste, html, worker->diag)) {
        check_links(rendering, page, baking->file, worker);
        if (rendering->publish)
            publish_write(rendering->publish, page->file, html->data, html->len, worker->diag);
    }
    json_scratch_end(); /* the page's data goes with the arena */
}

bool page_list_render(const struct page_list *list, const struct render *render, struct parallel *parallel,
                      struct publish *publish, struct diag *diag)
{
    size_t before = diag_errors(diag);
    struct bakery bakery;
    struct rendering rendering = {list, render, &bakery, publish};
    json_scratch_prepare();
    if (bakery_init(&bakery, list, render, parallel, diag))
        parallel_run(parallel, list->count, render_page, &rendering, diag);
    bakery_release(&bakery);
    return diag_errors(diag) == before;
}
