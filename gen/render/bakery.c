#include "bakery.h"

#include <string.h>

/* Most often it is the last one: articles of a language follow each other. */
static size_t find(const struct bakery *bakery, const char *template, size_t locale)
{
    for (size_t i = bakery->count; i > 0; i--) {
        const struct baking *baking = &bakery->bakings[i - 1];
        if (baking->first->locale == locale && strcmp(baking->template, template) == 0)
            return i - 1;
    }
    return bakery->count;
}

static void add(struct bakery *bakery, const struct page *page, const struct render *render)
{
    const char *template = page->template;
    const char *path = arena_printf(render->arena, "templates/%s.html", template);
    bakery->bakings[bakery->count++] =
        (struct baking){.template = template,
                        .file = theme_path(render->theme, path),
                        .first = page,
                        .sound = template_set_is_sound(render->theme->templates, template)};
}

static void list_bakings(struct bakery *bakery, const struct page_list *list, const struct render *render)
{
    bakery->bakings = arena_alloc(render->arena, (list->count + 1) * sizeof *bakery->bakings);
    bakery->of_page = arena_alloc(render->arena, (list->count + 1) * sizeof *bakery->of_page);
    for (size_t i = 0; i < list->count; i++) {
        const struct page *page = &list->pages[i];
        bakery->of_page[i] = find(bakery, page->template, page->locale);
        if (bakery->of_page[i] == bakery->count)
            add(bakery, page, render);
    }
}

struct baking_run {
    struct bakery *bakery;
    const struct render *render;
};

static void bake(void *context, size_t index, struct worker *worker)
{
    static const struct template_options options = {.escape = TEMPLATE_HTML, .strict = true};
    const struct baking_run *run = context;
    const struct render *render = run->render;
    struct baking *baking = &run->bakery->bakings[index];
    if (!baking->sound)
        return;
    /* No page is like an object without keys, so nothing of what is baked is used. */
    json_t *own = render->plain ? json_object() : page_data(render, baking->first, &worker->scratch);
    baking->baked = template_bake(render->theme->templates, baking->template,
                                  render->shared[baking->first->locale], own, &options, render->edit);
    json_decref(own);
    if (!baking->baked)
        diag_error(worker->diag, (struct place){.file = baking->file}, "no memory left for this template");
}

bool bakery_init(struct bakery *bakery, const struct page_list *list, const struct render *render,
                 struct parallel *parallel, struct diag *diag)
{
    size_t before = diag_errors(diag);
    *bakery = (struct bakery){0};
    list_bakings(bakery, list, render);
    struct baking_run run = {bakery, render};
    parallel_run(parallel, bakery->count, bake, &run, diag);
    return diag_errors(diag) == before;
}

void bakery_release(struct bakery *bakery)
{
    for (size_t i = 0; i < bakery->count; i++)
        template_baked_free(bakery->bakings[i].baked);
    *bakery = (struct bakery){0};
}
