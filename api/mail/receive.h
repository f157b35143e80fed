/*
 * receive: the thread that deals with mail that has arrived (spool.h), one after the other.
 */
#ifndef GUICHET_RECEIVE_H
#define GUICHET_RECEIVE_H

#include "../ops/config.h"
#include "../server/snapshot.h"
#include "../store/store.h"

struct receive;

/* NULL: it could not start. All must outlive it. */
struct receive *receive_start(struct store *store, struct snapshots *snapshots, const struct config *config);

/* Finish the mail at hand, then end. NULL is fine. */
void receive_stop(struct receive *receive);

#endif
