#include "own.h"

#include <string.h>

#include "preview_pages.h"

const struct own_file *own_find(const char *name)
{
    for (size_t i = 0; i < sizeof own_files / sizeof own_files[0]; i++) {
        if (strcmp(own_files[i].name, name) == 0)
            return &own_files[i];
    }
    return NULL;
}
