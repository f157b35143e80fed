/*
 * explain: why somebody sees a ticket, or does not; for those who run the portal, not for viewers.
 */
#ifndef GUICHET_STORE_EXPLAIN_H
#define GUICHET_STORE_EXPLAIN_H

#include "../../lib/portal.h"
#include "person.h"
#include "ticket.h"

/* The ways to a ticket that a person has, whatever the settings say of it. */
struct explained {
    const char *subject;
    const char *requester; /* the address */
    const char *company;   /* NULL: none */
    const char *inbox;
    bool is_requester;
    bool is_of_company; /* it is of the person's company, whether or not they may see that one's tickets */
    bool is_shared;     /* they are a participant */
};

/* RC_NOT_FOUND: there is no such ticket. */
enum rc explain_ticket(struct store *store, struct arena *arena, const struct person *person, int64_t number,
                       struct explained *explained);

/* Does the ticket, or the contact, of this number or id match the filter? */
enum rc explain_filter(struct store *store, struct arena *arena, const struct portal_filter *filter,
                       enum portal_object of, int64_t id, int64_t now, bool *matches);

/* Is this contact marked as a manager of their company? */
enum rc explain_manager(struct store *store, int64_t person_id, bool *manager);

#endif
