/* What the preview's style controls say goes over what the admin gave. */
#include "lib_test.h"

#include "../../gen/theme/overlay.h"

static const char declared[] =
    "{'accent': {'type': 'color', 'light': '#0b6472', 'dark': '#7fd0d9'},"
    " 'ink': {'type': 'color', 'light': 'mix(accent 9%, #000)', 'dark': '#ffffff'},"
    " 'error': {'type': 'color', 'light': '#b3261e', 'dark': '#ff9d94',"
    "           'aliases': ['danger']},"
    " 'radius': {'type': 'length', 'default': '8px'},"
    " 'size': {'type': 'number', 'default': 16, 'min': 14, 'max': 20},"
    " 'logo': {'type': 'boolean', 'default': true},"
    " 'font': {'type': 'font', 'default': 'system'},"
    " 'notice': {'type': 'text'}}";

/* JSON with ' for ". */
static json_t *parsed(const char *text)
{
    char json[2000];
    snprintf(json, sizeof json, "%s", text);
    for (char *quote = strchr(json, '\''); quote; quote = strchr(quote, '\''))
        *quote = '"';
    json_t *value = json_loads(json, JSON_DECODE_ANY, NULL);
    assert_non_null(value);
    return value;
}

static void merged_is(const char *given, const char *overlay, const char *expected)
{
    json_t *settings = parsed(declared), *one = parsed(given), *over = parsed(overlay);
    json_t *want = parsed(expected), *got = overlay_merge(settings, one, over);
    assert_true(json_equal(got, want));
    json_decref(settings);
    json_decref(one);
    json_decref(over);
    json_decref(want);
    json_decref(got);
}

static void a_setting_goes_over_what_was_given_and_leaves_the_rest(void **state)
{
    (void)state;
    merged_is("{}", "{'radius': '3px'}", "{'radius': '3px'}");
    merged_is("{'radius': '4px', 'size': 18}", "{'radius': '3px'}", "{'radius': '3px', 'size': 18}");
    merged_is("{'notice': {'en': 'a', 'fr': 'b'}}", "{'notice': {'en': 'c'}}", "{'notice': {'en': 'c'}}");
    merged_is("{'logo': false}", "{}", "{'logo': false}");
    merged_is("{}", "{'acent': 1}", "{'acent': 1}");
}

static void of_a_colour_each_ground_goes_over_its_own(void **state)
{
    (void)state;
    merged_is("{}", "{'accent': {'light': '#111111'}}", "{'accent': {'light': '#111111'}}");
    merged_is("{'accent': '#222222'}", "{'accent': {'light': '#111111'}}",
              "{'accent': {'light': '#111111', 'dark': '#222222'}}");
    merged_is("{'accent': {'dark': '#222222'}}", "{'accent': {'light': '#111111'}}",
              "{'accent': {'light': '#111111', 'dark': '#222222'}}");
    merged_is("{'accent': {'dark': '#222222'}}", "{'accent': '#111111'}", "{'accent': '#111111'}");
}

static void null_lets_the_themes_default_hold(void **state)
{
    (void)state;
    merged_is("{'radius': '4px'}", "{'radius': null}", "{}");
    merged_is("{'accent': '#222222'}", "{'accent': {'light': null}}", "{'accent': {'dark': '#222222'}}");
    merged_is("{'accent': {'light': '#222222'}}", "{'accent': {'light': null}}", "{}");
    merged_is("{}", "{'accent': null}", "{}");
}

static void a_former_name_gives_way_to_the_present_one(void **state)
{
    (void)state;
    merged_is("{'danger': {'dark': '#222222'}}", "{'error': {'light': '#111111'}}",
              "{'error': {'light': '#111111', 'dark': '#222222'}}");
    merged_is("{'danger': '#222222'}", "{'error': null}", "{}");
    merged_is("{'danger': '#222222'}", "{'radius': '2px'}", "{'danger': '#222222', 'radius': '2px'}");
}

static bool idle(const char *key, const char *given, const char *over)
{
    json_t *settings = parsed(declared), *one = given ? parsed(given) : NULL, *other = parsed(over);
    bool is = overlay_is_idle(json_object_get(settings, key), one, other);
    json_decref(settings);
    json_decref(one);
    json_decref(other);
    return is;
}

static void what_changes_nothing_is_told_from_what_does(void **state)
{
    (void)state;
    assert_true(idle("radius", "'3px'", "'3px'"));
    assert_true(idle("radius", NULL, "'8px'"));
    assert_true(idle("radius", NULL, "null"));
    assert_false(idle("radius", "'3px'", "'8px'"));
    assert_false(idle("radius", "'3px'", "null"));
    assert_true(idle("accent", "'#222222'", "{'dark': '#222222'}"));
    assert_true(idle("accent", "{'light': '#111111'}", "{'light': '#111111', 'dark': '#7fd0d9'}"));
    assert_false(idle("accent", "{'light': '#111111'}", "{'dark': '#111111'}"));
    assert_false(idle("ink", NULL, "{'light': '#000000'}"));
    assert_true(idle("notice", NULL, "null"));
    assert_false(idle("notice", NULL, "{'en': 'a'}"));
}

static bool in_css(const char *one, const char *other)
{
    json_t *settings = parsed(declared), *before = parsed(one), *after = parsed(other);
    bool is = overlay_differs_in_css(settings, before, after);
    assert_int_equal(is, overlay_differs_in_css(settings, after, before));
    json_decref(settings);
    json_decref(before);
    json_decref(after);
    return is;
}

static void what_style_sheets_alone_show_needs_no_page_anew(void **state)
{
    (void)state;
    assert_true(in_css("{}", "{'accent': '#111111'}"));
    assert_true(in_css("{'radius': '2px'}", "{'radius': '3px', 'size': 15}"));
    assert_true(in_css("{'logo': false, 'size': 15}", "{'logo': false}"));
    assert_true(in_css("{'font': 'serif'}", "{'font': 'mono'}"));
    assert_false(in_css("{'font': 'serif'}", "{'font': 'fonts/own.woff2'}"));
    assert_false(in_css("{}", "{'logo': false, 'size': 15}"));
    assert_false(in_css("{'notice': 'a'}", "{'notice': 'b'}"));
    assert_false(in_css("{}", "{'acent': '#111111'}"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_setting_goes_over_what_was_given_and_leaves_the_rest),
        cmocka_unit_test(of_a_colour_each_ground_goes_over_its_own),
        cmocka_unit_test(null_lets_the_themes_default_hold),
        cmocka_unit_test(a_former_name_gives_way_to_the_present_one),
        cmocka_unit_test(what_changes_nothing_is_told_from_what_does),
        cmocka_unit_test(what_style_sheets_alone_show_needs_no_page_anew),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
