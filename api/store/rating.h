/*
 * rating: how it went, as whoever asked says once their ticket is closed.
 *
 * There is one of a ticket at most. It outlives the ticket's being opened again, and can be changed when it
 * is closed once more. The requester and the team see it; nobody else does.
 */
#ifndef GUICHET_STORE_RATING_H
#define GUICHET_STORE_RATING_H

#include "ticket.h"

/* So long after the first change the inbox gets one mail about it and those that followed: whoever goes on
 * changing does not put it off. */
#define RATING_MAIL_MS 10000

struct rating {
    const char *score;   /* "good" or "bad"; NULL: none was given, or it is not for this viewer */
    const char *comment; /* plain text as of a message; "": none */
};

/* May this viewer rate it now? */
bool rating_may(const struct viewer *viewer, const struct ticket *ticket);

/* May this viewer read what was said? It stands in the ticket's page (ticket_page.h). */
bool rating_shows(const struct viewer *viewer, const struct ticket *ticket);

/*
 * Rate it, or change that: rating, mail to the inbox, audit; one transaction. The same again changes nothing
 * (`*changed`). RC_DENIED: the viewer did not ask, is of the team, or the ticket is open.
 */
enum rc rating_set(struct store *store, struct arena *arena, const struct viewer *viewer, int64_t number,
                   const struct rating *rating, int64_t now, bool *changed);

#endif
