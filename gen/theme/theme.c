#include "theme.h"

#include "../../lib/fs.h"
#include "file_lock.h"

#include <string.h>
#include <unistd.h>

enum { PROGRAM_ROOM = 4096 };

/* "/usr/bin/guichet-gen" -> "/usr/bin" -> "/usr". False: it is at the top. */
static bool cut_last(char *path)
{
    char *last = strrchr(path, '/');
    if (last)
        *last = '\0';
    return last != NULL;
}

/* Seen from the program: wherever a package was put, it finds what came with it. */
const char *theme_installed(struct arena *arena)
{
    char place[PROGRAM_ROOM];
    ssize_t len = readlink("/proc/self/exe", place, sizeof place - 1);
    place[len > 0 ? len : 0] = '\0';
    bool in_folder = cut_last(place);
    if (!in_folder || !cut_last(place))
        return GUICHET_THEMES;
    const char *packaged = arena_printf(arena, "%s/share/guichet/themes", place);
    return packaged && fs_is_dir(packaged) ? packaged : GUICHET_THEMES;
}

const char *const *theme_folders(struct arena *arena, const char *root, const char *only)
{
    const char **folders = arena_alloc(arena, 3 * sizeof *folders);
    folders[0] = only ? only : site_path(arena, root, "themes");
    folders[1] = only ? NULL : theme_installed(arena);
    return folders;
}

bool theme_load(struct theme *theme, const char *const *folders, const struct site *site, struct diag *diag)
{
    *theme = (struct theme){.arena = site->arena};
    size_t before = diag_errors(diag);
    if (!theme_find_chain(theme, folders, site, diag))
        return false;
    const char *custom = site_path(site->arena, site->root, "content/custom.css");
    theme->custom = fs_is_there(custom) ? custom : NULL;
    theme_load_manifest(theme, site, diag);
    theme_load_templates(theme, diag);
    theme_load_strings(theme, site, diag);
    theme_check_styles(theme, diag);
    file_lock_check(theme, diag);
    return diag_errors(diag) == before;
}

void theme_release(struct theme *theme)
{
    for (size_t i = 0; i < theme->chain_len; i++)
        settings_file_release(&theme->chain[i].manifest);
    json_decref(theme->settings);
    json_decref(theme->groups);
    json_decref(theme->given_as);
    template_set_free(theme->templates);
    json_decref(theme->values);
    for (size_t i = 0; i < theme->string_count; i++)
        json_decref(theme->strings[i]);
    *theme = (struct theme){0};
}
