/* Whatever was typed is read in a mail as it was typed, and is no part of its HTML (T23). */
#include "../../lib/fill.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static struct arena *arena;

static const char *html_of(const char *pattern, const char *body)
{
    const struct locale_arg args[] = {{"url", "https://a.example/?n=1&m=2"}, {"body", body}};
    return fill_html(&(struct fill){arena, args, 2}, pattern);
}

static int begin(void **state)
{
    (void)state;
    arena = arena_new(0);
    return arena ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static void a_text_is_as_it_is(void **state)
{
    (void)state;
    const struct locale_arg args[] = {{"body", "a < b\n& c"}};
    assert_string_equal(fill_text(&(struct fill){arena, args, 1}, "So: {body}!\n"), "So: a < b\n& c!\n");
}

static void a_value_is_no_markup(void **state)
{
    (void)state;
    assert_string_equal(html_of("<a href=\"{url}\">{body}</a>", "<b title=\"x\">'"),
                        "<a href=\"https://a.example/?n=1&amp;m=2\">&lt;b title=&quot;x&quot;&gt;&#39;</a>");
}

static void lines_stay_lines_but_none_are_empty_around_them(void **state)
{
    (void)state;
    assert_string_equal(html_of("{body}", "\n\none\n\ntwo\n\n"), "one<br>\n<br>\ntwo");
    assert_string_equal(html_of("{body}", ""), "");
    assert_string_equal(html_of("{body}", "\n"), "");
}

static void what_needs_a_value_goes_without_it(void **state)
{
    (void)state;
    static const char pattern[] = "1<!--if body--><p>{body}</p><!--end-->2<!--if url-->3<!--end-->";
    assert_string_equal(html_of(pattern, "x"), "1<p>x</p>23");
    assert_string_equal(html_of(pattern, ""), "123");
    assert_string_equal(html_of(pattern, "\n"), "123");
    assert_string_equal(html_of(pattern, NULL), "123");
}

static void a_value_asks_for_nothing(void **state)
{
    (void)state;
    assert_string_equal(html_of("{body}", "{url}"), "{url}");
    assert_string_equal(html_of("<!--if body-->{body}<!--end-->", "<!--end-->"), "&lt;!--end--&gt;");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_is_as_it_is),
        cmocka_unit_test(a_value_is_no_markup),
        cmocka_unit_test(lines_stay_lines_but_none_are_empty_around_them),
        cmocka_unit_test(what_needs_a_value_goes_without_it),
        cmocka_unit_test(a_value_asks_for_nothing),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
