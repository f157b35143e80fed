/*
 * string_lock: which text of the reference language each translation was made from.
 *
 * themes/<theme>/.lock/strings.json holds, by language and key, a short hash of the reference's text and one
 * of the translation: {"fr": {"list.title": "1a2b3c4d 5e6f7a8b"}}. When the reference has changed since, and
 * the translation has not, nobody has looked at it again. Only the theme itself is looked at, not its
 * ancestors.
 */
#ifndef GUICHET_STRING_LOCK_H
#define GUICHET_STRING_LOCK_H

#include "theme.h"

/*
 * A warning for each such text in a language of the portal; none where nothing is recorded. `reference`: the
 * strings of THEME_REFERENCE.
 */
void string_lock_check(const struct theme *theme, const struct site *site, const json_t *reference,
                       struct diag *diag);

/*
 * Record all translations of the theme as they are now. `count`: how many texts were not as they had been
 * recorded. False: errors in `diag`.
 */
bool string_lock_write(const struct theme *theme, struct diag *diag, size_t *count);

#endif
