/*
 * mail_thread: which mails belong together: those that somebody wrote about a ticket, and those they got.
 */
#ifndef GUICHET_STORE_MAIL_THREAD_H
#define GUICHET_STORE_MAIL_THREAD_H

#include "store.h"

#include <stddef.h>

enum { MAIL_REFS_MAX = 12 };

/* One of the two: what came in by its Message-ID, what went out by its number in the outbox. */
struct mail_ref {
    const char *mail_id; /* without angle brackets; NULL: it went out */
    int64_t outbox_id;
};

/*
 * The latest mails about this ticket that somebody wrote or got, the oldest first; `person_id` 0: the team,
 * who got all that customers wrote. Without `outbox_id`, which is about to be sent. Texts are in the arena.
 */
enum rc mail_refs(struct store *store, struct arena *arena, int64_t number, int64_t person_id,
                  int64_t outbox_id, struct mail_ref refs[MAIL_REFS_MAX], size_t *count);

/* The ticket that a mail is about that went out, or that this person wrote. RC_NOT_FOUND: none. */
enum rc mail_ref_ticket(struct store *store, const struct mail_ref *ref, int64_t person_id, int64_t *number);

#endif
