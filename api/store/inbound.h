/*
 * inbound: mail that came in: what became of it, and what waits for the team (quarantine).
 *
 * One row for each mail, by a key of its sender and its Message-ID, so that the same mail never counts twice
 * (T36). Rows are kept for INBOUND_DAYS; what still waits then is discarded.
 */
#ifndef GUICHET_STORE_INBOUND_H
#define GUICHET_STORE_INBOUND_H

#include "store.h"

#include <stddef.h>

enum {
    INBOUND_KEY_BYTES = 32,
    INBOUND_DAYS = 30,
    INBOUND_WAITING_MAX = 1000, /* mails that wait; a later one has the oldest discarded */
};

struct inbound_row {
    int64_t id; /* given by the store */
    unsigned char key[INBOUND_KEY_BYTES];
    int64_t received_at;
    const char *state;  /* "reply", "ticket", "bounce", "quarantined", "accepted", "discarded", "refused" */
    const char *reason; /* "" or a word of the program, see api/mail/inbound_decide.h */
    const char *sender, *subject;
    int64_t person_id;          /* 0: nobody's */
    int64_t number;             /* of the ticket; 0: none */
    size_t size;                /* of what waits */
    const unsigned char *words; /* INBOUND_KEY_BYTES: a hash of what it says; NULL: not kept */
};

/* RC_OK: this mail was dealt with before; RC_NOT_FOUND: never seen. */
enum rc inbound_seen(struct store *store, const unsigned char key[INBOUND_KEY_BYTES]);

/* Write down what became of a mail; `raw` (NULL: nothing) is kept of what waits. RC_CONFLICT: seen before. */
enum rc inbound_add(struct store *store, const struct inbound_row *row, const char *raw, size_t len);

/* How many mails of this person became tickets (or, all: anything) since then. */
enum rc inbound_count(struct store *store, int64_t person_id, bool tickets, int64_t since, int64_t *count);

/* How many of them went to one ticket, and how many of these (`*alike`) said the same; `words` NULL: nothing
 * is compared. */
enum rc inbound_alike(struct store *store, int64_t person_id, int64_t number, const unsigned char *words,
                      int64_t since, int64_t *count, int64_t *alike);

typedef bool inbound_visit(void *context, const struct inbound_row *row);

/* What waits, the oldest first, as long as `visit` answers true. Texts are in the arena. */
enum rc inbound_walk(struct store *store, struct arena *arena, inbound_visit *visit, void *context);

/* One that waits, and its bytes, in the arena. RC_NOT_FOUND: it does not wait. `raw` may be NULL. */
enum rc inbound_get(struct store *store, struct arena *arena, int64_t id, struct inbound_row *row,
                    const char **raw, size_t *len);

/* It waits no more: "accepted" as this person's words on this ticket, or "discarded" (0, 0); by whom (0: who
 * runs the machine). RC_NOT_FOUND: it does not wait. */
enum rc inbound_decide(struct store *store, int64_t id, const char *state, int64_t person_id, int64_t number,
                       int64_t by, int64_t now);

/* A mail that was sent came back: it counts as given up, with the reason. RC_NOT_FOUND: none of that number
 * was sent. A ticket is never touched by it (T39). */
enum rc outbox_bounced(struct store *store, int64_t id, const char *why, int64_t now);

#endif
