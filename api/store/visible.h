/*
 * visible: who may see what, said once, as SQL.
 *
 * Every statement that returns tickets, messages or files has these pieces inside its own WHERE. They speak
 * of the tables by their own names (ticket, thread, message) and of the viewer by parameters: :staff (0 or
 * 1), :person, :company (NULL: no company view).
 *
 * What the settings of a portal say besides stands as four parameters more: :ticket_shows, :thread_shows,
 * :message_shows and :shared_shows (whether being a participant counts). query_begin_as() puts the conditions
 * of the viewer's rule (visible_rule.h) in their place, or binds 1 to them where the settings say nothing;
 * who forgets it has a parameter that nobody bound, an error. None of them holds for staff.
 *
 * A list reads one index for each way to be allowed (VISIBLE_OWN, VISIBLE_COMPANY, those that
 * VISIBLE_PARTICIPANT joins), each with VISIBLE_SHOWS, merges what they give, and asks the whole rule again
 * of each row it returns.
 */
#ifndef GUICHET_STORE_VISIBLE_H
#define GUICHET_STORE_VISIBLE_H

#define VISIBLE_STAFF ":staff"
#define VISIBLE_OWN "ticket.requester_id = :person"
#define VISIBLE_COMPANY "ticket.company_id = :company"
/* Who left the company has left what was shared with them there. */
#define VISIBLE_PARTICIPANT                                                                                  \
    "participant.person_id = :person AND :shared_shows"                                                      \
    " AND ticket.company_id = (SELECT viewing.company_id FROM person AS viewing WHERE viewing.id = :person)"
#define VISIBLE_SHARED                                                                                       \
    "EXISTS (SELECT 1 FROM participant WHERE participant.ticket = ticket.number AND " VISIBLE_PARTICIPANT ")"

/* The tickets that were shared with somebody: few, however many there are. */
#define VISIBLE_SHARED_TICKETS                                                                               \
    "participant INDEXED BY participant_by_person CROSS JOIN ticket ON ticket.number = participant.ticket"

/* Besides any of the ways to be allowed, but for staff. */
#define VISIBLE_SHOWS ":ticket_shows"

#define VISIBLE_TICKET                                                                                       \
    "(" VISIBLE_STAFF " OR ((" VISIBLE_OWN " OR " VISIBLE_COMPANY " OR " VISIBLE_SHARED                      \
    ") AND " VISIBLE_SHOWS "))"

/* Besides the ticket's. */
#define VISIBLE_MESSAGE "(" VISIBLE_STAFF " OR (message.internal = 0 AND :message_shows))"

/* The threads of a ticket that customers see; a reply goes to the latest of them. */
#define VISIBLE_THREAD ":thread_shows"

#endif
