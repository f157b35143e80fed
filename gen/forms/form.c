#include "form.h"

#include "../../lib/fs.h"
#include "../check/hint.h"
#include "form_check.h"

#include <string.h>

/* The forms that there are, for "did you mean". */
static const char *hint_near_form(const struct site *site, const char *id)
{
    struct fs_entry *entries;
    size_t count = 0;
    const char *dir = site_path(site->arena, site->root, "content/forms");
    if (fs_walk(dir, site->arena, &entries, &count) != 0)
        return "";
    const char **names = arena_alloc(site->arena, (count + 1) * sizeof *names);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        const char *end = strstr(entries[i].path, ".json");
        if (end && end[5] == '\0')
            names[kept++] = arena_strndup(site->arena, entries[i].path, (size_t)(end - entries[i].path));
    }
    return hint_near(site->arena, id, names);
}

bool form_load(struct form *form, const struct site *site, struct diag *diag)
{
    *form = (struct form){0};
    const char *id = site->form_name;
    if (!id || !settings_is_id(id))
        return true;
    size_t before = diag_errors(diag);
    const char *dir = site_path(site->arena, site->root, "content/forms");
    if (fs_is_file(dir)) {
        diag_error(diag, (struct place){.file = dir}, "a file stands here; want a folder");
        return false;
    }
    const char *name = arena_printf(site->arena, "content/forms/%s.json", id);
    const char *path = site_path(site->arena, site->root, name);
    if (!fs_is_file(path)) {
        diag_error(diag, settings_file_at(&site->portal, "/form"), "\"form\": no form \"%s\" (%s)%s", id,
                   path, hint_near_form(site, id));
        return false;
    }
    form->id = id;
    if (settings_file_load(&form->file, path, diag) && settings_file_check(&form->file, form_settings, diag))
        form_check(form, site, diag);
    return diag_errors(diag) == before;
}

void form_release(struct form *form)
{
    settings_file_release(&form->file);
    *form = (struct form){0};
}
