/*
 * template_file: a file that is one template.
 */
#ifndef GUICHET_TEMPLATE_FILE_H
#define GUICHET_TEMPLATE_FILE_H

#include "../../lib/arena.h"
#include "../../lib/template.h"

#define TEMPLATE_CEILING (256 * 1024)

/* "pages/home.html" -> "pages/home", in the arena. NULL: no template by its ending (.html, .txt). */
char *template_file_name(struct arena *arena, const char *path);

/*
 * Compile the file under that name. False: errors in `diag`: it cannot be read, is empty or larger than
 * 256 KiB, does not compile, or there is one of that name.
 */
bool template_file_add(struct template_set *set, const char *name, const char *file, struct diag *diag);

#endif
