/*
 * collect: the thread that fetches mail from a mailbox, now and then, into the folder of mail that has
 * arrived (spool.h).
 *
 * A mail counts as seen there once it is asked for. Which one that is is written down before, in
 * DATA/imap.uid, and it is asked for again until it is kept here: nothing is lost, and what is kept twice
 * counts once (T36).
 */
#ifndef GUICHET_COLLECT_H
#define GUICHET_COLLECT_H

#include "../ops/config.h"

struct collect;

/* NULL: it could not start. Nothing is done where no mailbox is set. `data`: the data folder. Both must
 * outlive it. */
struct collect *collect_start(const struct config *config, const char *data);

/* Finish the mail at hand, then end. NULL is fine. */
void collect_stop(struct collect *collect);

#endif
