/*
 * customer: what of a ticket its requester sees, asked by the team: by the same rule as when they look.
 */
#ifndef GUICHET_CUSTOMER_H
#define GUICHET_CUSTOMER_H

#include "../server/request.h"

/*
 * The request's `customer` becomes what the requester sees of the conversation before a message (0: its end):
 * nothing, when they do not see the ticket; that is in `shows`. RC_NOT_FOUND: the caller sees no such ticket.
 */
enum rc customer_read(struct request *request, int64_t number, int64_t before, bool *shows);

#endif
