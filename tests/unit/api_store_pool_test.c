/* Readers are lent in turn: whoever has waited for long is not passed over. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../api/store/db.h"
#include "../../api/store/pool.h"

#include <stdatomic.h>
#include <time.h>

struct scene {
    struct pool pool;
    struct conn conns[2];
    atomic_int order; /* who got it: the digits of this number */
    atomic_int lent, late;
};

static void note(struct scene *scene, int who)
{
    atomic_store(&scene->order, atomic_load(&scene->order) * 10 + who);
}

static void wait_ms(long ms)
{
    nanosleep(&(struct timespec){.tv_nsec = ms * 1000000L}, NULL);
}

static bool somebody_waits(struct pool *pool)
{
    pthread_mutex_lock(&pool->lock);
    bool waits = pool->first != NULL;
    pthread_mutex_unlock(&pool->lock);
    return waits;
}

static void *wait_and_note(void *context)
{
    struct scene *scene = context;
    struct conn *conn = pool_take(&scene->pool);
    note(scene, 2);
    pool_give(&scene->pool, conn);
    return NULL;
}

static void test_who_comes_again_does_not_pass_who_waited_for_long(void **state)
{
    struct scene scene = {.order = 0};
    pthread_t waiter;
    (void)state;
    pool_init(&scene.pool);
    pool_add(&scene.pool, &scene.conns[0]);
    struct conn *conn = pool_take(&scene.pool);
    assert_int_equal(pthread_create(&waiter, NULL, wait_and_note, &scene), 0);
    for (int i = 0; i < 5000 && !somebody_waits(&scene.pool); i++)
        wait_ms(1);
    wait_ms(50);
    pool_give(&scene.pool, conn);
    conn = pool_take(&scene.pool);
    note(&scene, 1);
    pool_give(&scene.pool, conn);
    pthread_join(waiter, NULL);
    assert_int_equal(atomic_load(&scene.order), 21);
    pool_destroy(&scene.pool);
}

static void test_while_the_pool_is_drained_nobody_gets_one_and_afterwards_everybody(void **state)
{
    struct scene scene = {.order = 0};
    pthread_t waiters[4];
    (void)state;
    pool_init(&scene.pool);
    pool_add(&scene.pool, &scene.conns[0]);
    pool_add(&scene.pool, &scene.conns[1]);
    pool_drain(&scene.pool);
    for (int i = 0; i < 4; i++)
        assert_int_equal(pthread_create(&waiters[i], NULL, wait_and_note, &scene), 0);
    wait_ms(20);
    assert_int_equal(atomic_load(&scene.order), 0);
    pool_refill(&scene.pool);
    for (int i = 0; i < 4; i++)
        pthread_join(waiters[i], NULL);
    assert_true(atomic_load(&scene.order) > 0);
    assert_int_equal(scene.pool.idle_count, 2);
    pool_destroy(&scene.pool);
}

static void *take_and_keep(void *context)
{
    struct scene *scene = context;
    struct conn *conn = pool_take(&scene->pool);
    atomic_fetch_add(&scene->lent, 1);
    for (int i = 0; i < 5000 && atomic_load(&scene->lent) < 2; i++)
        wait_ms(1);
    if (atomic_load(&scene->lent) < 2)
        atomic_store(&scene->late, 1);
    pool_give(&scene->pool, conn);
    return NULL;
}

static bool two_wait(struct pool *pool)
{
    pthread_mutex_lock(&pool->lock);
    bool two = pool->first != pool->last;
    pthread_mutex_unlock(&pool->lock);
    return two;
}

/* Each must have one while the other has one. Both are given back before the first who waits has woken up: it
 * is the only one that was called. */
static void test_two_given_back_at_once_serve_two(void **state)
{
    (void)state;
    for (int round = 0; round < 40; round++) {
        struct scene scene = {.order = 0};
        pthread_t takers[2];
        pool_init(&scene.pool);
        for (int i = 0; i < 2; i++)
            pool_add(&scene.pool, &scene.conns[i]);
        struct conn *one = pool_take(&scene.pool), *other = pool_take(&scene.pool);
        for (int i = 0; i < 2; i++)
            assert_int_equal(pthread_create(&takers[i], NULL, take_and_keep, &scene), 0);
        while (!two_wait(&scene.pool))
            wait_ms(0);
        pool_give(&scene.pool, one);
        pool_give(&scene.pool, other);
        for (int i = 0; i < 2; i++)
            pthread_join(takers[i], NULL);
        assert_int_equal(atomic_load(&scene.late), 0);
        pool_destroy(&scene.pool);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_who_comes_again_does_not_pass_who_waited_for_long),
        cmocka_unit_test(test_two_given_back_at_once_serve_two),
        cmocka_unit_test(test_while_the_pool_is_drained_nobody_gets_one_and_afterwards_everybody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
