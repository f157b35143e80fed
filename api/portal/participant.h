/*
 * participant: colleagues in copy, as a ticket's page has them.
 */
#ifndef GUICHET_PORTAL_PARTICIPANT_H
#define GUICHET_PORTAL_PARTICIPANT_H

#include "../server/request.h"
#include "../store/participant.h"

/* "participants": [{"id", "name", "me"}], "may_share": whether the viewer may add and remove. */
void participant_view(struct request *request, const struct participants *participants);

#endif
