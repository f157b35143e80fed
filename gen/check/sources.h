/*
 * sources: the files of a folder that people filled.
 */
#ifndef GUICHET_SOURCES_H
#define GUICHET_SOURCES_H

#include "../../lib/diag.h"
#include "../../lib/fs.h"

/*
 * Every regular file below `dir`, as fs_walk() has it. Symbolic links are warnings, since they are left out.
 * False: an error in `diag`; the list is empty.
 */
bool sources_list(const char *dir, struct arena *arena, struct fs_entry **entries, size_t *count,
                  struct diag *diag);

#endif
