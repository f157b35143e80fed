/*
 * erasure: people who ask that what is held about them be erased (X8). Carrying it out is erase.h's.
 *
 * Only customers ask, and only once at a time. Nothing happens before somebody of the team has approved it
 * and the time to think it over has passed, whichever comes later; until it begins it can be withdrawn or
 * declined. Each step is in the audit log, which names people by their numbers alone.
 */
#ifndef GUICHET_STORE_ERASURE_H
#define GUICHET_STORE_ERASURE_H

#include "store.h"

struct erasure {
    int64_t id, person_id;
    const char *email, *first_name, *last_name;
    const char *company; /* NULL: none */
    int64_t asked_at, due_at;
    int64_t approved_at;                                  /* 0: not yet */
    const char *approver_first_name, *approver_last_name; /* NULL: not yet, or at the machine */
    int64_t begun_at;                                     /* 0: not yet */
    int64_t ended_at;                                     /* 0: it waits, or is under way */
    const char *outcome;                                  /* "done", "withdrawn", "declined"; NULL: not yet */
    const char *reason;                                   /* of who declined it; NULL: none */
};

/*
 * Ask for it, and owe the mail that says so. `due_at`: when the time to think it over ends. RC_CONFLICT: they
 * have asked already. RC_DENIED: they are of the team, or there is nobody any more.
 */
enum rc erasure_ask(struct store *store, int64_t person_id, int64_t due_at, int64_t now);

/* What they asked for last, whatever became of it. RC_NOT_FOUND: they never did. */
enum rc erasure_last(struct store *store, struct arena *arena, int64_t person_id, struct erasure *erasure);

/* They think otherwise, and get a mail that says so. RC_NOT_FOUND: they have not asked. RC_CONFLICT: it has
 * begun. */
enum rc erasure_withdraw(struct store *store, int64_t person_id, int64_t now);

/* The next that wait or are under way, behind the one of this id, the oldest first. */
enum rc erasure_walk(struct store *store, struct arena *arena, int64_t after, int64_t limit,
                     bool (*each)(void *context, const struct erasure *erasure), void *context);

/* What carrying it out would take: theirs, as far as it is there. */
struct erasure_extent {
    int64_t tickets, messages, files;
};

/* RC_NOT_FOUND: it does not wait, and is not under way. */
enum rc erasure_measure(struct store *store, int64_t id, struct erasure_extent *extent);

/* Approve it; `by` 0: an administrator at the machine. Once more is RC_OK, too. RC_NOT_FOUND: there is none,
 * or it has ended. */
enum rc erasure_approve(struct store *store, int64_t id, int64_t by, int64_t now);

/* Decline it, approved or not; they get a mail with the reason. RC_CONFLICT: it has begun. */
enum rc erasure_decline(struct store *store, int64_t id, int64_t by, const char *reason, int64_t now);

#endif
