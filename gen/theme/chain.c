/* Which folder a theme is, and which its ancestors are. */
#include "theme.h"

#include "../../lib/fs.h"
#include "../check/hint.h"

#include <string.h>

struct search {
    struct theme *theme;
    const char *const *folders;
    const struct site *site;
    struct diag *diag;
};

/* The themes of a folder, as the keys of `known`. */
static void add_themes(const struct site *site, const char *themes, json_t *known)
{
    static const char ending[] = "/theme.json";
    struct fs_entry *entries;
    size_t count = 0;
    if (fs_walk(themes, site->arena, &entries, &count) != 0)
        return;
    for (size_t i = 0; i < count; i++) {
        const char *slash = strchr(entries[i].path, '/');
        if (slash && strcmp(slash, ending) == 0)
            json_object_set_new(
                known, arena_strndup(site->arena, entries[i].path, (size_t)(slash - entries[i].path)),
                json_true());
    }
}

/* `key` is what names the theme: "theme" of the portal, "parent" of another theme, or the option. */
static void complain_missing(const struct search *search, const char *key, const char *name,
                             struct place place)
{
    const char *const *folders = search->folders;
    json_t *known = json_object();
    for (size_t i = 0; folders[i]; i++)
        add_themes(search->site, folders[i], known);
    diag_error(search->diag, place, "\"%s\": no theme \"%s\" in %s%s%s", key, name, folders[0],
               folders[1] ? ", nor among the installed ones" : "",
               hint_known(search->site->arena, name, known));
    json_decref(known);
}

/* A folder of that name is the one that is meant, and not another of the same name further on. */
static void complain_bare(const struct search *search, const char *manifest)
{
    diag_error(search->diag, (struct place){.file = manifest},
               fs_is_dir(manifest) ? "a folder stands here; want a file" : "not found; every theme needs it");
}

/* The folder of the theme `name`. NULL: an error about what named it. */
static const char *find_folder(const struct search *search, const char *key, const char *name,
                               struct place place)
{
    struct arena *arena = search->site->arena;
    for (size_t i = 0; search->folders[i]; i++) {
        const char *dir = fs_join(arena, search->folders[i], name);
        const char *manifest = fs_join(arena, dir, "theme.json");
        if (fs_is_file(manifest))
            return dir;
        if (fs_is_dir(dir)) {
            complain_bare(search, manifest);
            return NULL;
        }
    }
    complain_missing(search, key, name, place);
    return NULL;
}

/* "harbour -> slate -> harbour": from the theme itself to the one that is named again. */
static const char *way_round(const struct theme *theme, const char *name)
{
    const char *way = "";
    for (size_t i = 0; i < theme->chain_len; i++)
        way = arena_printf(theme->arena, "%s%s -> ", way, theme->chain[i].name);
    return arena_printf(theme->arena, "%s%s", way, name);
}

static bool is_in_chain(const struct theme *theme, const char *name)
{
    size_t i = 0;
    while (i < theme->chain_len && strcmp(theme->chain[i].name, name) != 0)
        i++;
    return i < theme->chain_len;
}

static bool may_follow(const struct search *search, const char *name, struct place place)
{
    struct theme *theme = search->theme;
    if (is_in_chain(theme, name))
        diag_error(search->diag, place, "\"parent\": the themes lead round in a circle: %s",
                   way_round(theme, name));
    else if (theme->chain_len == THEME_CHAIN_MAX)
        diag_error(search->diag, place, "\"parent\": more than %d themes build upon each other: %s",
                   THEME_CHAIN_MAX, way_round(theme, name));
    else
        return true;
    return false;
}

/* Put the theme `name` at the end of the chain. False: errors in `diag`. */
static bool add_link(const struct search *search, const char *key, const char *name, struct place place)
{
    struct theme *theme = search->theme;
    if (!may_follow(search, name, place))
        return false;
    const char *dir = find_folder(search, key, name, place);
    if (!dir)
        return false;
    struct theme_link *link = &theme->chain[theme->chain_len++];
    *link = (struct theme_link){.name = name, .dir = dir};
    return settings_file_load(&link->manifest, fs_join(theme->arena, dir, "theme.json"), search->diag);
}

static bool add_parent(const struct search *search, const char *name, struct place place)
{
    if (name && settings_is_id(name))
        return add_link(search, "parent", name, place);
    diag_error(search->diag, place, "\"parent\": want the name of a theme, as its folder is called");
    return false;
}

/* What the portal says was checked with its other settings, an option was not. */
static bool is_name(const struct search *search, const char *name)
{
    bool good = settings_is_id(name);
    if (!good && search->site->theme_by_option)
        diag_error(search->diag, (struct place){0},
                   "\"--theme\": want the name of a theme, as its folder is called, got \"%s\"", name);
    return good;
}

static bool add_first(const struct search *search, const char *name)
{
    const struct site *site = search->site;
    return site->theme_by_option ? add_link(search, "--theme", name, (struct place){0})
                                 : add_link(search, "theme", name, settings_file_at(&site->portal, "/theme"));
}

bool theme_find_chain(struct theme *theme, const char *const *folders, const struct site *site,
                      struct diag *diag)
{
    struct search search = {theme, folders, site, diag};
    if (!site->theme_name || !is_name(&search, site->theme_name))
        return false;
    theme->name = site->theme_name;
    bool found = add_first(&search, theme->name);
    while (found) {
        const struct theme_link *last = &theme->chain[theme->chain_len - 1];
        const json_t *parent = json_object_get(last->manifest.doc.root, "parent");
        if (!parent || json_is_null(parent))
            break;
        found = add_parent(&search, json_string_value(parent), settings_file_at(&last->manifest, "/parent"));
    }
    theme->dir = found ? theme->chain[0].dir : NULL;
    return found;
}
