#include "sources.h"

bool sources_list(const char *dir, struct arena *arena, struct fs_entry **entries, size_t *count,
                  struct diag *diag)
{
    const char *failed;
    size_t kept = 0, all = 0;
    int error = fs_walk_sources(dir, arena, entries, &all, &failed);
    *count = 0;
    if (error) {
        diag_unread(diag, failed, error, 0);
        return false;
    }
    for (size_t i = 0; i < all; i++) {
        if ((*entries)[i].link)
            diag_warning(diag, (struct place){.file = fs_join(arena, dir, (*entries)[i].path)},
                         "is a symbolic link and left out; put the file itself here");
        else
            (*entries)[kept++] = (*entries)[i];
    }
    *count = kept;
    return true;
}
