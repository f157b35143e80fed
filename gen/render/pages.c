/* Which pages there are, and rendering them all. */
#include "../check/page_links.h"
#include "render.h"

#include <string.h>

#define NAMED(name) .template = "pages/" name, .id = name

static const struct page_kind kinds[] = {
    {NAMED("home"), .path = ""},
    {NAMED("tickets"), .path = "tickets/", .private = true},
    {NAMED("ticket"), .path = "ticket/", .private = true},
    {NAMED("new"), .path = "new/", .private = true, .needs_form = true},
    {NAMED("sign-in"), .path = "sign-in/", .private = true},
    {NAMED("sign-out"), .path = "sign-out/", .private = true},
    {NAMED("denied"), .path = "denied/", .private = true},
    {NAMED("reset"), .path = "reset/", .private = true},
    {NAMED("reset-form"), .path = "reset-form/", .private = true},
    {NAMED("closed"), .path = "closed/", .private = true},
    {NAMED("unavailable"), .path = "unavailable/", .private = true},
    {NAMED("not-found"), .path = "not-found/", .private = true},
    {NAMED("help"), .path = "help/"},
};
enum { KIND_COUNT = sizeof kinds / sizeof kinds[0] };

static const struct page_kind article_kind = {NAMED("article"), .path = ""};
static const struct page_kind chooser_kind = {NAMED("chooser"), .path = ""};
static const struct page_kind not_found_kind = {NAMED("not-found"), .path = "not-found/", .private = true};

static struct page *add_page(struct page_list *list, const struct page_kind *kind, size_t locale,
                             const char *url, const char *file)
{
    struct page *page = &list->pages[list->count++];
    *page = (struct page){.kind = kind, .locale = locale, .url = url, .file = file};
    json_object_set_new(list->urls, url, json_true());
    return page;
}

static const char *index_of(const struct site *site, const char *url)
{
    return arena_printf(site->arena, "site%sindex.html", url);
}

static void add_language(struct page_list *list, const struct site *site, const struct form *form,
                         size_t locale)
{
    for (size_t i = 0; i < KIND_COUNT; i++) {
        if (kinds[i].needs_form && !form->id)
            continue;
        const char *url =
            arena_printf(site->arena, "%s%s/%s", site->slug, site->locales[locale], kinds[i].path);
        add_page(list, &kinds[i], locale, url, index_of(site, url));
    }
}

/* The chooser stands at the slug and at the root, where people who type the bare host arrive. */
static void add_outside(struct page_list *list, const struct site *site)
{
    size_t locale = site_locale(site, site->default_locale);
    add_page(list, &chooser_kind, locale, site->slug, index_of(site, site->slug));
    if (strcmp(site->slug, "/") != 0)
        add_page(list, &chooser_kind, locale, site->slug, "site/index.html");
    const char *url = arena_printf(site->arena, "%s%s/not-found/", site->slug, site->locales[locale]);
    add_page(list, &not_found_kind, locale, url, "site/404.html");
}

void page_list_init(struct page_list *list, const struct site *site, const struct form *form,
                    const struct help *help)
{
    size_t most = site->locale_count * KIND_COUNT + help->count + 3;
    *list = (struct page_list){.pages = arena_alloc(site->arena, most * sizeof *list->pages),
                               .urls = json_object()};
    for (size_t i = 0; i < site->locale_count; i++)
        add_language(list, site, form, i);
    for (size_t i = 0; i < help->count; i++) {
        const struct article *article = &help->articles[i];
        add_page(list, &article_kind, article->locale, article->url, index_of(site, article->url))->article =
            article;
    }
    add_outside(list, site);
}

void page_list_release(struct page_list *list)
{
    json_decref(list->urls);
    *list = (struct page_list){0};
}

struct rendering {
    struct page_list *list;
    const struct render *render;
    const char *const *files; /* where each page's template stands, for messages */
};

/* Articles differ in their text, whose links are checked where it is written; one of them shows the rest. */
static bool shows_new_links(const struct page *page)
{
    return !page->article || !page->article->previous;
}

static void check_links(const struct rendering *rendering, size_t index, struct worker *worker)
{
    const struct render *render = rendering->render;
    struct page_links known = {render->site, render->assets, render->modules, rendering->list->urls};
    if (shows_new_links(&rendering->list->pages[index]))
        page_links_check(&known, rendering->files[index], worker->scratch.data, worker->diag);
}

static void keep_html(struct page *page, struct worker *worker)
{
    if (buf_ok(&worker->scratch))
        page->html = arena_strndup(worker->arena, worker->scratch.data, worker->scratch.len);
    if (!page->html)
        diag_error(worker->diag, (struct place){.file = page->file}, "the page is too large");
    page->len = worker->scratch.len;
}

static void render_page(void *context, size_t index, struct worker *worker)
{
    static const struct template_options options = {.escape = TEMPLATE_HTML, .strict = true};
    const struct rendering *rendering = context;
    const struct render *render = rendering->render;
    struct page *page = &rendering->list->pages[index];
    json_t *data[] = {render->shared[page->locale], page_data(render, page, &worker->scratch)};
    buf_reset(&worker->scratch);
    if (template_render(render->theme->templates, page_template(render, page), data, 2, &options,
                        &worker->scratch, worker->diag)) {
        check_links(rendering, index, worker);
        keep_html(page, worker);
    }
    json_decref(data[1]);
}

/* Made beforehand, since arenas are not shared between threads. */
static const char *const *template_files(const struct page_list *list, const struct render *render)
{
    const char **files = arena_alloc(render->arena, (list->count + 1) * sizeof *files);
    for (size_t i = 0; i < list->count; i++) {
        const char *name = page_template(render, &list->pages[i]);
        if (shows_new_links(&list->pages[i]))
            files[i] = theme_path(render->theme, arena_printf(render->arena, "templates/%s.html", name));
    }
    return files;
}

bool page_list_render(struct page_list *list, const struct render *render, struct parallel *parallel,
                      struct diag *diag)
{
    size_t before = diag_errors(diag);
    struct rendering rendering = {.list = list, .render = render, .files = template_files(list, render)};
    parallel_run(parallel, list->count, render_page, &rendering, diag);
    return diag_errors(diag) == before;
}

struct writing {
    const struct page_list *list;
    struct publish *publish;
};

static void write_page(void *context, size_t index, struct worker *worker)
{
    const struct writing *writing = context;
    const struct page *page = &writing->list->pages[index];
    publish_write(writing->publish, page->file, page->html, page->len, worker->diag);
}

bool page_list_write(const struct page_list *list, struct parallel *parallel, struct publish *publish,
                     struct diag *diag)
{
    size_t before = diag_errors(diag);
    struct writing writing = {.list = list, .publish = publish};
    parallel_run(parallel, list->count, write_page, &writing, diag);
    return diag_errors(diag) == before;
}
