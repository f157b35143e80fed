/* A language's strings: placeholders, merging, and the check against the reference. */
#include "lib_test.h"

#include "../../lib/locale.h"

/* --- filling in --- */

static void assert_formats(const char *pattern, const char *wanted)
{
    static const struct locale_arg args[] = {
        {"name", "Anna"}, {"n", "3"}, {"empty", ""}, {"trick", "{name}{n}"}};
    struct buf out;
    buf_init(&out, 1000);
    locale_format(&out, pattern, args, 4);
    assert_string_equal(out.data, wanted);
    buf_release(&out);
}

static void placeholders_are_filled(void **state)
{
    (void)state;
    assert_formats("Dear {name},", "Dear Anna,");
    assert_formats("{name}{n}{name}", "Anna3Anna");
    assert_formats("[{empty}]", "[]");
    assert_formats("", "");
    assert_formats("nothing", "nothing");
}

static void what_is_no_placeholder_of_ours_stays_as_written(void **state)
{
    (void)state;
    assert_formats("{unknown} {Name} {nam}", "{unknown} {Name} {nam}");
    assert_formats("{ {} {1} {n } { n} {na me} n} {n", "{ {} {1} {n } { n} {na me} n} {n");
    assert_formats("{{n}} {{{name}}}", "{3} {{Anna}}");
}

static void what_is_filled_in_is_not_read_again(void **state)
{
    (void)state;
    assert_formats("{trick}", "{name}{n}");
}

static void values_are_plain_text(void **state)
{
    (void)state;
    static const struct locale_arg args[] = {{"x", "<b>&\"\r\n"}};
    struct buf out;
    buf_init(&out, 1000);
    locale_format(&out, "{x}", args, 1);
    assert_string_equal(out.data, "<b>&\"\r\n");
    buf_release(&out);
}

/* --- merging --- */

static void assert_merges(const char *strings, const char *more, const char *wanted)
{
    json_t *a = json_loads(strings, 0, NULL), *b = json_loads(more, 0, NULL),
           *c = json_loads(wanted, 0, NULL);
    assert_true(a && b && c);
    json_t *merged = locale_merge(a, b);
    char *text = json_dumps(merged, JSON_SORT_KEYS), *want = json_dumps(c, JSON_SORT_KEYS);
    assert_string_equal(text, want);
    free(text);
    free(want);
    json_decref(merged);
    json_decref(a);
    json_decref(b);
    json_decref(c);
}

static void a_later_text_wins_and_others_stay(void **state)
{
    (void)state;
    assert_merges("{\"a\":\"1\",\"b\":{\"c\":\"2\",\"d\":\"3\"}}", "{\"b\":{\"d\":\"4\"},\"e\":\"5\"}",
                  "{\"a\":\"1\",\"b\":{\"c\":\"2\",\"d\":\"4\"},\"e\":\"5\"}");
    assert_merges("{}", "{\"a\":{\"b\":\"1\"}}", "{\"a\":{\"b\":\"1\"}}");
    assert_merges("{\"a\":{\"b\":\"1\"}}", "{}", "{\"a\":{\"b\":\"1\"}}");
}

static void plural_forms_are_replaced_as_a_whole(void **state)
{
    (void)state;
    assert_merges("{\"n\":{\"one\":\"a ticket\",\"other\":\"tickets\"}}", "{\"n\":{\"other\":\"件\"}}",
                  "{\"n\":{\"other\":\"件\"}}");
    assert_merges("{\"n\":{\"one\":\"a\",\"other\":\"b\"}}", "{\"n\":\"text\"}", "{\"n\":\"text\"}");
    assert_merges("{\"n\":\"text\"}", "{\"n\":{\"other\":\"b\"}}", "{\"n\":{\"other\":\"b\"}}");
}

static void a_group_with_a_key_like_a_form_is_still_a_group(void **state)
{
    (void)state;
    assert_merges("{\"g\":{\"other\":\"1\",\"bug\":\"2\"}}", "{\"g\":{\"bug\":\"3\",\"other\":\"4\"}}",
                  "{\"g\":{\"bug\":\"3\",\"other\":\"4\"}}");
    assert_merges("{\"g\":{\"other\":\"1\",\"bug\":\"2\"}}", "{\"g\":{\"bug\":\"3\",\"x\":\"4\"}}",
                  "{\"g\":{\"other\":\"1\",\"bug\":\"3\",\"x\":\"4\"}}");
}

static void what_is_merged_shares_nothing(void **state)
{
    (void)state;
    json_t *a = json_loads("{\"a\":{\"b\":\"1\"}}", 0, NULL),
           *b = json_loads("{\"c\":{\"d\":\"2\"}}", 0, NULL);
    json_t *merged = locale_merge(a, b);
    json_object_set_new(json_object_get(merged, "a"), "b", json_string("changed"));
    json_object_set_new(json_object_get(merged, "c"), "d", json_string("changed"));
    assert_string_equal(json_string_value(json_object_get(json_object_get(a, "a"), "b")), "1");
    assert_string_equal(json_string_value(json_object_get(json_object_get(b, "c"), "d")), "2");
    json_decref(a);
    json_decref(b);
    json_decref(merged);
}

static void nothing_merges_with_something(void **state)
{
    (void)state;
    json_t *a = json_loads("{\"a\":\"1\"}", 0, NULL);
    json_t *left = locale_merge(NULL, a), *right = locale_merge(a, NULL), *none = locale_merge(NULL, NULL);
    assert_true(json_equal(left, a));
    assert_true(json_equal(right, a));
    assert_int_equal(json_object_size(none), 0);
    json_decref(a);
    json_decref(left);
    json_decref(right);
    json_decref(none);
}

/* --- checking --- */

static void assert_checks(const char *tag, const char *reference, const char *strings, const char *wanted)
{
    struct diag *diag = diag_new();
    struct json_doc doc;
    json_t *ref = json_loads(reference, 0, NULL);
    assert_non_null(ref);
    assert_true(json_doc_parse(&doc, "x.json", strings, strlen(strings), diag));
    locale_check(&doc, tag, ref, diag);
    assert_printed(diag, wanted);
    json_doc_release(&doc);
    json_decref(ref);
    diag_free(diag);
}

#define REFERENCE                                                                                            \
    "{\"list\":{\"title\":\"Tickets\",\"by\":\"by {name}\"},"                                                \
    "\"count\":{\"one\":\"{n} ticket of {of}\",\"other\":\"{n} tickets of {of}\"}}"

static void a_complete_language_passes_in_silence(void **state)
{
    (void)state;
    assert_checks("en", REFERENCE, REFERENCE, "");
    assert_checks("de", REFERENCE,
                  "{\"list\":{\"title\":\"Anfragen\",\"by\":\"von {name}\"},"
                  "\"count\":{\"one\":\"eine von {of}\",\"other\":\"von {of} sind es {n}\"}}",
                  "");
    assert_checks(
        "pl", REFERENCE,
        "{\"list\":{\"title\":\"Z\",\"by\":\"{name}\"},\"count\":{\"one\":\"jedno\",\"few\":\"{n} {of}\","
        "\"many\":\"{n} {of}\",\"other\":\"{n} {of}\"}}",
        "");
    assert_checks("ja", REFERENCE,
                  "{\"list\":{\"title\":\"一覧\",\"by\":\"{name}\"},\"count\":{\"other\":\"{of}{n}\"}}", "");
}

static void missing_and_unknown_keys_are_warnings(void **state)
{
    (void)state;
    assert_checks("fr", REFERENCE, "{\n \"list\": {\n  \"titel\": \"Demandes\"\n },\n \"zebra\": \"z\"\n}",
                  "x.json:1:1: warning: \"count\" is missing; the reference language shows\n"
                  "x.json:2:10: warning: \"list.by\" is missing; the reference language shows\n"
                  "x.json:2:10: warning: \"list.title\" is missing; the reference language shows\n"
                  "x.json:3:3: warning: unknown key \"list.titel\"; did you mean \"title\"?\n"
                  "x.json:5:2: warning: unknown key \"zebra\"\n");
}

static void other_placeholders_are_errors(void **state)
{
    (void)state;
    assert_checks("de", "{\"a\":\"{x} {y}\",\"b\":\"none\"}",
                  "{\"a\": \"{x} {z} {w}\",\n\"b\": \"{x} {not one}\"}",
                  "x.json:1:7: error: \"a\" has no placeholder {w} to fill\n"
                  "x.json:1:7: error: \"a\" has no placeholder {z} to fill\n"
                  "x.json:1:7: error: \"a\" lacks the placeholder {y}\n"
                  "x.json:2:6: error: \"b\" has no placeholder {x} to fill\n");
}

static void a_misspelt_placeholder_is_one_error(void **state)
{
    (void)state;
    assert_checks(
        "de", "{\"a\":\"{x} {name}\"}", "{\"a\": \"{x} {nmae}\"}",
        "x.json:1:7: error: \"a\" has no placeholder {nmae} to fill, and lacks {name}: write that in its "
        "place\n");
}

static void forms_may_say_the_number_in_words_but_invent_nothing(void **state)
{
    (void)state;
    assert_checks("de", "{\"a\":{\"one\":\"1\",\"other\":\"{n}\"}}",
                  "{\"a\":{\"one\":\"eins {m}\",\"other\":\"viele\"}}",
                  "x.json:1:13: error: \"a.one\" has no placeholder {m} to fill\n"
                  "x.json:1:32: error: \"a.other\" lacks the placeholder {n}\n");
}

static void a_plural_form_that_the_language_needs_is_an_error(void **state)
{
    (void)state;
    const char *reference = "{\"a\":{\"one\":\"1\",\"other\":\"{n}\"}}";
    assert_checks("pl", reference, "{\"a\": {\"one\":\"1\",\"many\":\"{n}\"}}",
                  "x.json:1:7: error: \"a\" lacks the plural form \"few\"\n"
                  "x.json:1:7: error: \"a\" lacks the plural form \"other\"\n");
    assert_checks("en", reference, "{\"a\": {\"other\":\"{n}\"}}",
                  "x.json:1:7: error: \"a\" lacks the plural form \"one\"\n");
}

static void a_form_for_whole_millions_is_missed_with_a_warning(void **state)
{
    (void)state;
    assert_checks(
        "fr", "{\"a\":{\"one\":\"1\",\"other\":\"{n}\"}}", "{\"a\": {\"one\":\"{n}\",\"other\":\"{n}\"}}",
        "x.json:1:7: warning: \"a\" lacks the plural form \"many\", which \"fr\" takes for whole millions\n");
}

static void a_plural_form_that_the_language_never_takes_is_a_warning(void **state)
{
    (void)state;
    assert_checks("ja", "{\"a\":{\"one\":\"1\",\"other\":\"{n}\"}}",
                  "{\"a\": {\"one\":\"1\",\"other\":\"{n}\"}}",
                  "x.json:1:8: warning: \"a.one\" is a plural form that \"ja\" never takes\n");
}

static void a_misspelt_plural_form_is_an_error(void **state)
{
    (void)state;
    assert_checks(
        "en", "{\"a\":{\"one\":\"1\",\"other\":\"{n}\"}}",
        "{\"a\": {\"one\":\"1\",\"othr\":\"{n}\", \"few\": {}}}",
        "x.json:1:7: error: \"a\" lacks the plural form \"other\"\n"
        "x.json:1:18: error: \"a.othr\" is no plural form; want zero, one, two, few, many or other\n"
        "x.json:1:39: error: \"a.few\" is no text\n");
}

static void another_shape_is_an_error(void **state)
{
    (void)state;
    assert_checks("en",
                  "{\"a\":\"t\",\"b\":{\"c\":\"t\"},\"d\":{\"other\":\"t\"},\"e\":\"t\",\"f\":{\"c\":\"t\"},"
                  "\"g\":\"t\"}",
                  "{\"a\":{\"x\":\"t\"},\n\"b\":\"t\",\n\"d\":\"t\",\n\"e\":{\"other\":\"t\"},\n\"f\":{"
                  "\"other\":\"t\"},\n\"g\":12}",
                  "x.json:1:6: error: \"a\": want a text, got a group of texts\n"
                  "x.json:2:5: error: \"b\": want a group of texts, got a text\n"
                  "x.json:3:5: error: \"d\": want plural forms, got a text\n"
                  "x.json:4:5: error: \"e\": want a text, got plural forms\n"
                  "x.json:5:5: error: \"f\": want a group of texts, got plural forms\n"
                  "x.json:6:5: error: \"g\" is neither a text nor an object of texts\n");
    assert_checks("en", "{}", "[]", "x.json:1:1: error: want an object of texts\n");
}

static void the_reference_is_checked_against_itself(void **state)
{
    (void)state;
    const char *reference = "{\"a\":{\"other\":\"{n}\"},\"b\":[1],\"c\":{\"one\":\"{m}\",\"other\":\"{n}\"}}";
    assert_checks("en", reference, reference,
                  "x.json:1:6: error: \"a\" lacks the plural form \"one\"\n"
                  "x.json:1:26: error: \"b\" is neither a text nor an object of texts\n"
                  "x.json:1:41: error: \"c.one\" has no placeholder {m} to fill\n");
}

static void keys_with_slashes_have_their_place(void **state)
{
    (void)state;
    assert_checks("en", "{\"a/b~c\":{\"d\":\"t\"}}", "{\"a/b~c\":{\n\"d\":\"{x}\"}}",
                  "x.json:2:5: error: \"a/b~c.d\" has no placeholder {x} to fill\n");
}

static void assert_checks_by(const struct locale_rules *rules, const char *strings, const char *wanted)
{
    struct diag *diag = diag_new();
    struct json_doc doc;
    assert_true(json_doc_parse(&doc, "x.json", strings, strlen(strings), diag));
    locale_check_by(&doc, "en", rules, diag);
    assert_printed(diag, wanted);
    json_doc_release(&doc);
    diag_free(diag);
}

static void a_few_words_need_not_be_complete(void **state)
{
    (void)state;
    json_t *reference = json_loads(REFERENCE, 0, NULL);
    assert_checks_by(&(struct locale_rules){.reference = reference},
                     "{\"list\":{\"title\":\"Cases\"},\n\"lists\":1,\n\"list.by\":\"by {name}\"}",
                     "x.json:2:1: warning: unknown key \"lists\"; did you mean \"list\"?\n"
                     "x.json:3:1: warning: unknown key \"list.by\"; each group is an object of its own: "
                     "\"list\": { ... }\n");
    json_decref(reference);
}

static void a_group_may_have_rules_of_its_own(void **state)
{
    (void)state;
    json_t *reference = json_loads("{\"a\":\"t {n}\",\"b\":\"t\"}", 0, NULL);
    const char *strings = "{\"b\":\"t {it}\",\n\"apart\":{\"c\":\"t\",\n\"a\":\"{it}\"}}";
    const char *const always[] = {"{it}", NULL};
    struct locale_rules rules = {
        .reference = reference, .wanted = reference, .apart = "apart", .always = always};
    assert_checks_by(&rules, strings,
                     "x.json:1:1: warning: \"a\" is missing; the reference language shows\n");
    rules.apart = NULL;
    rules.group = "apart";
    rules.otherwise = "it stays";
    assert_checks_by(&rules, strings,
                     "x.json:2:9: warning: \"apart.b\" is missing; it stays\n"
                     "x.json:2:10: warning: unknown key \"apart.c\"; did you mean \"a\"?\n"
                     "x.json:3:5: error: \"apart.a\" lacks the placeholder {n}\n");
    rules.group = "none";
    assert_checks_by(&rules, strings, "x.json:1:1: warning: \"none\" is missing; it stays\n");
    rules.wanted = NULL;
    assert_checks_by(&rules, strings, "");
    json_decref(reference);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(placeholders_are_filled),
        cmocka_unit_test(what_is_no_placeholder_of_ours_stays_as_written),
        cmocka_unit_test(what_is_filled_in_is_not_read_again),
        cmocka_unit_test(values_are_plain_text),
        cmocka_unit_test(a_later_text_wins_and_others_stay),
        cmocka_unit_test(plural_forms_are_replaced_as_a_whole),
        cmocka_unit_test(a_group_with_a_key_like_a_form_is_still_a_group),
        cmocka_unit_test(what_is_merged_shares_nothing),
        cmocka_unit_test(nothing_merges_with_something),
        cmocka_unit_test(a_complete_language_passes_in_silence),
        cmocka_unit_test(missing_and_unknown_keys_are_warnings),
        cmocka_unit_test(other_placeholders_are_errors),
        cmocka_unit_test(a_misspelt_placeholder_is_one_error),
        cmocka_unit_test(forms_may_say_the_number_in_words_but_invent_nothing),
        cmocka_unit_test(a_plural_form_that_the_language_needs_is_an_error),
        cmocka_unit_test(a_form_for_whole_millions_is_missed_with_a_warning),
        cmocka_unit_test(a_plural_form_that_the_language_never_takes_is_a_warning),
        cmocka_unit_test(a_misspelt_plural_form_is_an_error),
        cmocka_unit_test(another_shape_is_an_error),
        cmocka_unit_test(the_reference_is_checked_against_itself),
        cmocka_unit_test(keys_with_slashes_have_their_place),
        cmocka_unit_test(a_few_words_need_not_be_complete),
        cmocka_unit_test(a_group_may_have_rules_of_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
