/*
 * participant_inside: participants on a connection that is in use; internal to this room.
 */
#ifndef GUICHET_STORE_PARTICIPANT_INSIDE_H
#define GUICHET_STORE_PARTICIPANT_INSIDE_H

#include "db.h"
#include "participant.h"

/* Add those of the ticket to the list; `may_share` stays. */
enum rc participant_read(struct conn *conn, struct arena *arena, const struct viewer *viewer, int64_t number,
                         struct participants *participants);

#endif
