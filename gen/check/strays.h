/*
 * strays: files in content/ that nothing reads, because of a slip in their name or of settings that do not
 * name them. What lies in folders of the admin's own is no concern of ours.
 */
#ifndef GUICHET_STRAYS_H
#define GUICHET_STRAYS_H

#include "../site/site.h"

/*
 * Warn of each JSON file and style sheet right in content/ that has none of the names known there, and of
 * each file in content/forms that the settings do not name.
 */
void strays_check(const struct site *site, struct diag *diag);

#endif
