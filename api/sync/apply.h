/*
 * apply: brings records of another system into the store: the one way in for imports of every kind.
 *
 * Records are applied in their order, all of a batch in one transaction; one that is refused keeps nothing of
 * its own, and nobody else out. What brings what it brought last is passed over, so the same batch again
 * changes nothing. No mail is owed, the index of the search learns the words, and who sees what follows the
 * portal's rule as of tickets that were filed here.
 */
#ifndef GUICHET_SYNC_APPLY_H
#define GUICHET_SYNC_APPLY_H

#include "../../lib/portal.h"
#include "record.h"

enum { SYNC_BATCH_MAX = 1000 }; /* records */

struct sync_wanted {
    const char *source; /* the other system: an id */
    int zone;           /* minutes: of times that name none */
    bool dry;           /* only tell what would be */
    bool no_companies;  /* a contact's company_name makes none: who brings it along may not */
    bool no_team;       /* nobody new is of the team */
};

/*
 *     {"created": 3, "changed": 1, "same": 40,
 *      "errors": [{"record": 7, "field": "requester", "message": "..", "unknown": ["contact", "c-1"]}]}
 *
 * A new reference. NULL: the store failed, and nothing was done; `*rc` says why.
 */
json_t *sync_apply(struct store *store, const struct portal *portal, const struct sync_wanted *wanted,
                   const json_t *records, enum rc *rc);

/* --- for the kinds ---------------------------------------------------------------------------------------
 */

struct turn {
    struct record record;
    struct sync *sync;
    const struct portal *portal;
    const struct sync_wanted *wanted;
    int64_t local; /* what it is here; 0: new */
    int64_t now;
};

/* Each answers what it is here; 0: refused, with an error said, or the store failed. */
int64_t sync_put_company(struct turn *turn);
int64_t sync_put_contact(struct turn *turn);
int64_t sync_put_ticket(struct turn *turn);
int64_t sync_put_message(struct turn *turn);

/* What a member names: by the id that it has there or, with "@", by its address. 0: not known, and said. */
int64_t sync_refer(struct turn *turn, const char *field, enum sync_kind kind, const char *name);

bool sync_knows(struct turn *turn, enum sync_kind kind, const char *name);

/* The first name of a member that may have several, with semicolons between them. NULL: none. */
const char *sync_first(struct turn *turn, const char *field);

/* The properties that it says as the store keeps them, in the arena. NULL: none; faults are said. */
const char *sync_properties(struct turn *turn, enum portal_object of);

#endif
