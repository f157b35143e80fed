#include "lock.h"

#include "../theme/string_lock.h"

/* What is wrong with the portal or the theme otherwise is told by a build. */
static bool lock_theme(const char *root, const char *themes, struct arena *arena, struct diag *diag,
                       FILE *out)
{
    struct diag *aside = diag_new();
    struct site site;
    struct theme theme;
    size_t count = 0;
    site_load(&site, root, arena, aside);
    theme_load(&theme, theme_folders(arena, root, themes), &site, aside);
    bool done = theme.dir && string_lock_write(&theme, diag, &count);
    if (done)
        fprintf(out, "recorded %zu text%s anew in %s/.lock/strings.json\n", count, count == 1 ? "" : "s",
                theme.dir);
    if (!theme.dir)
        diag_merge(diag, aside);
    theme_release(&theme);
    site_release(&site);
    diag_free(aside);
    return done;
}

int lock_run(const char *site, const char *themes, FILE *out, FILE *err)
{
    struct arena *arena = arena_new(0);
    struct diag *diag = diag_new();
    bool done = arena && diag && lock_theme(site, themes, arena, diag, out);
    if (diag)
        diag_print(diag, err);
    if (!done && (!arena || !diag || diag_errors(diag) == 0))
        fputs("guichet-gen: out of memory\n", err);
    diag_free(diag);
    arena_free(arena);
    return done ? 0 : 1;
}
