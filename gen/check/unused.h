/*
 * unused: strings of a theme that nobody will ever read.
 */
#ifndef GUICHET_UNUSED_H
#define GUICHET_UNUSED_H

#include "../theme/theme.h"

/*
 * Every text of the chain's reference language that no template of the chain names, mails included, and that
 * the program does not ask for (`needed`) is a warning. A template that names a whole group uses all of it.
 * What scripts say stands in templates, too.
 */
void unused_check(const struct theme *theme, bool (*needed)(const char *key), struct diag *diag);

#endif
