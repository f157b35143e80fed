#include "theme.h"

#include "../../lib/fs.h"
#include "file_lock.h"

/* The build says where: this source tree, or where a package puts them. */
const char theme_installed[] = GUICHET_THEMES;

const char *const *theme_folders(struct arena *arena, const char *root, const char *only)
{
    const char **folders = arena_alloc(arena, 3 * sizeof *folders);
    folders[0] = only ? only : site_path(arena, root, "themes");
    folders[1] = only ? NULL : theme_installed;
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
