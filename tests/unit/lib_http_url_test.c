#include "../../lib/http/url.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static int arena_make(void **state)
{
    *state = arena_new(0);
    return *state ? 0 : -1;
}

static int arena_drop(void **state)
{
    arena_free(*state);
    return 0;
}

static void assert_same(const char *got, const char *want, const char *input)
{
    if ((got == NULL) != (want == NULL) || (got && strcmp(got, want) != 0))
        fail_msg("%s: want %s, got %s", input, want ? want : "(null)", got ? got : "(null)");
}

static void paths_are_decoded_once(void **state)
{
    static const char *const pairs[][2] = {
        {"/", "/"},         {"/support/en/", "/support/en/"},
        {"/a%20b", "/a b"}, {"/caf%C3%A9", "/caf\xc3\xa9"},
        {"/%2561", "/%61"}, {"/a+b", "/a+b"},
        {"/...", "/..."},   {"/.well-known", "/.well-known"},
        {"/a//b", "/a//b"}, {"/%7euser;x=1", "/~user;x=1"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        assert_same(url_path(*state, pairs[i][0]), pairs[i][1], pairs[i][0]);
}

static void paths_that_two_readers_read_differently_are_refused(void **state)
{
    static const char *const odd[] = {
        "",
        "a",
        "*",
        "http://a/",
        "//evil.example",
        "/.",
        "/..",
        "/../x",
        "/a/../b",
        "/a/./b",
        "/a/..",
        "/%2e%2e/x",
        "/.%2E/x",
        "/a%2fb",
        "/a%2Fb",
        "/a\\b",
        "/a%5cb",
        "/%00",
        "/a%00.html",
        "/a%0a",
        "/a%7f",
        "/a\tb",
        "/a b",
        "/a#b",
        "/%",
        "/%4",
        "/%zz",
        "/a%4",
        "/%ff",
        "/%c0%af",
        "/%ed%a0%80",
        "/%c3",
        "/caf\xc3\xa9",
        "/%2e",
        "/a%2",
    };
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
        assert_same(url_path(*state, odd[i]), NULL, odd[i]);
}

static void queries_are_plain(void **state)
{
    (void)state;
    assert_true(url_query_is_sane(""));
    assert_true(url_query_is_sane("status=open&q=%C3%A9{}|?/"));
    assert_false(url_query_is_sane("a=1#b"));
    assert_false(url_query_is_sane("a b"));
    assert_false(url_query_is_sane("a\x01"));
    assert_false(url_query_is_sane("\xc3\xa9"));
}

static void parameters_are_found_and_decoded(void **state)
{
    static const char *const rows[][3] = {
        {"a=1&b=2", "a", "1"},
        {"a=1&b=2", "b", "2"},
        {"a=1&b=2", "c", NULL},
        {"", "a", NULL},
        {"a", "a", ""},
        {"a=", "a", ""},
        {"a=b=c", "a", "b=c"},
        {"&&a=1&", "a", "1"},
        {"ab=1&a=2", "a", "2"},
        {"a=1&ab=2", "ab", "2"},
        {"%61=1", "a", "1"},
        {"two+words=one+%2B+one", "two words", "one + one"},
        {"a=%C3%A9", "a", "\xc3\xa9"},
        {"a=line%0D%0Atwo", "a", "line\r\ntwo"},
        {"a=1&a=2", "a", NULL},
        {"a=1&%61=2", "a", NULL},
        {"a=%zz", "a", NULL},
        {"a=%4", "a", NULL},
        {"a=%", "a", NULL},
        {"a=%00", "a", NULL},
        {"a=%ff", "a", NULL},
        {"%zz=1&a=2", "a", "2"},
        {"a%00b=1", "a", NULL},
        {"=1&a=2", "a", "2"},
        {"a=1&b=%zz", "a", "1"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_same(url_param(*state, rows[i][0], rows[i][1]), rows[i][2], rows[i][0]);
}

static void cookies_are_found_once_or_not_at_all(void **state)
{
    static const char *const rows[][3] = {
        {"a=1", "a", "1"},       {"a=1; b=2", "b", "2"},  {"a=1;b=2", "b", "2"},
        {"a=1; b=2 ", "b", "2"}, {"xa=1; a=2", "a", "2"}, {"a=", "a", ""},
        {"a", "a", NULL},        {"ab=1", "a", NULL},     {"A=1", "a", NULL},
        {"a=1=2", "a", "1=2"},   {"a=1; a=1", "a", NULL}, {"a=1; b=2; a=3", "a", NULL},
        {"; ;a=1", "a", "1"},    {"", "a", NULL},         {"b=a=1", "a", NULL},
    };
    struct http_head head = {.count = 1};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        head.fields[0] = (struct http_field){"cookie", rows[i][0]};
        assert_same(url_cookie(*state, &head, rows[i][1]), rows[i][2], rows[i][0]);
    }
}

static void cookies_are_looked_for_in_every_field(void **state)
{
    struct http_head head = {.count = 3,
                             .fields = {{"Cookie", "a=1"}, {"Host", "a=9"}, {"COOKIE", "b=2; c=3"}}};
    assert_string_equal(url_cookie(*state, &head, "a"), "1");
    assert_string_equal(url_cookie(*state, &head, "c"), "3");
    head.fields[1] = (struct http_field){"Cookie", "a=1"};
    assert_null(url_cookie(*state, &head, "a"));
}

static void no_memory_is_no_value(void **state)
{
    (void)state;
    struct arena *small = arena_new(4);
    assert_null(url_path(small, "/longer-than-that"));
    assert_null(url_param(small, "a=longer-than-that", "a"));
    arena_free(small);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(paths_are_decoded_once),
        cmocka_unit_test(paths_that_two_readers_read_differently_are_refused),
        cmocka_unit_test(queries_are_plain),
        cmocka_unit_test(parameters_are_found_and_decoded),
        cmocka_unit_test(cookies_are_found_once_or_not_at_all),
        cmocka_unit_test(cookies_are_looked_for_in_every_field),
        cmocka_unit_test(no_memory_is_no_value),
    };
    return cmocka_run_group_tests(tests, arena_make, arena_drop);
}
