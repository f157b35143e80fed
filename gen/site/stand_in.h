/*
 * stand_in: settings to go on with when some were refused.
 *
 * Templates and mails are looked at by rendering them, which wants complete settings. So that a mistake in
 * content/ does not hide one in a theme, what was refused is replaced by its default or by anything that
 * fits, and what one setting says about another is left out. Nothing is ever published that was made so.
 */
#ifndef GUICHET_STAND_IN_H
#define GUICHET_STAND_IN_H

#include "site.h"

/* Give the file a value and a draft that are complete; it may have failed to load. False: it has none. */
bool stand_in_for_file(struct settings_file *file, const struct setting *table, const char *locale);

/* The same for all files of the site, and what it borrows from them. */
bool stand_in_for_site(struct site *site);

#endif
