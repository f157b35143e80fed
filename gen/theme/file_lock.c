#include "file_lock.h"

#include "../../lib/fs.h"
#include "../check/difference.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define FILE_CEILING (16 * 1024 * 1024)
#define LOCKED ".lock/files"

/* Strings and settings are merged key by key; they have ways of their own to be looked after. */
static const char *const folders[] = {"templates", "css", "js", "icons", "images", "fonts", "fixtures", NULL};

/* One file of a theme that has a parent. */
struct override {
    const char *file;   /* the theme's own */
    const char *parent; /* the next one in the chain; NULL: none */
    const char *record; /* where the parent's is recorded, whether or not it is */
    const char *path;   /* of all of them, below their theme's folder */
};

struct visit {
    const struct theme *theme;
    size_t link;
    void (*each)(struct visit *visit, const struct override *override);
    struct diag *diag;
    FILE *out;
    size_t count;
};

static const char *parent_file(const struct theme *theme, size_t link, const char *path)
{
    for (size_t i = link + 1; i < theme->chain_len; i++) {
        const char *file = theme_link_path(theme, i, path);
        if (fs_is_file(file))
            return file;
    }
    return NULL;
}

static void visit_folder(struct visit *visit, const char *folder)
{
    const struct theme *theme = visit->theme;
    const char *dir = theme_link_path(theme, visit->link, folder);
    struct fs_entry *entries;
    size_t count = 0;
    if (!fs_is_dir(dir) || fs_walk(dir, theme->arena, &entries, &count) != 0)
        return; /* a folder that cannot be read is told of by whoever needs what is in it */
    for (size_t i = 0; i < count; i++) {
        const char *path = fs_join(theme->arena, folder, entries[i].path);
        const char *record = fs_join(theme->arena, LOCKED, path);
        struct override override = {.file = theme_link_path(theme, visit->link, path),
                                    .parent = parent_file(theme, visit->link, path),
                                    .record = theme_link_path(theme, visit->link, record),
                                    .path = path};
        if (override.parent || fs_is_file(override.record))
            visit->each(visit, &override);
    }
}

static void visit_all(struct visit *visit)
{
    for (const char *const *folder = folders; *folder; folder++)
        visit_folder(visit, *folder);
}

/* False: one of them cannot be read. */
static bool read_both(const struct override *override, struct buf *before, struct buf *after)
{
    buf_init(before, FILE_CEILING);
    buf_init(after, FILE_CEILING);
    return fs_read(override->record, before) == 0 && fs_read(override->parent, after) == 0;
}

static bool is_changed(const struct override *override)
{
    struct buf before, after;
    bool same = read_both(override, &before, &after) && before.len == after.len &&
                (before.len == 0 || memcmp(before.data, after.data, before.len) == 0);
    buf_release(&before);
    buf_release(&after);
    return !same;
}

/* --- looking ------------------------------------------------------------------------------------------- */

/* The first line that came or went, for the one line that a warning has. */
static const char *first_line(const struct theme *theme, const char *diff)
{
    const char *at = strstr(diff, "\n@@");
    while (at && at[1] != '+' && at[1] != '-')
        at = strchr(at + 1, '\n');
    if (!at)
        return "";
    size_t len = strcspn(at + 1, "\n");
    return arena_printf(theme->arena, " (the first: %.*s%s)", len > 60 ? 60 : (int)len, at + 1,
                        len > 60 ? "..." : "");
}

static void warn_changed(const struct visit *visit, const struct override *override)
{
    struct difference difference;
    const char *what = "";
    if (difference_find(&difference, visit->theme->arena, override->record, override->parent,
                        override->path) &&
        difference.added + difference.removed > 0)
        what = arena_printf(visit->theme->arena, ": %zu line%s came, %zu went%s", difference.added,
                            difference.added == 1 ? "" : "s", difference.removed,
                            first_line(visit->theme, difference.text));
    diag_warning(visit->diag, (struct place){.file = override->file},
                 "the parent's file %s has changed since this was made from it%s; guichet-gen lock --diff "
                 "shows all of it, guichet-gen lock records that it was looked at",
                 override->parent, what);
}

static void look(struct visit *visit, const struct override *override)
{
    struct place place = {.file = override->file};
    if (!override->parent)
        diag_warning(visit->diag, place, "replaces a file that no parent has any more; what it was is in %s",
                     override->record);
    else if (!fs_is_file(override->record))
        diag_warning(visit->diag, place,
                     "replaces %s, of which nothing is recorded; guichet-gen lock does, and later builds "
                     "tell when it changes",
                     override->parent);
    else if (is_changed(override))
        warn_changed(visit, override);
}

void file_lock_check(const struct theme *theme, struct diag *diag)
{
    for (size_t i = 0; i + 1 < theme->chain_len; i++) {
        struct visit visit = {.theme = theme, .link = i, .each = look, .diag = diag};
        visit_all(&visit);
    }
}

/* --- showing ------------------------------------------------------------------------------------------- */

static void show(struct visit *visit, const struct override *override)
{
    struct difference difference;
    if (!override->parent || !fs_is_file(override->record) || !is_changed(override))
        return;
    if (difference_find(&difference, visit->theme->arena, override->record, override->parent, override->path))
        fputs(difference.text, visit->out);
    else
        diag_error(visit->diag, (struct place){.file = override->parent},
                   "cannot be compared with what is recorded (diff of diffutils): %s", strerror(errno));
}

bool file_lock_print(const struct theme *theme, FILE *out, struct diag *diag)
{
    size_t before = diag_errors(diag);
    struct visit visit = {.theme = theme, .each = show, .diag = diag, .out = out};
    visit_all(&visit);
    return diag_errors(diag) == before;
}

/* --- recording ------------------------------------------------------------------------------------------ */

static int copy(const char *from, const char *to, struct arena *arena)
{
    struct buf bytes;
    const char *dir = arena_strndup(arena, to, (size_t)(strrchr(to, '/') - to));
    buf_init(&bytes, FILE_CEILING);
    int error = fs_read(from, &bytes);
    if (!error)
        error = fs_mkdirs(dir);
    if (!error)
        error = fs_write(to, bytes.data ? bytes.data : "", bytes.len, false);
    buf_release(&bytes);
    return error;
}

static void record(struct visit *visit, const struct override *override)
{
    if (!override->parent || (fs_is_file(override->record) && !is_changed(override)))
        return;
    int error = copy(override->parent, override->record, visit->theme->arena);
    if (error)
        diag_error(visit->diag, (struct place){.file = override->record}, "cannot be written: %s",
                   strerror(error));
    visit->count += !error;
}

/* What the theme replaces no more, or no parent has, is no matter any longer. */
static void forget(struct visit *visit)
{
    const struct theme *theme = visit->theme;
    struct fs_entry *entries;
    size_t count = 0;
    const char *dir = theme_link_path(theme, 0, LOCKED);
    if (!fs_is_dir(dir) || fs_walk(dir, theme->arena, &entries, &count) != 0)
        return;
    for (size_t i = 0; i < count; i++) {
        bool own = fs_is_file(theme_link_path(theme, 0, entries[i].path));
        const char *file = fs_join(theme->arena, dir, entries[i].path);
        if (own && parent_file(theme, 0, entries[i].path))
            continue;
        if (unlink(file) != 0)
            diag_error(visit->diag, (struct place){.file = file}, "cannot be removed: %s", strerror(errno));
        visit->count++;
    }
}

bool file_lock_write(const struct theme *theme, struct diag *diag, size_t *count)
{
    size_t before = diag_errors(diag);
    struct visit visit = {.theme = theme, .each = record, .diag = diag};
    visit_all(&visit);
    forget(&visit);
    *count = visit.count;
    return diag_errors(diag) == before;
}
