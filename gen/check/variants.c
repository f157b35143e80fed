#include "variants.h"

#include "../site/system_pages.h"
#include "../theme/template_file.h"
#include "hint.h"

#include <string.h>

/* The variants of one page by what stands behind the dashes, ended by NULL. */
static const char **variants_of(const struct theme *theme, const char *page, struct diag *diag)
{
    struct theme_entry *entries = NULL;
    size_t count = 0, kept = 0, len = strlen(page);
    theme_files(theme, "templates/pages", &entries, &count, diag);
    const char **names = arena_alloc(theme->arena, (count + 1) * sizeof *names);
    for (size_t i = 0; i < count; i++) {
        const char *name = template_file_name(theme->arena, entries[i].path);
        if (name && strncmp(name, page, len) == 0 && strncmp(name + len, "--", 2) == 0)
            names[kept++] = name + len + 2;
    }
    return names;
}

static void complain(const struct site *site, const struct theme *theme, const char *page, const char *wanted,
                     struct diag *diag)
{
    struct buf known;
    const char **names = variants_of(theme, page, diag);
    buf_init(&known, 64 * 1024);
    for (size_t i = 0; names[i]; i++)
        buf_addf(&known, "%s\"%s\"", i > 0 ? ", " : "", names[i]);
    diag_error(
        diag, settings_file_at(&site->portal, "/pages/%s/template", page),
        "\"template\": theme \"%s\" has no \"%s\" for the page \"%s\" (pages/%s--%s.html); it has %s%s",
        theme->name, wanted, page, page, wanted, *names ? known.data : "the usual one only",
        hint_near(site->arena, wanted, names));
    buf_release(&known);
}

void variants_check(const struct site *site, const struct theme *theme, struct diag *diag)
{
    for (const char *const *page = system_pages; *page; page++) {
        const char *wanted = site_variant(site, *page);
        if (wanted &&
            !template_set_has(theme->templates, arena_printf(site->arena, "pages/%s--%s", *page, wanted)))
            complain(site, theme, *page, wanted, diag);
    }
}
