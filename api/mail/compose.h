/*
 * compose: from what is owed to a letter: who it is from, and its words by the portal's patterns.
 */
#ifndef GUICHET_COMPOSE_H
#define GUICHET_COMPOSE_H

#include "../../lib/arena.h"
#include "../../lib/portal.h"
#include "../store/outbox.h"
#include "letter.h"

/*
 * Fill `letter` with texts in the arena. `origin`: where links lead ("https://support.example.com"); never
 * anything a request said (T07). `secret`: a reset's token or a sign-up's code, else NULL; it stands in the
 * link's fragment, which browsers send to nobody (T08). `*why` (static text) says what is missing when the
 * answer is false.
 */
bool compose(struct letter *letter, struct arena *arena, const struct portal *portal, const char *origin,
             const struct outbox_mail *mail, const char *secret, int64_t now, const char **why);

#endif
