#include "rollback.h"

#include "../publish/publish.h"
#include "../site/site.h"

int rollback_run(const char *site, const char *out, FILE *said, FILE *err)
{
    struct arena *arena = arena_new(0);
    struct diag *diag = diag_new();
    bool done = false;
    if (arena && diag) {
        const char *dir = out ? out : site_path(arena, site, "out");
        done = publish_rollback(dir, diag);
        diag_print(diag, err);
        if (done)
            fprintf(said, "rolled back %s: what was served until now is in %s/previous\n", dir, dir);
    }
    if (!done && (!diag || diag_errors(diag) == 0))
        fputs("guichet-gen: out of memory\n", err);
    diag_free(diag);
    arena_free(arena);
    return done ? 0 : 1;
}
