#include "render.h"

#include "../../lib/fs.h"
#include "../../lib/json.h"
#include "../theme/template_file.h"

#include <errno.h>
#include <string.h>

enum { DATA_CEILING = 16 * 1024 * 1024, PAGE_CEILING = 16 * 1024 * 1024 };

/* No partial can be named so: the template itself is not among them. */
static const char own_name[] = "";

static void add_partials(struct template_set *set, const char *dir, struct arena *arena, struct diag *diag)
{
    struct fs_entry *entries;
    size_t count = 0;
    int error = fs_walk(dir, arena, &entries, &count);
    if (error)
        diag_error(diag, (struct place){.file = dir}, "cannot be read: %s", strerror(error));
    for (size_t i = 0; i < count; i++) {
        const char *name = template_file_name(arena, entries[i].path);
        if (name)
            template_file_add(set, name, fs_join(arena, dir, entries[i].path), diag);
    }
}

/* Whatever is wrong in any of the files is said before anything is rendered. */
static bool render(const struct render_options *options, struct arena *arena, struct buf *page,
                   struct diag *diag)
{
    struct template_set *set = template_set_new();
    struct json_doc data = {0};
    if (!set)
        return false;
    template_file_add(set, own_name, options->file, diag);
    if (options->partials)
        add_partials(set, options->partials, arena, diag);
    if (options->how.escape == TEMPLATE_HTML)
        template_set_check_html(set, diag);
    json_doc_load(&data, options->data, DATA_CEILING, diag);
    bool done =
        diag_errors(diag) == 0 && template_render(set, own_name, &data.root, 1, &options->how, page, diag);
    json_doc_release(&data);
    template_set_free(set);
    return done;
}

static bool print(const struct buf *page, FILE *out, struct diag *diag)
{
    if (fwrite(page->data, 1, page->len, out) == page->len && fflush(out) == 0)
        return true;
    diag_error(diag, (struct place){0}, "the page cannot be printed: %s", strerror(errno));
    return false;
}

int render_run(const struct render_options *options, FILE *out, FILE *err)
{
    struct arena *arena = arena_new(0);
    struct diag *diag = diag_new();
    struct buf page;
    buf_init(&page, PAGE_CEILING);
    bool done = arena && diag && render(options, arena, &page, diag) && print(&page, out, diag);
    if (diag)
        diag_print(diag, err);
    if (!done && (!diag || diag_errors(diag) == 0))
        fputs("guichet-gen: out of memory\n", err);
    buf_release(&page);
    diag_free(diag);
    arena_free(arena);
    return done ? 0 : 1;
}
