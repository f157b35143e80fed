#include "lib_test.h"

#include "../../gen/content/front.h"

struct parsed {
    struct front front;
    struct arena *arena;
    struct diag *diag;
    bool fine;
};

static struct parsed parse(const char *text)
{
    struct parsed parsed = {.arena = arena_new(0), .diag = diag_new()};
    parsed.fine = front_parse(&parsed.front, "a.md", text, strlen(text), parsed.arena, parsed.diag);
    return parsed;
}

static void parsed_release(struct parsed *parsed)
{
    arena_free(parsed->arena);
    diag_free(parsed->diag);
}

static void assert_says(const char *text, const char *wanted)
{
    struct parsed parsed = parse(text);
    assert_false(parsed.fine);
    assert_printed(parsed.diag, wanted);
    parsed_release(&parsed);
}

static void values_are_the_rest_of_the_line(void **state)
{
    (void)state;
    static const char text[] = "---\ntitle:  Who: me & you \nsummary: A summary\n\norder: 12\n---\nText\n";
    struct parsed parsed = parse(text);
    assert_true(parsed.fine);
    assert_string_equal(parsed.front.title, "Who: me & you");
    assert_int_equal(parsed.front.order, 12);
    assert_null(parsed.front.changed);
    assert_string_equal(text + parsed.front.body, "Text\n");
    assert_int_equal(parsed.front.body_line, 7);
    parsed_release(&parsed);
}

static void quotes_make_a_json_string(void **state)
{
    (void)state;
    struct parsed parsed =
        parse("---\r\ntitle: \"\\\"Hi\\\" \\u00e9\"\r\nsummary: s\r\nchanged: 2026-02-28\r\n---\r\n");
    assert_true(parsed.fine);
    assert_string_equal(parsed.front.title, "\"Hi\" é");
    assert_string_equal(parsed.front.changed, "2026-02-28");
    assert_int_equal(parsed.front.order, FRONT_NO_ORDER);
    parsed_release(&parsed);
}

static void an_article_may_end_with_its_front_matter(void **state)
{
    (void)state;
    struct parsed parsed = parse("---\ntitle: t\nsummary: s\n---");
    assert_true(parsed.fine);
    assert_int_equal(parsed.front.body, strlen("---\ntitle: t\nsummary: s\n---"));
    parsed_release(&parsed);
}

static void blanks_behind_a_rule_are_not_seen(void **state)
{
    (void)state;
    struct parsed parsed = parse("--- \ntitle: t\nsummary: s\n---\t\r\nText\n");
    assert_string_equal(parsed.front.title, "t");
    parsed_release(&parsed);
}

static void dates_are_days_of_the_calendar(void **state)
{
    (void)state;
    struct parsed parsed = parse("---\ntitle: t\nsummary: s\nchanged: 2024-02-29\n---\n");
    assert_true(parsed.fine);
    parsed_release(&parsed);
    assert_says("---\ntitle: t\nsummary: s\nchanged: 2026-02-29\n---\n",
                "a.md:4:10: error: \"changed\": want a date as 2026-11-22, got \"2026-02-29\"\n");
    assert_says("---\ntitle: t\nsummary: s\nchanged: 2026-04-31\n---\n",
                "a.md:4:10: error: \"changed\": want a date as 2026-11-22, got \"2026-04-31\"\n");
}

static void a_text_was_not_changed_in_the_future(void **state)
{
    (void)state;
    assert_says("---\ntitle: t\nsummary: s\nchanged: 9999-12-31\n---\n",
                "a.md:4:10: error: \"changed\": 9999-12-31 is still to come; want the day on which the text "
                "was last changed\n");
}

static void blanks_are_no_text(void **state)
{
    (void)state;
    assert_says("---\ntitle: \"  \"\nsummary: s\n---\n",
                "a.md:2:8: error: \"title\": want a text, got only blanks\n");
}

static void what_is_missing_is_told(void **state)
{
    (void)state;
    assert_says("", "a.md:1:1: error: an article begins with a line \"---\", its title and summary\n");
    assert_says("# Title\n",
                "a.md:1:1: error: an article begins with a line \"---\", its title and summary\n");
    assert_says("---\ntitle: t\n",
                "a.md:1:1: error: the front matter is not closed: want a second line \"---\"\n");
    assert_says("---\n---\n",
                "a.md:2:1: error: \"summary\" is missing\na.md:2:1: error: \"title\" is missing\n");
}

static void all_errors_come_at_once(void **state)
{
    (void)state;
    assert_says("---\ntitle:\nsummary: s\nsummary: again\norder: -1\nchanged: 2026-13-01\nodrer: 1\n---\n",
                "a.md:2:7: error: \"title\": want 1 to 150 characters, got 0\n"
                "a.md:4:1: error: \"summary\" is there twice\n"
                "a.md:5:8: error: \"order\": want a whole number from 0 to 1000000, got \"-1\"\n"
                "a.md:6:10: error: \"changed\": want a date as 2026-11-22, got \"2026-13-01\"\n"
                "a.md:7:1: error: unknown key \"odrer\"; did you mean \"order\"?\n");
}

static void characters_are_counted_not_bytes(void **state)
{
    (void)state;
    char text[1000] = "---\nsummary: s\ntitle: ";
    for (int i = 0; i < 150; i++)
        strcat(text, "é");
    strcat(text, "\n---\n");
    struct parsed parsed = parse(text);
    assert_true(parsed.fine);
    parsed_release(&parsed);
}

static void control_characters_are_refused(void **state)
{
    (void)state;
    assert_says("---\ntitle: a\x01"
                "b\nsummary: \"a\\nb\"\n---\n",
                "a.md:2:8: error: \"title\": control characters are not text\n"
                "a.md:3:10: error: \"summary\": control characters are not text\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_the_rest_of_the_line),
        cmocka_unit_test(quotes_make_a_json_string),
        cmocka_unit_test(an_article_may_end_with_its_front_matter),
        cmocka_unit_test(blanks_behind_a_rule_are_not_seen),
        cmocka_unit_test(dates_are_days_of_the_calendar),
        cmocka_unit_test(a_text_was_not_changed_in_the_future),
        cmocka_unit_test(blanks_are_no_text),
        cmocka_unit_test(what_is_missing_is_told),
        cmocka_unit_test(all_errors_come_at_once),
        cmocka_unit_test(characters_are_counted_not_bytes),
        cmocka_unit_test(control_characters_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
