/* JSON goes straight into a buffer, with commas where they belong and times as people expect them. */
#include "../../api/server/write.h"

#include "../../lib/json.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>
#include <stdio.h>
#include <time.h>

static void commas_come_by_themselves(void **state)
{
    struct buf out;
    (void)state;
    buf_init(&out, 4096);
    write_begin(&out, NULL, '{');
    write_text(&out, "a", "x{");
    write_number(&out, "b", -12);
    write_begin(&out, "c", '[');
    write_begin(&out, NULL, '{');
    write_end(&out, '}');
    write_begin(&out, NULL, '{');
    write_bool(&out, "d", true);
    write_text(&out, "e", NULL);
    write_end(&out, '}');
    write_text(&out, NULL, "[");
    write_end(&out, ']');
    write_bool(&out, "f", false);
    write_end(&out, '}');
    assert_string_equal(out.data,
                        "{\"a\":\"x{\",\"b\":-12,\"c\":[{},{\"d\":true,\"e\":null},\"[\"],\"f\":false}");
    buf_release(&out);
}

static void numbers_reach_their_ends(void **state)
{
    struct buf out;
    (void)state;
    buf_init(&out, 4096);
    write_begin(&out, NULL, '[');
    write_number(&out, NULL, 0);
    write_number(&out, NULL, INT64_MAX);
    write_number(&out, NULL, INT64_MIN);
    write_end(&out, ']');
    assert_string_equal(out.data, "[0,9223372036854775807,-9223372036854775808]");
    buf_release(&out);
}

static void assert_time(int64_t ms, const char *want)
{
    struct buf out;
    buf_init(&out, 64);
    write_time(&out, NULL, ms);
    assert_string_equal(out.data, want);
    buf_release(&out);
}

static void times_are_iso(void **state)
{
    (void)state;
    assert_time(0, "null");
    assert_time(1, "\"1970-01-01T00:00:00.001Z\"");
    assert_time(1795342503120, "\"2026-11-22T10:15:03.120Z\"");
    assert_time(951782399999, "\"2000-02-28T23:59:59.999Z\"");
    assert_time(951782400000, "\"2000-02-29T00:00:00.000Z\"");
    assert_time(4107542399000, "\"2100-02-28T23:59:59.000Z\"");
    assert_time(4107542400000, "\"2100-03-01T00:00:00.000Z\"");
}

static void times_agree_with_the_calendar(void **state)
{
    (void)state;
    for (int64_t day = 1; day < 60000; day++) {
        char want[64];
        time_t seconds = (time_t)(day * 86400 + day % 86400);
        struct tm utc;
        gmtime_r(&seconds, &utc);
        strftime(want, sizeof want, "\"%Y-%m-%dT%H:%M:%S.000Z\"", &utc);
        assert_time((int64_t)seconds * 1000, want);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(commas_come_by_themselves),
        cmocka_unit_test(numbers_reach_their_ends),
        cmocka_unit_test(times_are_iso),
        cmocka_unit_test(times_agree_with_the_calendar),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
