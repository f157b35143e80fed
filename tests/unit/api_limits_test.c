/* Limits let a burst pass, then one try at a time, each key for itself, in bounded memory (T03, T04). */
#include "../../api/server/limits.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>
#include <pthread.h>
#include <sodium.h>
#include <stdatomic.h>
#include <stdio.h>

#define NOW INT64_C(1700000000000)

static const struct limit five = {"five", 5, 1000};

static int begin(void **state)
{
    if (sodium_init() < 0)
        return -1;
    *state = limits_new(1024);
    return *state ? 0 : -1;
}

static int end(void **state)
{
    limits_free(*state);
    return 0;
}

static void empty_bucket(struct limits *limits, const char *key)
{
    for (int i = 0; i < 5; i++)
        assert_int_equal(limits_take(limits, &five, key, "", NOW), 0);
}

static void a_burst_passes_and_then_waits(void **state)
{
    empty_bucket(*state, "anna");
    assert_int_equal(limits_take(*state, &five, "anna", "", NOW), 1000);
    assert_int_equal(limits_take(*state, &five, "anna", "", NOW + 400), 600);
}

static void refused_tries_cost_nothing(void **state)
{
    empty_bucket(*state, "anna");
    for (int i = 0; i < 100; i++)
        assert_int_equal(limits_take(*state, &five, "anna", "", NOW), 1000);
    assert_int_equal(limits_take(*state, &five, "anna", "", NOW + 1000), 0);
    assert_int_equal(limits_take(*state, &five, "anna", "", NOW + 1000), 1000);
}

static void a_rest_fills_the_bucket(void **state)
{
    empty_bucket(*state, "anna");
    for (int i = 0; i < 5; i++)
        assert_int_equal(limits_take(*state, &five, "anna", "", NOW + 3600000), 0);
    assert_int_not_equal(limits_take(*state, &five, "anna", "", NOW + 3600000), 0);
}

static void keys_and_limits_are_apart(void **state)
{
    static const struct limit other = {"other", 1, 1000};
    empty_bucket(*state, "anna");
    assert_int_equal(limits_take(*state, &five, "bob", "", NOW), 0);
    assert_int_equal(limits_take(*state, &five, "anna", "1.2.3.4", NOW), 0);
    assert_int_equal(limits_take(*state, &five, "ann", "a", NOW), 0);
    assert_int_equal(limits_take(*state, &other, "anna", "", NOW), 0);
}

static void a_try_can_be_given_back(void **state)
{
    empty_bucket(*state, "anna");
    limits_give(*state, &five, "anna", "", NOW);
    assert_int_equal(limits_wait(*state, &five, "anna", "", NOW), 0);
    assert_int_equal(limits_take(*state, &five, "anna", "", NOW), 0);
    assert_int_equal(limits_wait(*state, &five, "anna", "", NOW), 1000);
    limits_give(*state, &five, "nobody", "", NOW);
    assert_int_equal(limits_wait(*state, &five, "nobody", "", NOW), 0);
}

static void strangers_do_not_empty_the_table(void **state)
{
    char key[32];
    int kept = 0;
    empty_bucket(*state, "anna");
    for (int i = 0; i < 100000; i++) {
        snprintf(key, sizeof key, "stranger %d", i);
        limits_take(*state, &five, key, "", NOW);
    }
    kept = limits_wait(*state, &five, "anna", "", NOW) > 0;
    assert_true(kept); /* the emptiest bucket is the last to go */
}

struct race {
    struct limits *limits;
    atomic_int passed;
};

static void *race_run(void *context)
{
    struct race *race = context;
    for (int i = 0; i < 25; i++)
        if (limits_take(race->limits, &five, "anna", "", NOW) == 0)
            atomic_fetch_add(&race->passed, 1);
    return NULL;
}

static void a_race_passes_no_more(void **state)
{
    struct race race = {.limits = *state};
    pthread_t threads[8];
    for (int i = 0; i < 8; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, race_run, &race), 0);
    for (int i = 0; i < 8; i++)
        pthread_join(threads[i], NULL);
    assert_int_equal(atomic_load(&race.passed), 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_burst_passes_and_then_waits, begin, end),
        cmocka_unit_test_setup_teardown(refused_tries_cost_nothing, begin, end),
        cmocka_unit_test_setup_teardown(a_rest_fills_the_bucket, begin, end),
        cmocka_unit_test_setup_teardown(keys_and_limits_are_apart, begin, end),
        cmocka_unit_test_setup_teardown(a_try_can_be_given_back, begin, end),
        cmocka_unit_test_setup_teardown(strangers_do_not_empty_the_table, begin, end),
        cmocka_unit_test_setup_teardown(a_race_passes_no_more, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
