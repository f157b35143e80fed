/*
 * participant: colleagues in copy. Who is added to a ticket sees it and gets its mail, as long as the
 * settings let participants count (visible_rule.h).
 *
 * Staff, the requester and colleagues of the ticket's company who see it may add and remove; everybody may
 * take themselves out. Added are contacts of the ticket's company, up to PARTICIPANTS_MAX.
 */
#ifndef GUICHET_STORE_PARTICIPANT_H
#define GUICHET_STORE_PARTICIPANT_H

#include "ticket.h"

enum { PARTICIPANTS_MAX = 20 };

struct participant {
    int64_t person_id;
    const char *first_name, *last_name;
};

struct participants {
    struct participant list[PARTICIPANTS_MAX];
    size_t count;
    bool may_share; /* the viewer may add and remove */
};

/* Is anything shared with them? */
enum rc participant_is_any(struct store *store, const struct viewer *viewer, bool *any);

/*
 * Add whoever has this address: row, mail to them, audit; twice is once. `participants` gets the list as it
 * is then: what was committed is never answered as failed. RC_DENIED: the viewer may not. RC_BAD_INPUT: there
 * is nobody who can be added under that address; unknown, disabled, of another company or of the team: after
 * the same work, so that neither answer nor time tells which. RC_CONFLICT: it is full.
 */
enum rc participant_add(struct store *store, struct arena *arena, const struct viewer *viewer, int64_t number,
                        const char *email, int64_t now, struct participants *participants);

/* Remove them, and the mails that are still owed to them as a participant. Who is none is gone already. */
enum rc participant_remove(struct store *store, const struct viewer *viewer, int64_t number,
                           int64_t person_id, int64_t now);

#endif
