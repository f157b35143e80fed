/*
 * list: the tickets of a list that is not the plain one: searched, filtered, or in another order; internal to
 * this room.
 *
 * The plain list, by last activity, is the statements' (ticket.c chooses) and stays as quick however many
 * tickets there are. Here a statement is put together (list.c). Where the newest activity comes first it
 * walks the same indexes and stops when the page is full; any other order is that of all tickets of the
 * viewer, or of all that was found. How a search goes about it: list_walk.c.
 */
#ifndef GUICHET_STORE_LIST_H
#define GUICHET_STORE_LIST_H

#include "db.h"
#include "ticket.h"

/* Is it a list for this file? */
bool list_is_special(const struct ticket_query *wanted);

/*
 * Visit the tickets of `wanted`, at most `limit` (0: all), each made in `rows`, which `visit` may reset. The
 * statement lives in `arena`.
 */
enum rc list_visit(struct conn *conn, struct arena *arena, struct arena *rows, const struct viewer *viewer,
                   const struct ticket_query *wanted, int limit, ticket_visit *visit, void *context);

/* How many are open and closed, whatever status is wanted. */
enum rc list_count(struct conn *conn, struct arena *arena, const struct viewer *viewer,
                   const struct ticket_query *wanted, struct ticket_counts *counts);

#endif
