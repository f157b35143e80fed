/*
 * own: what the store holds about one person, for themselves to take away.
 *
 * Everything is read in pages, so that nobody waits for a reader while a slow client takes what was read.
 */
#ifndef GUICHET_STORE_OWN_H
#define GUICHET_STORE_OWN_H

#include "../../lib/buf.h"
#include "ticket.h"

enum own_part {
    OWN_PERSON,
    OWN_CONSENTS,
    OWN_SESSIONS,
    OWN_IDENTITIES,
    OWN_GROUPS,
    OWN_RATINGS,
    OWN_SHARED,
    OWN_AUDIT,
};

/*
 * Append the next rows of a part to `out`, each a JSON object, with commas between; `*after` is 0 at first
 * and moves on. `*count`: how many there were; 0: no more.
 */
enum rc own_rows(struct store *store, enum own_part part, int64_t person_id, int64_t *after, struct buf *out,
                 size_t *count);

#define OWN_NUMBERS 500

struct own_number {
    int64_t number;     /* of a ticket */
    int64_t message_id; /* of own_messages() */
};

/* The next tickets that they asked for and may see, after this number; at most OWN_NUMBERS. */
enum rc own_tickets(struct store *store, const struct viewer *viewer, int64_t after,
                    struct own_number *numbers, size_t *count);

/* The next public messages that they wrote in tickets of others that they may see, after this one. */
enum rc own_messages(struct store *store, const struct viewer *viewer, int64_t after,
                     struct own_number *numbers, size_t *count);

/* Did this session of theirs begin after that moment? RC_NOT_FOUND: it did not. */
enum rc own_is_recent(struct store *store, int64_t person_id, const char *session_id, int64_t since);

#endif
