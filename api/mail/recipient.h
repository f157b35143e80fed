/*
 * recipient: may this mail still go to whom it was meant for?
 */
#ifndef GUICHET_RECIPIENT_H
#define GUICHET_RECIPIENT_H

#include "../server/snapshot.h"
#include "../store/outbox.h"
#include "../store/store.h"

/*
 * Nobody is told of what they may not see, by the rule as it is now, and who is not let in any more is told
 * of nothing but the tickets that they filed by mail: to these they have no other way. RC_NOT_FOUND: it may
 * not go. The team's inboxes see everything, and a mail about no ticket is always its recipient's own.
 */
enum rc recipient_may_see(struct store *store, struct arena *arena, const struct snapshot *snapshot,
                          const struct outbox_mail *mail, int64_t now);

/* RC_NOT_FOUND: its recipient chose not to be told of this kind of thing (mail_choice.h). */
enum rc recipient_wants(struct store *store, const struct outbox_mail *mail);

#endif
