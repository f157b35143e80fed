/*
 * query: which tickets a request asks for: the list, its counts and its export read it alike, here.
 *
 *     view=company|mine|shared  status=open|closed|all  q=words  sort=PROPERTY or -PROPERTY  after=CURSOR
 *     f.PROPERTY=...     by its type: options "a,b" (any of them); a part of a text; "from..to" of numbers
 *                        and days, either may be left out; "yes" or "no"
 *     view=nobody        at the desk: tickets that nobody owns
 *
 * It may be sorted by the portal's columns and filtered by its filters, nothing else (T25): an order by what
 * is not shown would tell what it is. To the team everything shows.
 */
#ifndef GUICHET_QUERY_PORTAL_H
#define GUICHET_QUERY_PORTAL_H

#include "../server/request.h"

/* Does the desk ask? It names people fully, and sorts and filters by anything, the inbox too ("f.inbox"). */
bool query_is_desk(const struct request *request);

/*
 * Read them, and `more` (ended by a row without name; NULL: none). PROBLEM_BAD_INPUT: the request's errors
 * name the parameter, where one is to blame. PROBLEM_DENIED: the view.
 */
enum problem query_read(struct request *request, struct ticket_query *query, const struct request_text *more);

#endif
