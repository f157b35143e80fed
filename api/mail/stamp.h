/*
 * stamp: what a mail carries besides its words, so that what comes back is known (an answer by where it is
 * sent to, a bounce by what it is about), and so that it stands in the reader's own program below the mails
 * that it belongs to; and the way to be told no more of its kind.
 */
#ifndef GUICHET_MAIL_STAMP_H
#define GUICHET_MAIL_STAMP_H

#include "../../lib/arena.h"
#include "../server/snapshot.h"
#include "../store/outbox.h"
#include "letter.h"
#include "reply_token.h"

struct stamp {
    struct store *store;
    struct arena *arena;
    const struct snapshot *snapshot;
    const struct reply_key *key;
    const char *reply_address; /* "": mails cannot be answered by mail */
};

/* On a composed letter. False: no memory, or the store cannot be read. */
bool stamp_letter(const struct stamp *stamp, const struct outbox_mail *mail, int64_t now,
                  struct letter *letter);

#endif
