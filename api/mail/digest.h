/*
 * digest: several replies on one ticket as one mail, for those who chose that (mail_choice.h).
 *
 * They wait in the outbox, each as its own, until the first of them is due; then one mail tells all of them.
 * For the outbox that is the first one, of whose Message-ID it is; the others say that they went with it.
 */
#ifndef GUICHET_DIGEST_H
#define GUICHET_DIGEST_H

#include "../server/snapshot.h"
#include "../store/outbox.h"

/*
 * What goes out with `mail`, which is due: `*first` and those behind it (`next`), in the order in which they
 * were written; for others than those, `mail` alone. Whatever its recipient may not see or does not want is
 * dropped. RC_NOT_FOUND: nothing is left to be sent.
 */
enum rc digest_gather(struct store *store, struct arena *arena, const struct snapshot *snapshot,
                      struct outbox_mail *mail, int64_t now, struct outbox_mail **first);

#endif
