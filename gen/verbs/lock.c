#include "lock.h"

#include "../theme/file_lock.h"
#include "../theme/string_lock.h"

static bool record(const struct theme *theme, struct diag *diag, FILE *out)
{
    size_t count = 0;
    if (!string_lock_write(theme, diag, &count))
        return false;
    fprintf(out, "recorded %zu text%s anew in %s/.lock/strings.json\n", count, count == 1 ? "" : "s",
            theme->dir);
    if (theme->chain_len == 1)
        return true;
    if (!file_lock_write(theme, diag, &count))
        return false;
    fprintf(out, "recorded %zu file%s of its parents anew in %s/.lock/files\n", count, count == 1 ? "" : "s",
            theme->dir);
    return true;
}

/* What is wrong with the portal or the theme otherwise is told by a build. */
static bool lock_theme(const struct lock_options *options, struct arena *arena, struct diag *diag, FILE *out)
{
    struct diag *aside = diag_new();
    struct site site;
    struct theme theme;
    site_load(&site, options->site, arena, aside);
    if (options->theme) {
        site.theme_name = options->theme;
        site.theme_by_option = true;
    }
    theme_load(&theme, theme_folders(arena, options->site, options->themes), &site, aside);
    bool done = theme.dir && (options->diff ? file_lock_print(&theme, out, diag) : record(&theme, diag, out));
    if (!theme.dir)
        diag_merge(diag, aside);
    theme_release(&theme);
    site_release(&site);
    diag_free(aside);
    return done;
}

int lock_run(const struct lock_options *options, FILE *out, FILE *err)
{
    struct arena *arena = arena_new(0);
    struct diag *diag = diag_new();
    bool done = arena && diag && lock_theme(options, arena, diag, out);
    if (diag)
        diag_print(diag, err);
    if (!done && (!arena || !diag || diag_errors(diag) == 0))
        fputs("guichet-gen: out of memory\n", err);
    diag_free(diag);
    arena_free(arena);
    return done ? 0 : 1;
}
