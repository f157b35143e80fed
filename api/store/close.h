/*
 * close: closing a ticket, and taking that back for a few seconds.
 */
#ifndef GUICHET_STORE_CLOSE_H
#define GUICHET_STORE_CLOSE_H

#include "ticket.h"

#define CLOSE_UNDO_MS 10000

/*
 * Close a ticket that the viewer sees: stage, time, who, audit; the mail to the inbox is owed a little after
 * it can no longer be undone. What is closed already stays as it is. `*undo_until`: 0 when it is too late, or
 * somebody else closed it.
 */
enum rc ticket_close(struct store *store, const struct viewer *viewer, int64_t number, const char *stage,
                     int64_t now, int64_t *undo_until);

/* Everything as before, the mail too. RC_CONFLICT: too late, or another closed it. An open one is RC_OK. */
enum rc ticket_close_undo(struct store *store, const struct viewer *viewer, int64_t number, int64_t now);

#endif
