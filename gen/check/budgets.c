#include "budgets.h"

#include "../assets/pack.h"
#include "hint.h"

#include <stdlib.h>
#include <string.h>

enum { QUALITY = 5, LINKED_MAX = 256, SHOWN = 6, PACKED_MAX = 16 * 1024 * 1024 };

/* What a page asks for, the page itself among it. */
struct part {
    const char *name;
    size_t bytes;
};

struct load {
    struct part parts[LINKED_MAX];
    size_t count, sum;
};

static bool ends_with(const char *text, const char *ending)
{
    size_t len = strlen(text), end = strlen(ending);
    return len > end && strcmp(text + len - end, ending) == 0;
}

static size_t packed_size(const char *bytes, size_t len)
{
    struct buf out;
    buf_init(&out, PACKED_MAX);
    size_t size = pack_brotli.pack(bytes, len, QUALITY, &out) ? out.len : len;
    buf_release(&out);
    return size;
}

static void pack_asset(void *context, size_t index, struct worker *worker)
{
    const struct budgets *budgets = context;
    const struct asset *asset = &budgets->assets->files[index];
    (void)worker;
    if (ends_with(asset->path, ".css") || ends_with(asset->path, ".js"))
        budgets->packed[index] = packed_size(asset->bytes, asset->len);
}

static json_t *list_of(const struct budgets *budgets)
{
    return budgets->link ? json_object_get(budgets->link->manifest.value, "budgets") : NULL;
}

static void check_kinds(const struct budgets *budgets, struct diag *diag)
{
    const char *kinds[64] = {NULL};
    for (size_t i = 0; i < 63 && theme_pages[i]; i++)
        kinds[i] = theme_pages[i] + strlen("pages/");
    size_t i;
    json_t *budget;
    json_array_foreach(list_of(budgets), i, budget)
    {
        const char *page = json_string_value(json_object_get(budget, "page"));
        const char *const *kind = kinds;
        while (page && *kind && strcmp(*kind, page) != 0)
            kind++;
        if (page && !*kind)
            diag_error(diag, settings_file_at(&budgets->link->manifest, "/budgets/%zu/page", i),
                       "\"page\": there is no page \"%s\"%s", page,
                       hint_near(budgets->theme->arena, page, kinds));
    }
}

void budgets_init(struct budgets *budgets, const struct theme *theme, const struct assets *assets,
                  struct parallel *parallel, struct diag *diag)
{
    *budgets = (struct budgets){.theme = theme, .assets = assets};
    for (size_t i = 0; i < theme->chain_len && !budgets->link; i++) {
        if (json_object_get(theme->chain[i].manifest.value, "budgets"))
            budgets->link = &theme->chain[i];
    }
    if (!budgets->link)
        return;
    check_kinds(budgets, diag);
    budgets->packed = arena_alloc(theme->arena, (assets->count + 1) * sizeof *budgets->packed);
    parallel_run(parallel, assets->count, pack_asset, budgets, diag);
}

/* --- a page ------------------------------------------------------------------------------------------------
 */

static void add_part(struct load *load, const char *name, size_t bytes)
{
    for (size_t i = 0; i < load->count; i++) {
        if (strcmp(load->parts[i].name, name) == 0)
            return;
    }
    if (load->count == LINKED_MAX)
        return;
    load->parts[load->count++] = (struct part){name, bytes};
    load->sum += bytes;
}

static void add_link(const struct budgets *budgets, struct html_span link, const char *ending,
                     struct load *load)
{
    char path[512];
    size_t root = strlen(budgets->assets->url);
    if (link.len <= root || link.len - root >= sizeof path ||
        memcmp(link.at, budgets->assets->url, root) != 0)
        return;
    memcpy(path, link.at + root, link.len - root);
    path[link.len - root] = '\0';
    const struct asset *asset = assets_find(budgets->assets, path);
    if (asset && ends_with(path, ending))
        add_part(load, asset->path, budgets->packed[asset - budgets->assets->files]);
}

/* Icons that a page links come when there is time for them. */
static void add_links(const struct budgets *budgets, const struct html_page *html, const char *ending,
                      struct load *load)
{
    struct html_span value;
    for (size_t i = 0; i < html->count; i++) {
        const struct html_tag *tag = &html->tags[i];
        bool names = (html_is(tag->name, "link") && html_value(tag, "href", &value)) ||
                     (html_is(tag->name, "script") && html_value(tag, "src", &value));
        if (names && !tag->end)
            add_link(budgets, value, ending, load);
    }
}

static int by_size(const void *left, const void *right)
{
    const struct part *a = left, *b = right;
    return a->bytes != b->bytes ? (a->bytes < b->bytes) - (a->bytes > b->bytes) : strcmp(a->name, b->name);
}

static void complain(const struct budgets *budgets, size_t at, const char *key, const char *page,
                     const char *what, struct load *load, long most, struct diag *diag)
{
    struct buf text;
    buf_init(&text, 8192);
    qsort(load->parts, load->count, sizeof *load->parts, by_size);
    for (size_t i = 0; i < load->count && i < SHOWN; i++)
        buf_addf(&text, "%s%s %zu", i > 0 ? ", " : "", load->parts[i].name, load->parts[i].bytes);
    if (load->count > SHOWN)
        buf_addf(&text, " and %zu more", load->count - SHOWN);
    diag_error(diag, settings_file_at(&budgets->link->manifest, "/budgets/%zu/%s", at, key),
               "\"%s\": %s takes %zu bytes of %s, %zu more than its budget of %ld: %s", key, page, load->sum,
               what, load->sum - (size_t)most, most, text.data);
    buf_release(&text);
}

static void check_budget(const struct budgets *budgets, size_t at, const json_t *budget, const char *kind,
                         const char *url, const struct html_page *html, struct diag *diag)
{
    long pages = (long)json_integer_value(json_object_get(budget, "html_css"));
    long scripts = (long)json_integer_value(json_object_get(budget, "js"));
    struct load shown = {.count = 0}, run = {.count = 0};
    if (pages > 0) {
        add_part(&shown, "the page itself", packed_size(html->text, html->len));
        add_links(budgets, html, ".css", &shown);
    }
    if (scripts > 0)
        add_links(budgets, html, ".js", &run);
    if (shown.sum > (size_t)pages)
        complain(budgets, at, "html_css", url, "HTML and CSS", &shown, pages, diag);
    if (run.sum > (size_t)scripts)
        complain(budgets, at, "js", kind, "JavaScript", &run, scripts, diag);
}

void budgets_check_page(const struct budgets *budgets, const char *kind, const char *url,
                        const struct html_page *html, struct diag *diag)
{
    size_t i;
    json_t *budget;
    json_array_foreach(list_of(budgets), i, budget)
    {
        const char *page = json_string_value(json_object_get(budget, "page"));
        if (!page || strcmp(page, kind) == 0)
            check_budget(budgets, i, budget, kind, url, html, diag);
    }
}
