/*
 * template_file: a file that is one template.
 */
#ifndef GUICHET_TEMPLATE_FILE_H
#define GUICHET_TEMPLATE_FILE_H

#include "../../lib/arena.h"
#include "../../lib/template.h"

#define TEMPLATE_CEILING (256 * 1024)

/* What every mail's HTML part stands in. */
#define MAIL_LAYOUT "mail/layout"

/*
 * "pages/home.html" -> "pages/home", in the arena. NULL: no template by its ending (.html, .txt). The HTML of
 * a single mail keeps its ending, since its text has the same name: "mail/reset.html" beside "mail/reset".
 */
char *template_file_name(struct arena *arena, const char *path);

/*
 * Compile the file under that name. False: errors in `diag`: it cannot be read, is empty or larger than
 * 256 KiB, does not compile, or there is one of that name.
 */
bool template_file_add(struct template_set *set, const char *name, const char *file, struct diag *diag);

#endif
