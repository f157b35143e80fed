/*
 * deliver: the thread that pays what the outbox owes.
 *
 * Each mail becomes a file data/mail/<UTC time>-<outbox id>.eml, which appears whole or not at all. What
 * fails is tried again, later each time; nothing is dropped.
 */
#ifndef GUICHET_DELIVER_H
#define GUICHET_DELIVER_H

#include "../server/snapshot.h"
#include "../store/store.h"

struct deliver;

/* NULL: it could not start. Both must outlive it. */
struct deliver *deliver_start(struct store *store, struct snapshots *snapshots);

/* Finish the mail at hand, then end. NULL is fine. */
void deliver_stop(struct deliver *deliver);

#endif
