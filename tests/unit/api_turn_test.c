/* What takes long does not take all threads (T45, T46). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../api/ops/config.h"
#include "../../api/server/server.h"
#include "../../api/server/turn.h"

enum { MINUTE = 60 * 1000 };

static struct config config = {.threads = 8};
static struct server server = {.config = &config};

static enum problem begins(int64_t person, int64_t now, const struct turn_kind *kind, struct turn *turn)
{
    struct request request = {.server = &server, .now = now};
    request.session.own_id = person;
    enum problem problem = turn_begin(&request, kind, turn);
    assert_true(problem == PROBLEM_NONE || request.retry_ms > 0);
    return problem;
}

static void one_person_has_as_many_as_are_set_and_others_have_theirs(void **state)
{
    static const struct turn_kind kind = {"test", 4, 2, INT64_MAX};
    struct turn turns[4], refused;
    (void)state;
    for (int i = 0; i < 2; i++)
        assert_int_equal(begins(1, 0, &kind, &turns[i]), PROBLEM_NONE);
    assert_int_equal(begins(1, 0, &kind, &refused), PROBLEM_TOO_MANY_ATTEMPTS);
    for (int i = 2; i < 4; i++)
        assert_int_equal(begins(i, 0, &kind, &turns[i]), PROBLEM_NONE);
    assert_int_equal(begins(9, 0, &kind, &refused), PROBLEM_TOO_MANY_ATTEMPTS);
    turn_end(&turns[1]);
    assert_int_equal(begins(9, 0, &kind, &turns[1]), PROBLEM_NONE);
    turn_end(&refused); /* holds none: nothing */
    for (int i = 0; i < 4; i++)
        turn_end(&turns[i]);
}

static void all_files_together_leave_half_of_the_threads(void **state)
{
    struct turn turns[4], refused;
    (void)state;
    for (int i = 0; i < 4; i++)
        assert_int_equal(begins(10 + i, 0, &turn_of_files, &turns[i]), PROBLEM_NONE);
    assert_int_equal(begins(20, 0, &turn_of_files, &refused), PROBLEM_TOO_MANY_ATTEMPTS);
    for (int i = 0; i < 4; i++)
        turn_end(&turns[i]);
}

static void who_takes_very_long_keeps_nobody_else_out(void **state)
{
    static const struct turn_kind kind = {"test", 1, 1, MINUTE};
    struct turn slow, later, refused;
    (void)state;
    assert_int_equal(begins(1, 0, &kind, &slow), PROBLEM_NONE);
    assert_int_equal(begins(2, MINUTE - 1, &kind, &refused), PROBLEM_TOO_MANY_ATTEMPTS);
    assert_int_equal(begins(2, MINUTE, &kind, &later), PROBLEM_NONE);
    assert_int_equal(begins(1, 2 * MINUTE, &kind, &refused), PROBLEM_TOO_MANY_ATTEMPTS);
    turn_end(&slow);
    turn_end(&later);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_person_has_as_many_as_are_set_and_others_have_theirs),
        cmocka_unit_test(all_files_together_leave_half_of_the_threads),
        cmocka_unit_test(who_takes_very_long_keeps_nobody_else_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
