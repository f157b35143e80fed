/* Rendering every page, and writing it at once: nobody but the staging folder holds them all. */
#include "../check/budgets.h"
#include "../check/page_links.h"
#include "../check/page_markup.h"
#include "bakery.h"
#include "json_scratch.h"

#include <string.h>

struct rendering {
    const struct page_list *list;
    const struct render *render;
    const struct bakery *bakery;
    struct publish *publish; /* NULL: nothing is written */
    struct page_anchors anchors;
    struct budgets budgets;
};

/* Articles differ in their text, which is checked where it is written; one of them shows the rest. */
static bool shows_more(const struct page *page)
{
    return !page->article || !page->article->previous;
}

static void check_page(struct rendering *rendering, const struct page *page, const char *file,
                       struct worker *worker)
{
    const struct render *render = rendering->render;
    struct page_links known = {render->site,          render->assets,         render->modules,
                               rendering->list->urls, render->theme->sources, &rendering->anchors};
    struct html_page html;
    if (!shows_more(page))
        return;
    if (!html_page_read(&html, worker->scratch.data, worker->scratch_arena)) {
        diag_error(worker->diag, (struct place){.file = file}, "no memory left to check this page");
        return;
    }
    page_links_check(&known, file, &html, worker->diag);
    page_markup_check(render->theme->sources, file, &html, worker->diag);
    budgets_check_page(&rendering->budgets, page->kind->id, page->url, &html, worker->diag);
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

/* Into the worker's scratch buffer. False: errors in its `diag`, or before in the template. */
static bool render_one(const struct rendering *rendering, size_t index, struct worker *worker)
{
    const struct page *page = &rendering->list->pages[index];
    const struct baking *baking = &rendering->bakery->bakings[rendering->bakery->of_page[index]];
    if (!baking->sound)
        return false;
    arena_reset(worker->scratch_arena);
    json_scratch_begin(worker->scratch_arena);
    json_t *data = page_data(rendering->render, page, &worker->scratch);
    struct template_paste paste = paste_of(page, data);
    buf_reset(&worker->scratch);
    bool done = template_render_baked(baking->baked, data, &paste, &worker->scratch, worker->diag);
    json_scratch_end(); /* the page's data goes with the arena */
    return done;
}

static void render_page(void *context, size_t index, struct worker *worker)
{
    struct rendering *rendering = context;
    const struct page *page = &rendering->list->pages[index];
    const struct baking *baking = &rendering->bakery->bakings[rendering->bakery->of_page[index]];
    const struct buf *html = &worker->scratch;
    if (!render_one(rendering, index, worker))
        return;
    check_page(rendering, page, baking->file, worker);
    if (rendering->publish)
        publish_write(rendering->publish, page->file, html->data, html->len, worker->diag);
}

/* Few pages are linked to with an anchor from a template: these are rendered once more. */
static void check_anchor(void *context, size_t index, struct worker *worker)
{
    const struct rendering *rendering = context;
    const struct page_anchor *anchor = &rendering->anchors.items[index];
    for (size_t i = 0; i < rendering->list->count; i++) {
        if (strcmp(rendering->list->pages[i].url, anchor->url) != 0)
            continue;
        if (render_one(rendering, i, worker))
            page_anchor_check(anchor, rendering->render->site, worker->scratch.data, worker->diag);
        return;
    }
}

bool page_list_render(const struct page_list *list, const struct render *render, struct parallel *parallel,
                      struct publish *publish, struct diag *diag)
{
    size_t before = diag_errors(diag);
    struct bakery bakery;
    struct rendering rendering = {.list = list,
                                  .render = render,
                                  .bakery = &bakery,
                                  .publish = publish,
                                  .anchors = {.lock = PTHREAD_MUTEX_INITIALIZER, .arena = arena_new(0)}};
    json_scratch_prepare();
    if (bakery_init(&bakery, list, render, parallel, diag)) {
        budgets_init(&rendering.budgets, render->theme, render->assets, parallel, diag);
        parallel_run(parallel, list->count, render_page, &rendering, diag);
        parallel_run(parallel, rendering.anchors.count, check_anchor, &rendering, diag);
    }
    arena_free(rendering.anchors.arena);
    bakery_release(&bakery);
    return diag_errors(diag) == before;
}
