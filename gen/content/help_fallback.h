/*
 * help_fallback: every article in every language of the portal.
 */
#ifndef GUICHET_HELP_FALLBACK_H
#define GUICHET_HELP_FALLBACK_H

#include "help.h"

/*
 * From the texts that were read, make `articles` hold each article once for each of the site's languages,
 * with its address: in that language, or else in the same language of another region, in the portal's default
 * language, in English, in any. Unsorted; of `in_locale` there is the room. Errors: two texts at one address.
 * Warnings: a text that is not translated, once, and a language in which there is nothing at all.
 */
void help_fill_languages(struct help *help, const struct site *site, struct diag *diag);

/* Whose text the article shows, when it is not in its readers' own language; else NULL. `in_locale` is known.
 */
const struct article *help_original(const struct help *help, const struct site *site,
                                    const struct article *article);

/* Are the two the same but for the region, so that who reads one reads the other as well? */
bool help_same_language(const char *tag, const char *other);

#endif
