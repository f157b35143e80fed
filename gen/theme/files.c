/* The files of a theme and its ancestors as one, and the cascade layers that their style sheets stand in. */
#include "theme.h"

#include "../../lib/fs.h"
#include "../check/sources.h"

#include <stdlib.h>
#include <string.h>

const char *theme_link_path(const struct theme *theme, size_t link, const char *name)
{
    return fs_join(theme->arena, theme->chain[link].dir, name);
}

const char *theme_file(const struct theme *theme, const char *name)
{
    for (size_t i = 0; i < theme->chain_len; i++) {
        const char *path = theme_link_path(theme, i, name);
        if (fs_is_file(path))
            return path;
    }
    return NULL;
}

const char *theme_path(const struct theme *theme, const char *name)
{
    const char *file = theme_file(theme, name);
    return file ? file : theme_link_path(theme, 0, name);
}

static int by_path_and_link(const void *left, const void *right)
{
    const struct theme_entry *a = left, *b = right;
    int order = strcmp(a->path, b->path);
    return order ? order : (a->link > b->link) - (a->link < b->link);
}

/* The first of each path, when they are sorted. */
static size_t keep_first(struct theme_entry *entries, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (kept == 0 || strcmp(entries[kept - 1].path, entries[i].path) != 0)
            entries[kept++] = entries[i];
    }
    return kept;
}

bool theme_files(const struct theme *theme, const char *folder, struct theme_entry **entries, size_t *count,
                 struct diag *diag)
{
    struct fs_entry *found[THEME_CHAIN_MAX] = {NULL};
    size_t counts[THEME_CHAIN_MAX] = {0};
    size_t all = 0, at = 0;
    bool fine = true;
    for (size_t i = 0; i < theme->chain_len; i++) {
        const char *dir = theme_link_path(theme, i, folder);
        if (fs_is_dir(dir) && !sources_list(dir, theme->arena, &found[i], &counts[i], diag))
            fine = false;
        all += counts[i];
    }
    *entries = arena_alloc(theme->arena, (all + 1) * sizeof **entries);
    for (size_t i = 0; i < theme->chain_len; i++) {
        for (size_t n = 0; n < counts[i]; n++) {
            const char *path = found[i][n].path;
            const char *file = theme_link_path(theme, i, fs_join(theme->arena, folder, path));
            (*entries)[at++] = (struct theme_entry){path, file, i};
        }
    }
    qsort(*entries, all, sizeof **entries, by_path_and_link);
    *count = keep_first(*entries, all);
    return fine;
}

/* A theme that stands alone needs none: what its own sheets say of layers holds. */
static bool has_layers(const struct theme *theme)
{
    return theme->chain_len > 1 || theme->custom;
}

static const char *layer_name(const struct theme *theme, size_t link)
{
    return link == THEME_SETTINGS_LAYER ? "settings"
           : link == THEME_CUSTOM_LAYER ? "custom"
                                        : arena_printf(theme->arena, "theme-%s", theme->chain[link].name);
}

struct theme_wrap theme_css_wrap(const struct theme *theme, size_t link)
{
    if (!has_layers(theme))
        return (struct theme_wrap){"", ""};
    const char *order = "@layer ";
    for (size_t i = theme->chain_len; i-- > 0;)
        order = arena_printf(theme->arena, "%stheme-%s,", order, theme->chain[i].name);
    const char *before =
        arena_printf(theme->arena, "%ssettings,custom;@layer %s{", order, layer_name(theme, link));
    return (struct theme_wrap){before, "}\n"};
}
