#include "lib_test.h"

#include "../../lib/buf.h"

static void a_new_buffer_reads_as_an_empty_string_without_memory(void **state)
{
    (void)state;
    struct buf buf;
    buf_init(&buf, 10);
    assert_string_equal(buf.data, "");
    assert_int_equal(buf.len, 0);
    assert_int_equal(buf.cap, 0);
    buf_add(&buf, NULL, 0);
    buf_adds(&buf, "");
    buf_cut(&buf, 0);
    buf_reset(&buf);
    assert_int_equal(buf.cap, 0);
    assert_true(buf_ok(&buf));
    buf_release(&buf);
    buf_release(&buf);
}

static void additions_follow_each_other_and_end_with_a_nul(void **state)
{
    (void)state;
    struct buf buf;
    buf_init(&buf, 1000);
    buf_adds(&buf, "ticket ");
    buf_addc(&buf, '#');
    buf_addf(&buf, "%d by %s", 1042, "Anna");
    buf_add(&buf, "!??", 1);
    assert_string_equal(buf.data, "ticket #1042 by Anna!");
    assert_int_equal(buf.len, strlen(buf.data));
    buf_release(&buf);
}

static void bytes_may_be_nul(void **state)
{
    (void)state;
    struct buf buf;
    buf_init(&buf, 10);
    buf_add(&buf, "a\0b", 3);
    buf_addc(&buf, '\0');
    assert_int_equal(buf.len, 4);
    assert_memory_equal(buf.data, "a\0b\0", 5);
    buf_release(&buf);
}

static void the_ceiling_may_be_reached_but_not_passed(void **state)
{
    (void)state;
    struct buf buf;
    buf_init(&buf, 5);
    buf_adds(&buf, "12345");
    assert_true(buf_ok(&buf));
    buf_addc(&buf, '6');
    assert_false(buf_ok(&buf));
    assert_string_equal(buf.data, "12345");
    buf_release(&buf);
}

static void after_a_failure_nothing_more_is_added(void **state)
{
    (void)state;
    struct buf buf;
    buf_init(&buf, 5);
    buf_adds(&buf, "123");
    buf_adds(&buf, "456");
    buf_adds(&buf, "4");
    buf_addc(&buf, '4');
    buf_addf(&buf, "%d", 4);
    assert_null(buf_room(&buf, 1));
    assert_string_equal(buf.data, "123");
    assert_false(buf_ok(&buf));
    buf_reset(&buf);
    assert_true(buf_ok(&buf));
    buf_adds(&buf, "12345");
    assert_string_equal(buf.data, "12345");
    buf_release(&buf);
}

static void a_formatted_addition_counts_against_the_ceiling_too(void **state)
{
    (void)state;
    for (size_t ceiling = 0; ceiling < 200; ceiling++) {
        struct buf buf;
        buf_init(&buf, ceiling);
        buf_adds(&buf, "ab");
        buf_addf(&buf, "%0*d", 98, 7);
        assert_true(buf_ok(&buf) == (ceiling >= 100));
        assert_int_equal(buf.len, ceiling >= 100 ? 100 : ceiling >= 2 ? 2 : 0);
        assert_int_equal(strlen(buf.data), buf.len);
        buf_release(&buf);
    }
}

static void lengths_that_would_overflow_are_refused(void **state)
{
    (void)state;
    struct buf buf;
    buf_init(&buf, SIZE_MAX);
    buf_addc(&buf, 'x');
    buf_add(&buf, "y", SIZE_MAX);
    assert_false(buf_ok(&buf));
    assert_string_equal(buf.data, "x");
    buf_release(&buf);
}

static void memory_grows_by_doubling(void **state)
{
    (void)state;
    struct buf buf;
    int moves = 0;
    size_t cap = 0;
    buf_init(&buf, 10 * 1024 * 1024);
    for (int i = 0; i < 1024 * 1024; i++) {
        buf_addc(&buf, 'x');
        moves += buf.cap != cap;
        cap = buf.cap;
    }
    assert_int_equal(buf.len, 1024 * 1024);
    assert_true(moves < 20);
    buf_release(&buf);
}

static void cutting_shortens_only(void **state)
{
    (void)state;
    struct buf buf;
    buf_init(&buf, 100);
    buf_adds(&buf, "open,closed,");
    buf_cut(&buf, 100);
    assert_string_equal(buf.data, "open,closed,");
    buf_cut(&buf, buf.len - 1);
    assert_string_equal(buf.data, "open,closed");
    buf_cut(&buf, 0);
    assert_string_equal(buf.data, "");
    buf_release(&buf);
}

static void room_is_filled_in_place(void **state)
{
    (void)state;
    struct buf buf;
    buf_init(&buf, 100);
    buf_adds(&buf, "a");
    char *room = buf_room(&buf, 99);
    assert_non_null(room);
    memset(room, 'b', 99);
    buf_filled(&buf, 3);
    assert_string_equal(buf.data, "abbb");
    assert_non_null(buf_room(&buf, 96));
    buf_filled(&buf, 0);
    assert_null(buf_room(&buf, 97));
    assert_string_equal(buf.data, "abbb");
    buf_release(&buf);
}

static void taking_hands_the_bytes_over_and_empties(void **state)
{
    (void)state;
    struct buf buf;
    size_t len;
    buf_init(&buf, 100);
    buf_adds(&buf, "yours");
    char *taken = buf_take(&buf, &len);
    assert_string_equal(taken, "yours");
    assert_int_equal(len, 5);
    assert_string_equal(buf.data, "");
    free(taken);

    taken = buf_take(&buf, NULL);
    assert_string_equal(taken, "");
    free(taken);

    buf_adds(&buf, "x");
    buf_add(&buf, "y", 1000);
    assert_null(buf_take(&buf, &len));
    assert_int_equal(len, 0);
    assert_true(buf_ok(&buf));
    assert_int_equal(buf.len, 0);
    buf_release(&buf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_buffer_reads_as_an_empty_string_without_memory),
        cmocka_unit_test(additions_follow_each_other_and_end_with_a_nul),
        cmocka_unit_test(bytes_may_be_nul),
        cmocka_unit_test(the_ceiling_may_be_reached_but_not_passed),
        cmocka_unit_test(after_a_failure_nothing_more_is_added),
        cmocka_unit_test(a_formatted_addition_counts_against_the_ceiling_too),
        cmocka_unit_test(lengths_that_would_overflow_are_refused),
        cmocka_unit_test(memory_grows_by_doubling),
        cmocka_unit_test(cutting_shortens_only),
        cmocka_unit_test(room_is_filled_in_place),
        cmocka_unit_test(taking_hands_the_bytes_over_and_empties),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
