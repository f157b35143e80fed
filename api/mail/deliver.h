/*
 * deliver: the thread that pays what the outbox owes.
 *
 * What the mail server does not take now is tried again, later each time, for about three days; what it
 * refuses, or still does not take, is given up: kept with the reason, for somebody to look at. While the
 * server is away all mail waits, and none of it grows old by that.
 */
#ifndef GUICHET_DELIVER_H
#define GUICHET_DELIVER_H

#include "../ops/config.h"
#include "../server/snapshot.h"
#include "../store/store.h"

struct deliver;

/* NULL: it could not start. All must outlive it. */
struct deliver *deliver_start(struct store *store, struct snapshots *snapshots, const struct config *config);

/* Finish the mail at hand, then end. NULL is fine. */
void deliver_stop(struct deliver *deliver);

#endif
