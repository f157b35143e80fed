/*
 * deliver: the thread that pays what hooks are owed.
 *
 * Some of each hook at a time, so that one that hangs holds up nobody else. What is not taken is tried again,
 * later each time, until it has been owed for too long (GUICHET_WEBHOOK_GIVE_UP) or the hook says that it is
 * gone for good (410): then it is given up, which the log tells, and the next one of its ticket has its turn.
 * What was on its way when the program ended is sent again: hooks tell it by its id.
 */
#ifndef GUICHET_WEBHOOK_DELIVER_H
#define GUICHET_WEBHOOK_DELIVER_H

#include "../ops/config.h"
#include "../store/store.h"

struct webhooks;

/* NULL: it could not start. Both must outlive it. */
struct webhooks *webhooks_start(struct store *store, const struct config *config);

/* What is on its way has a moment to end. NULL is fine. */
void webhooks_stop(struct webhooks *webhooks);

#endif
