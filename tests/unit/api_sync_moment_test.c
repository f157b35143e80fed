/* Times as other systems write them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../api/sync/moment.h"

static int64_t at(const char *text, int zone)
{
    int64_t ms = -1;
    return moment_read(text, zone, &ms) ? ms : -1;
}

static void test_reads_days_and_moments(void **state)
{
    (void)state;
    const int64_t moment = 1795342503000; /* date -ud 2026-11-22T10:15:03Z +%s000 */
    assert_int_equal(at("2026-11-22T10:15:03Z", 0), moment);
    assert_int_equal(at("2026-11-22 10:15:03", 0), moment);
    assert_int_equal(at("2026-11-22T10:15:03.1209Z", 600), moment + 120);
    assert_int_equal(at("2026-11-22 11:15:03 +0100", 0), moment);
    assert_int_equal(at("2026-11-22T06:45:03-03:30", 0), moment);
    assert_int_equal(at("2026-11-22 11:15", 60), moment - 3000);
    assert_int_equal(at("1970-01-02", 0), 24 * 60 * 60 * 1000);
    assert_int_equal(at("2024-02-29", 0), 1709164800000);
}

static void test_refuses_what_is_none(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "",
        "yesterday",
        "2026-02-29",
        "2026-13-01",
        "1969-12-31",
        "2026-1-1",
        "22.11.2026",
        "2026-11-22 25:00",
        "2026-11-22 10:60",
        "2026-11-22T10",
        "2026-11-22x",
        "2026-11-22 10:15:",
        "2026-11-22 10:15 CET",
        "2026-11-22 10:15:03.Z",
        "2026-11-22 10:15+16:00",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_int_equal(at(wrong[i], 0), -1);
}

static void test_reads_zones(void **state)
{
    int minutes;
    (void)state;
    assert_true(moment_zone("+01:00", &minutes) && minutes == 60);
    assert_true(moment_zone("-0330", &minutes) && minutes == -210);
    assert_true(moment_zone("Z", &minutes) && minutes == 0);
    assert_false(moment_zone("Paris", &minutes));
    assert_false(moment_zone("+1", &minutes));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reads_days_and_moments),
        cmocka_unit_test(test_refuses_what_is_none),
        cmocka_unit_test(test_reads_zones),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
