/*
 * texts: do the texts of a settings file speak the portal's languages?
 */
#ifndef GUICHET_TEXTS_H
#define GUICHET_TEXTS_H

#include "../site/site.h"

/*
 * Every text of a checked file, by its table. A warning: a language of the portal that has no text (and
 * shows the default language's), or a language that the portal does not speak (once for the file). An
 * error: no text fits at all.
 */
void texts_check(const struct settings_file *file, const struct site *site, struct diag *diag);

#endif
