#include "diff.h"

#include "../../lib/fs.h"
#include "../build.h"
#include "../check/difference.h"
#include "../publish/compare.h"
#include "../site/site.h"
#include "diff_lines.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SAME, DIFFERENT, FAILED }; /* as diff(1) */

/* What one looks through; --format json has more. */
enum { FILE_LINES = 40, ALL_LINES = 400, FILE_LINES_JSON = 400, DIFF_CEILING = 16 * 1024 * 1024 };
enum { FILE_CEILING = 64 * 1024 * 1024 };

static const char *const kinds[COMPARE_KINDS] = {"page", "asset", "file"};
static const char *const changes[COMPARE_CHANGES] = {"added", "removed", "changed"};

struct diffing {
    const struct diff_options *options;
    struct arena *arena;
    const char *work; /* the temporary folder: built/, and two files to compare */
    struct compared *list;
    size_t count;
    size_t lines; /* that were printed */
    FILE *out, *err;
};

struct build_said {
    const struct diff_options *options;
    FILE *out, *err;
};

static void show_build(const struct build_result *result, void *context)
{
    const struct build_said *said = context;
    if (said->options->json && !result->done)
        diag_print_json(result->diag, said->out);
    else
        diag_print(result->diag, said->err);
}

static bool write_normal(const char *file, const char *copy)
{
    struct buf text, normal;
    buf_init(&text, FILE_CEILING);
    buf_init(&normal, FILE_CEILING);
    bool done = fs_read(file, &text) == 0;
    compare_normalise(text.data, text.len, &normal);
    done = done && buf_ok(&normal) && fs_write(copy, normal.data, normal.len, false) == 0;
    buf_release(&text);
    buf_release(&normal);
    return done;
}

/* The lines of a changed text; nothing of others. False: they cannot be told. */
static bool add_lines(struct diffing *diff, const struct compared *item, size_t most, struct buf *lines)
{
    if (item->change != COMPARE_CHANGED || !compare_is_text(item->path))
        return true;
    const char *before = fs_join(diff->arena, diff->work, "before");
    const char *after = fs_join(diff->arena, diff->work, "after");
    struct difference found;
    if (!write_normal(item->before, before) || !write_normal(item->after, after) ||
        !difference_find(&found, diff->arena, before, after, item->path))
        return false;
    diff_lines_add(found.text, most, lines);
    return true;
}

static bool print_item(struct diffing *diff, const struct compared *item)
{
    struct buf lines;
    buf_init(&lines, DIFF_CEILING);
    fprintf(diff->out, "%-7s %-5s %s\n", changes[item->change], kinds[item->kind], item->path);
    bool told = diff->lines >= ALL_LINES || add_lines(diff, item, FILE_LINES, &lines);
    for (const char *at = lines.data; *at; at += strcspn(at, "\n") + 1, diff->lines++)
        fprintf(diff->out, "    %.*s\n", (int)strcspn(at, "\n"), at);
    buf_release(&lines);
    return told;
}

static size_t count_of(const struct diffing *diff, enum compare_kind kind, enum compare_change change)
{
    size_t count = 0;
    for (size_t i = 0; i < diff->count; i++)
        count += diff->list[i].kind == kind && diff->list[i].change == change;
    return count;
}

static void print_counts(const struct diffing *diff)
{
    for (int kind = 0; kind < COMPARE_KINDS; kind++)
        fprintf(diff->out, "%s%ss: %zu added, %zu removed, %zu changed", kind ? "; " : "", kinds[kind],
                count_of(diff, kind, COMPARE_ADDED), count_of(diff, kind, COMPARE_REMOVED),
                count_of(diff, kind, COMPARE_CHANGED));
    fputc('\n', diff->out);
}

static bool print_text(struct diffing *diff)
{
    bool told = true;
    for (size_t i = 0; told && i < diff->count; i++)
        told = print_item(diff, &diff->list[i]);
    if (diff->lines >= ALL_LINES)
        fprintf(diff->out, "lines are left out after the first %d; --format json has more\n", ALL_LINES);
    if (diff->count == 0)
        fputs("a build would change nothing\n", diff->out);
    else
        print_counts(diff);
    return told;
}

static json_t *item_view(struct diffing *diff, const struct compared *item, bool *told)
{
    struct buf lines;
    buf_init(&lines, DIFF_CEILING);
    *told = add_lines(diff, item, FILE_LINES_JSON, &lines);
    json_t *view = json_pack("{s:s, s:s, s:s}", "path", item->path, "kind", kinds[item->kind], "change",
                             changes[item->change]);
    json_t *list = json_array();
    for (const char *at = lines.data; *at; at += strcspn(at, "\n") + 1)
        json_array_append_new(list, json_stringn(at, strcspn(at, "\n")));
    json_object_set_new(view, "lines", list);
    buf_release(&lines);
    return view;
}

static json_t *counts_view(const struct diffing *diff)
{
    json_t *view = json_object();
    for (int kind = 0; kind < COMPARE_KINDS; kind++) {
        json_t *counts = json_object();
        for (int change = 0; change < COMPARE_CHANGES; change++)
            json_object_set_new(counts, changes[change],
                                json_integer((json_int_t)count_of(diff, kind, change)));
        json_object_set_new(view, arena_printf(diff->arena, "%ss", kinds[kind]), counts);
    }
    return view;
}

static bool print_json(struct diffing *diff)
{
    json_t *list = json_array();
    bool told = true;
    for (size_t i = 0; told && i < diff->count; i++)
        json_array_append_new(list, item_view(diff, &diff->list[i], &told));
    json_t *view = json_pack("{s:o, s:o}", "counts", counts_view(diff), "changes", list);
    if (told && view)
        json_dumpf(view, diff->out, JSON_INDENT(1));
    fputc('\n', diff->out);
    json_decref(view);
    return told && view;
}

static int fail(struct diffing *diff, const char *what, const char *why)
{
    fprintf(diff->err, "%s: error: cannot be compared: %s\n", what, why);
    return FAILED;
}

static int compare(struct diffing *diff, const char *built, const char *served)
{
    const char *at = served;
    int error = compare_folders(served, built, diff->arena, &diff->list, &diff->count, &at);
    if (error)
        return fail(diff, at, strerror(error));
    if (!(diff->options->json ? print_json(diff) : print_text(diff)))
        return fail(diff, served, "diff(1) cannot be run; is the package diffutils installed?");
    return diff->count > 0 ? DIFFERENT : SAME;
}

static int build_and_compare(struct diffing *diff)
{
    const struct diff_options *options = diff->options;
    const char *built = fs_join(diff->arena, diff->work, "built");
    struct build_said said = {options, diff->out, diff->err};
    const struct build_options build = {
        .site = options->site, .out = built, .themes = options->themes, .show = show_build, .context = &said};
    if (build_run(&build, diff->out, diff->err) != 0)
        return FAILED;
    return compare(diff, built, options->out ? options->out : site_path(diff->arena, options->site, "out"));
}

int diff_run(const struct diff_options *options, FILE *out, FILE *err)
{
    const char *temporary = getenv("TMPDIR");
    struct diffing diff = {.options = options, .arena = arena_new(0), .out = out, .err = err};
    char *work = diff.arena ? arena_printf(diff.arena, "%s/guichet-diff-XXXXXX",
                                           temporary && *temporary ? temporary : "/tmp")
                            : NULL;
    int code = FAILED;
    if (work && mkdtemp(work)) {
        diff.work = work;
        code = build_and_compare(&diff);
        fs_remove_tree(work);
    } else {
        fprintf(err, "%s: error: cannot be made: %s\n", work ? work : "guichet-gen", strerror(errno));
    }
    arena_free(diff.arena);
    return code;
}
