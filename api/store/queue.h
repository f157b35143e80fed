/*
 * queue: how many tickets are open where, for the team.
 */
#ifndef GUICHET_STORE_QUEUE_H
#define GUICHET_STORE_QUEUE_H

#include "ticket.h"

/* The open tickets of one stage in one inbox; of them the viewer's own, and those that nobody owns. */
struct queue {
    const char *inbox, *pipeline, *stage;
    int64_t open, mine, nobody;
};

/* Called with each; what it points at is gone afterwards. False: enough. */
typedef bool queue_visit(void *context, const struct queue *queue);

/* Visit every queue that has an open ticket. Who is not of the team sees none. */
enum rc queue_walk(struct store *store, const struct viewer *viewer, queue_visit *visit, void *context);

#endif
