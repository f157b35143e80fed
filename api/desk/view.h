/*
 * view: tickets as the team sees them: everything that is known, people by their full names.
 */
#ifndef GUICHET_DESK_VIEW_H
#define GUICHET_DESK_VIEW_H

#include "../server/request.h"

/* The members of a ticket that the queue and a ticket's page share; the caller opens and closes the object.
 */
void desk_view_ticket(struct request *request, const struct ticket *ticket);

#endif
