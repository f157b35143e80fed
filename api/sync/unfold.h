/*
 * unfold: tickets that hold their messages, as records of their own.
 *
 *     {"type": "ticket", "id": "12", "text": "It is on fire", "messages": [{"id": "1", ...}], ...}
 *
 * is the ticket, a message "12/text" of its requester, and message "1".
 */
#ifndef GUICHET_SYNC_UNFOLD_H
#define GUICHET_SYNC_UNFOLD_H

#include <jansson.h>

/* The first message of a ticket that says its text. A new reference; NULL: it says none. */
json_t *unfold_text(const json_t *ticket);

/* One of its "messages" as a record. A new reference. */
json_t *unfold_message(const json_t *ticket, const json_t *message);

/* What is left of the ticket when they are out; a "messages" that is no list stays, to be refused. */
void unfold_rest(json_t *ticket);

#endif
