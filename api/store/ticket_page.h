/*
 * ticket_page: all that a ticket's page tells, read at once and as one moment has it.
 */
#ifndef GUICHET_STORE_TICKET_PAGE_H
#define GUICHET_STORE_TICKET_PAGE_H

#include "participant.h"
#include "rating.h"

struct ticket_page {
    struct ticket ticket;
    int64_t follows;     /* the ticket that this one follows, as far as the viewer sees it; 0: none */
    int64_t followed_by; /* the latest that follows it, likewise */
    struct rating rating;
    struct participants participants;
    struct message_page latest; /* as ticket_messages_before() has it */
};

/* RC_NOT_FOUND: no such ticket for this viewer. */
enum rc ticket_page_get(struct store *store, struct arena *arena, const struct viewer *viewer, int64_t number,
                        struct ticket_page *page);

#endif
