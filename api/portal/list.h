/*
 * list: tickets as answers, as the portal or the desk writes them. Which ones a list has, the request's query
 * says (query.h).
 */
#ifndef GUICHET_LIST_PORTAL_H
#define GUICHET_LIST_PORTAL_H

#include "../server/request.h"

/* Writes a ticket's members; the caller opens and closes the object. */
typedef void list_item(struct request *request, const struct ticket *ticket);

enum problem list_answer(struct request *request, list_item *write);

/* The same of one ticket's page: the ticket, what the caller may do with it, and the end of its conversation.
 */
enum problem ticket_answer(struct request *request, list_item *write);

#endif
