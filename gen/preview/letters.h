/*
 * letters: the portal's mails in a state, as their readers get them.
 *
 *     /__preview/<look>/<state>/@mail/en/reset.html   the part that most programs show
 *     /__preview/<look>/<state>/@mail/en/reset.txt    subject and text
 *
 * They are shown in every state whose fixture says what fills them ("mails", fixtures.h).
 */
#ifndef GUICHET_PREVIEW_LETTERS_H
#define GUICHET_PREVIEW_LETTERS_H

#include "scene.h"

#define PREVIEW_MAIL "/@mail"
#define LETTERS_PAGE "mails" /* what the page with all pages calls them */

enum letter_part { LETTER_HTML, LETTER_TEXT, LETTER_SUBJECT };

/* Does the state show mails? */
bool letters_in(const json_t *state);

/*
 * One part of a mail, filled with what the state says; in the arena. `mails` are those of the scene or of the
 * pseudo-language. NULL: there is no such mail or language, or no memory.
 */
const char *letter_part(const struct scene *scene, const json_t *mails, const json_t *state,
                        const char *locale, const char *id, enum letter_part part, struct arena *arena);

#endif
