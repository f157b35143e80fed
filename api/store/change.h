/*
 * change: what the team sets of a ticket: whose it is, its inbox, stage and properties; one at a time.
 */
#ifndef GUICHET_STORE_CHANGE_H
#define GUICHET_STORE_CHANGE_H

#include "ticket.h"

struct ticket_change {
    const char
        *what; /* "owner", "inbox", "stage", "category", "priority", or "own": the admin's own properties */
    const char
        *value; /* an id or an option; of "own" a JSON object, in which null takes one away; NULL: none */
    int64_t owner_id; /* of "owner"; 0: nobody */
    bool closed;      /* of "stage": is it a closed one? */
    int64_t version;  /* the ticket's as it was read */
    const char *told; /* for the audit log: "stage: waiting", of "own" the id alone */
};

/* RC_CONFLICT: the ticket has another version by now; nothing was changed. */
enum rc ticket_change(struct store *store, const struct viewer *viewer, int64_t number,
                      const struct ticket_change *change, int64_t now);

/* The newest message of a ticket (0: it has none) and the ticket's version. */
enum rc ticket_latest(struct store *store, const struct viewer *viewer, int64_t number, int64_t *message_id,
                      int64_t *version);

struct teammate {
    int64_t id;
    const char *first_name, *last_name;
};

/* Called with each; what it points at is gone afterwards. */
typedef void teammate_visit(void *context, const struct teammate *teammate);

/* Agents and administrators who are not disabled. */
enum rc team_walk(struct store *store, teammate_visit *visit, void *context);

#endif
