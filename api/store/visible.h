/*
 * visible: who may see what, said once, as SQL.
 *
 * Every statement that returns tickets, messages or files has these pieces inside its own WHERE, joined at
 * compile time. They speak of the tables by their own names (ticket, message) and of the viewer by three
 * parameters: :staff (0 or 1), :person, :company (NULL: no company view).
 *
 * A list reads one index for each way to be allowed (VISIBLE_OWN, VISIBLE_COMPANY), merges what they give,
 * and asks the whole rule again of each row it returns.
 */
#ifndef GUICHET_STORE_VISIBLE_H
#define GUICHET_STORE_VISIBLE_H

#define VISIBLE_STAFF ":staff"
#define VISIBLE_OWN "ticket.requester_id = :person"
#define VISIBLE_COMPANY "ticket.company_id = :company"

#define VISIBLE_TICKET "(" VISIBLE_STAFF " OR " VISIBLE_OWN " OR " VISIBLE_COMPANY ")"

/* Besides the ticket's. */
#define VISIBLE_MESSAGE "(" VISIBLE_STAFF " OR message.internal = 0)"

#endif
