#include "schema.h"

#include "../../lib/fs.h"
#include "../schema/files.h"

#include <stdlib.h>
#include <string.h>

static const char article_folder[] = "content/help/en/running-the-portal";
static const char article_name[] = "content/help/en/running-the-portal/90-every-setting.md";

enum { REFERENCE_MAX = 1024 * 1024 };

struct run {
    const char *root;
    struct arena *arena;
    struct diag *diag;
    struct site site;
    struct theme theme;
};

static bool write_file(const struct run *run, const char *name, const char *text, size_t len)
{
    const char *path = site_path(run->arena, run->root, name);
    int error = fs_write(path, text, len, false);
    if (error)
        diag_error(run->diag, (struct place){.file = path}, "cannot be written: %s", strerror(error));
    return error == 0;
}

static bool write_schema(const struct run *run, const struct schema_page *page)
{
    json_t *schema = schema_of(page, &run->theme);
    char *text = json_dumps(schema, JSON_INDENT(2));
    json_decref(schema);
    const char *name = arena_printf(run->arena, "content/schemas/%s.schema.json", page->name);
    const char *whole = arena_printf(run->arena, "%s\n", text ? text : "");
    bool written = text && write_file(run, name, whole, strlen(whole));
    free(text);
    return written;
}

static size_t write_schemas(const struct run *run)
{
    size_t count = 0;
    const char *dir = site_path(run->arena, run->root, "content/schemas");
    int error = fs_mkdirs(dir);
    if (error) {
        diag_error(run->diag, (struct place){.file = dir}, "cannot be made: %s", strerror(error));
        return 0;
    }
    for (const struct schema_page *page = schema_pages; page->name; page++)
        count += write_schema(run, page);
    return count;
}

static void write_article(const struct run *run)
{
    struct buf text;
    buf_init(&text, REFERENCE_MAX);
    schema_reference(&run->theme, &text);
    write_file(run, article_name, text.data, text.len);
    buf_release(&text);
}

/* What is wrong with the portal is `check`'s business; here nobody wants to hear it. */
static void begin(struct run *run, const char *themes)
{
    struct diag *unheard = diag_new();
    site_load(&run->site, run->root, run->arena, unheard);
    theme_load(&run->theme, theme_folders(run->arena, run->root, themes), &run->site, unheard);
    diag_free(unheard);
}

static void end(struct run *run)
{
    theme_release(&run->theme);
    site_release(&run->site);
    arena_free(run->arena);
}

size_t schema_write_all(const char *site, const char *themes, struct diag *diag)
{
    struct run run = {.root = site, .arena = arena_new(0), .diag = diag};
    begin(&run, themes);
    size_t count = write_schemas(&run);
    end(&run);
    return count;
}

static bool has_folder(const struct run *run, const char *name)
{
    const char *path = site_path(run->arena, run->root, name);
    return fs_is_dir(path);
}

int schema_run(const char *site, const char *themes, FILE *out, FILE *err)
{
    struct run run = {.root = site, .arena = arena_new(0), .diag = diag_new()};
    if (!has_folder(&run, "content")) {
        diag_error(run.diag, (struct place){.file = site_path(run.arena, site, "content")},
                   "not found: no portal is here; start in a portal's folder, or name it with --site");
    } else {
        begin(&run, themes);
        bool article = has_folder(&run, article_folder);
        size_t count = write_schemas(&run);
        if (article)
            write_article(&run);
        if (diag_errors(run.diag) == 0)
            fprintf(out, "wrote %zu schemas to %s%s%s\n", count,
                    site_path(run.arena, site, "content/schemas"), article ? ", and " : "",
                    article ? site_path(run.arena, site, article_name) : "");
    }
    diag_print(run.diag, err);
    int code = diag_errors(run.diag) == 0 ? 0 : 1;
    diag_free(run.diag);
    end(&run);
    return code;
}
