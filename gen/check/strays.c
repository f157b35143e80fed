#include "strays.h"

#include "../../lib/fs.h"
#include "hint.h"

#include <string.h>

static const char *const known[] = {"portal.json", "pipelines.json", "properties.json", "custom.css", NULL};

static bool ends_with(const char *name, const char *ending)
{
    size_t len = strlen(name), end = strlen(ending);
    return len > end && strcmp(name + len - end, ending) == 0;
}

static bool is_known(const char *name)
{
    for (size_t i = 0; known[i]; i++) {
        if (strcmp(known[i], name) == 0)
            return true;
    }
    return false;
}

static void check_content(const struct site *site, struct diag *diag)
{
    const char *dir = site_path(site->arena, site->root, "content");
    const char **names;
    size_t count;
    if (fs_list(dir, site->arena, &names, &count) != 0)
        return; /* without it there are errors already */
    for (size_t i = 0; i < count; i++) {
        if (!is_known(names[i]) && (ends_with(names[i], ".json") || ends_with(names[i], ".css")))
            diag_warning(diag, (struct place){.file = fs_join(site->arena, dir, names[i])},
                         "is none of the files that are read here; it is left out%s",
                         hint_near(site->arena, names[i], known));
    }
}

/* Of `count` files, how many the settings name; and is this one of them? */
static size_t named_among(const struct site *site, const char **names, size_t count, bool *is_named)
{
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        is_named[i] = false;
        for (size_t f = 0; f < site->form_count && !is_named[i]; f++) {
            const char *id = site->form_names[f];
            is_named[i] = id && strcmp(arena_printf(site->arena, "%s.json", id), names[i]) == 0;
        }
        found += is_named[i];
    }
    return found;
}

/* Where forms are off, files may wait; where one is named that is not there, that was said. */
static void check_forms(const struct site *site, struct diag *diag)
{
    const char *dir = site_path(site->arena, site->root, "content/forms");
    const char **names;
    size_t count;
    if (site->form_count == 0 || fs_list(dir, site->arena, &names, &count) != 0)
        return;
    bool *is_named = arena_alloc(site->arena, count + 1);
    if (named_among(site, names, count, is_named) < site->form_count)
        return;
    for (size_t i = 0; i < count; i++) {
        if (!is_named[i])
            diag_warning(diag, (struct place){.file = fs_join(site->arena, dir, names[i])},
                         "is a form that nothing shows: \"forms\" in %s does not name it",
                         site_path(site->arena, site->root, "content/portal.json"));
    }
}

void strays_check(const struct site *site, struct diag *diag)
{
    check_content(site, diag);
    check_forms(site, diag);
}
