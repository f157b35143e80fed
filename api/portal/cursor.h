/*
 * cursor: where a page of the list ended, as an opaque text. It names a place, not a right: what may be seen
 * is asked anew for every page.
 */
#ifndef GUICHET_CURSOR_H
#define GUICHET_CURSOR_H

#include "../store/ticket.h"

/* The place behind a ticket of this list, in the arena. NULL: no memory. */
const char *cursor_write(struct arena *arena, const struct ticket_query *query, const struct ticket *last);

/* Set query->after, the order being known. False: no cursor of ours. */
bool cursor_read(struct arena *arena, const char *text, struct ticket_query *query);

#endif
