/*
 * pool: the connections that read, and who waits for one; internal to this room.
 *
 * Who comes while one is idle takes it, even before somebody who was woken and has no processor yet: that
 * wastes nothing. But nobody is passed over for long: from a while on, those who wait are served in the order
 * in which they came.
 */
#ifndef GUICHET_STORE_POOL_H
#define GUICHET_STORE_POOL_H

#include <pthread.h>
#include <stdbool.h>

struct conn;
struct pool_waiter;

struct pool {
    pthread_mutex_t lock;
    pthread_cond_t all_idle;
    struct conn *idle;
    int idle_count, count;
    bool draining;                    /* none is handed out */
    struct pool_waiter *first, *last; /* who waits, in the order in which they came */
};

void pool_init(struct pool *pool);
void pool_destroy(struct pool *pool);

/* One more. */
void pool_add(struct pool *pool, struct conn *conn);

/* Borrow one; waits for it. */
struct conn *pool_take(struct pool *pool);
void pool_give(struct pool *pool, struct conn *conn);

/* Wait until all are idle, and hand out none until pool_refill(). */
void pool_drain(struct pool *pool);
void pool_refill(struct pool *pool);

#endif
