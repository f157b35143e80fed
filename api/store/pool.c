#include "pool.h"

#include "db.h"

#include <stdint.h>
#include <time.h>

enum { PATIENCE_US = 4000 };

struct pool_waiter {
    struct pool_waiter *next;
    struct conn *given;
    pthread_cond_t wake;
    int64_t since;
};

static int64_t now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

void pool_init(struct pool *pool)
{
    *pool = (struct pool){0};
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->all_idle, NULL);
}

void pool_destroy(struct pool *pool)
{
    pthread_mutex_destroy(&pool->lock);
    pthread_cond_destroy(&pool->all_idle);
}

static void push(struct pool *pool, struct conn *conn)
{
    conn->next = pool->idle;
    pool->idle = conn;
    pool->idle_count++;
}

static struct conn *pop(struct pool *pool)
{
    struct conn *conn = pool->idle;
    pool->idle = conn->next;
    pool->idle_count--;
    return conn;
}

void pool_add(struct pool *pool, struct conn *conn)
{
    push(pool, conn);
    pool->count++;
}

static void enqueue(struct pool *pool, struct pool_waiter *waiter)
{
    if (pool->last)
        pool->last->next = waiter;
    else
        pool->first = waiter;
    pool->last = waiter;
}

/* Give this one to who has waited longest. */
static void serve_first(struct pool *pool, struct conn *conn)
{
    struct pool_waiter *first = pool->first;
    first->given = conn;
    pool->first = first->next;
    if (!pool->first)
        pool->last = NULL;
    pthread_cond_signal(&first->wake);
}

static bool has_waited_long(const struct pool *pool)
{
    return pool->first && now_us() - pool->first->since >= PATIENCE_US;
}

static void serve_all(struct pool *pool)
{
    while (pool->first && pool->idle && !pool->draining)
        serve_first(pool, pop(pool));
}

/*
 * The first who waits looks again when woken; the others are given theirs or come first in turn. Who was
 * woken serves all, as several given back in between woke only the one.
 */
static struct conn *wait_for_one(struct pool *pool)
{
    struct pool_waiter self = {.since = now_us()};
    pthread_cond_init(&self.wake, NULL);
    enqueue(pool, &self);
    while (!self.given) {
        pthread_cond_wait(&self.wake, &pool->lock);
        serve_all(pool);
    }
    pthread_cond_destroy(&self.wake);
    return self.given;
}

struct conn *pool_take(struct pool *pool)
{
    pthread_mutex_lock(&pool->lock);
    bool free = pool->idle && !pool->draining && !has_waited_long(pool);
    struct conn *conn = free ? pop(pool) : wait_for_one(pool);
    pthread_mutex_unlock(&pool->lock);
    return conn;
}

void pool_give(struct pool *pool, struct conn *conn)
{
    pthread_mutex_lock(&pool->lock);
    if (!pool->draining && has_waited_long(pool)) {
        serve_first(pool, conn);
    } else {
        push(pool, conn);
        if (pool->draining)
            pthread_cond_signal(&pool->all_idle);
        else if (pool->first)
            pthread_cond_signal(&pool->first->wake);
    }
    pthread_mutex_unlock(&pool->lock);
}

void pool_drain(struct pool *pool)
{
    pthread_mutex_lock(&pool->lock);
    pool->draining = true;
    while (pool->idle_count < pool->count)
        pthread_cond_wait(&pool->all_idle, &pool->lock);
    pthread_mutex_unlock(&pool->lock);
}

void pool_refill(struct pool *pool)
{
    pthread_mutex_lock(&pool->lock);
    pool->draining = false;
    serve_all(pool);
    pthread_mutex_unlock(&pool->lock);
}
