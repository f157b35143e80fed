/*
 * audit: what was done, by whom, when and from where: sign-ins, changes of access, exports, erasures (X16).
 *
 * Rows are added and never changed or removed, by anybody: triggers refuse it. That is why a row names people
 * and tickets by their numbers alone, and why its detail is a word of the program or of the settings ("oidc",
 * a group's id), never what somebody typed: an erasure then has nothing to erase here. They are kept as long
 * as the store is.
 *
 * Actions are words with dots, the thing first: "session.begin", "access.add". What changes the store writes
 * its row in the same transaction (audit_add(), within the store); audit_write() is for what changes nothing
 * else, as an export.
 */
#ifndef GUICHET_STORE_AUDIT_H
#define GUICHET_STORE_AUDIT_H

#include "person.h"

/*
 * Whatever this thread writes from now on was done by this administrator ("uid 1000, people set") or program
 * ("token 3"; NULL: by the person that the row names, or by ourselves), from this place as server/place.h has
 * it (NULL: none). Of an IPv4 address the network of 256 is kept. Both are copied.
 */
void audit_source(const char *actor, const char *place);

/* One row in a transaction of its own. `person_id` 0: not known; `number` 0: no ticket; `detail` may be NULL.
 */
enum rc audit_write(struct store *store, int64_t now, int64_t person_id, const char *action, int64_t number,
                    const char *detail);

struct audit_row {
    int64_t id, at;
    int64_t person_id;                           /* 0: not known */
    const char *email, *first_name, *last_name;  /* NULL: there is no such person (any more) */
    const char *role;                            /* "contact", "agent", "admin" */
    const char *actor, *place, *action, *detail; /* NULL: none, but for the action */
    int64_t number;                              /* 0: no ticket */
};

struct audit_query {
    const char *action;         /* it begins like this; NULL: all */
    int64_t person_id;          /* 0: all */
    int64_t from;               /* at this moment or later */
    int64_t until;              /* before this one; 0: until now */
    int64_t after_at, after_id; /* behind the row of these; 0: from the newest on */
};

/* False ends the walk. What the row points at is valid until the next one. */
typedef bool audit_visit(void *context, const struct audit_row *row);

/* The newest first; at most `limit` (-1: all). */
enum rc audit_walk(struct store *store, const struct audit_query *wanted, int64_t limit, audit_visit *visit,
                   void *context);

#endif
