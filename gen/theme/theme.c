#include "theme.h"

#include "../../lib/fs.h"
#include "../check/hint.h"

#include <string.h>

/* The build says where: this source tree, or where a package puts them. */
const char theme_installed[] = GUICHET_THEMES;

const char *theme_path(const struct theme *theme, const char *name)
{
    return fs_join(theme->arena, theme->dir, name);
}

const char *const *theme_folders(struct arena *arena, const char *root, const char *only)
{
    const char **folders = arena_alloc(arena, 3 * sizeof *folders);
    folders[0] = only ? only : site_path(arena, root, "themes");
    folders[1] = only ? NULL : theme_installed;
    return folders;
}

/* The themes that there are, for "did you mean". */
static const char *hint_near_theme(const struct site *site, const char *themes)
{
    static const char ending[] = "/theme.json";
    struct fs_entry *entries;
    size_t count = 0;
    if (fs_walk(themes, site->arena, &entries, &count) != 0)
        return "";
    const char **names = arena_alloc(site->arena, (count + 1) * sizeof *names);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        const char *slash = strchr(entries[i].path, '/');
        if (slash && strcmp(slash, ending) == 0)
            names[kept++] = arena_strndup(site->arena, entries[i].path, (size_t)(slash - entries[i].path));
    }
    return hint_near(site->arena, site->theme_name, names);
}

static void complain_missing(const struct theme *theme, const char *const *folders, const struct site *site,
                             struct diag *diag)
{
    const char *hint = "";
    for (size_t i = 0; folders[i] && !*hint; i++)
        hint = hint_near_theme(site, folders[i]);
    diag_error(diag, settings_file_at(&site->portal, "/theme"), "\"theme\": no theme \"%s\" in %s%s%s",
               theme->name, folders[0], folders[1] ? ", nor among the installed ones" : "", hint);
}

/* A folder of that name is the one that is meant, and not another of the same name further on. False. */
static bool complain_bare(struct theme *theme, struct diag *diag)
{
    const char *manifest = theme_path(theme, "theme.json");
    diag_error(diag, (struct place){.file = manifest},
               fs_is_dir(manifest) ? "a folder stands here; want a file" : "not found; every theme needs it");
    theme->dir = NULL;
    return false;
}

static bool find_theme(struct theme *theme, const char *const *folders, const struct site *site,
                       struct diag *diag)
{
    if (!site->theme_name || !settings_is_id(site->theme_name))
        return false;
    theme->name = site->theme_name;
    for (size_t i = 0; folders[i]; i++) {
        theme->dir = fs_join(site->arena, folders[i], theme->name);
        if (fs_is_file(theme_path(theme, "theme.json")))
            return true;
        if (fs_is_dir(theme->dir))
            return complain_bare(theme, diag);
    }
    complain_missing(theme, folders, site, diag);
    theme->dir = NULL;
    return false;
}

bool theme_load(struct theme *theme, const char *const *folders, const struct site *site, struct diag *diag)
{
    *theme = (struct theme){.arena = site->arena};
    size_t before = diag_errors(diag);
    if (!find_theme(theme, folders, site, diag))
        return false;
    theme_load_manifest(theme, site, diag);
    theme_load_templates(theme, diag);
    theme_load_strings(theme, site, diag);
    return diag_errors(diag) == before;
}

void theme_release(struct theme *theme)
{
    settings_file_release(&theme->manifest);
    template_set_free(theme->templates);
    json_decref(theme->values);
    for (size_t i = 0; i < theme->string_count; i++)
        json_decref(theme->strings[i]);
    *theme = (struct theme){0};
}
