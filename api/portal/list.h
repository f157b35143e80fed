/*
 * list: a page of tickets as an answer. Which they are, the request's query says (query.h).
 */
#ifndef GUICHET_LIST_PORTAL_H
#define GUICHET_LIST_PORTAL_H

#include "../server/request.h"

/* Writes a ticket's members; the caller opens and closes the object. */
typedef void list_item(struct request *request, const struct ticket *ticket);

enum problem list_answer(struct request *request, list_item *write);

#endif
