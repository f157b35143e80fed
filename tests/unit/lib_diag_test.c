#include "lib_test.h"

#include <errno.h>

static struct place at(const char *file, unsigned line, unsigned col)
{
    return (struct place){file, line, col};
}

static void warnings_print_before_errors_each_sorted_by_place(void **state)
{
    (void)state;
    struct diag *diag = diag_new();
    diag_error(diag, at("b.json", 1, 1), "second file");
    diag_error(diag, at("a.json", 20, 3), "line %d", 20);
    diag_warning(diag, at("a.json", 3, 10), "column 10");
    diag_error(diag, at("a.json", 3, 9), "column 9");
    diag_error(diag, at("a.json", 0, 0), "the whole file");
    diag_error(diag, at(NULL, 0, 0), "no file");
    diag_error(diag, at("a.json", 7, 0), "no column");
    diag_warning(diag, at("a.json", 3, 9), "column 9");
    assert_printed(diag, "a.json:3:9: warning: column 9\n"
                         "a.json:3:10: warning: column 10\n"
                         "error: no file\n"
                         "a.json: error: the whole file\n"
                         "a.json:3:9: error: column 9\n"
                         "a.json:7: error: no column\n"
                         "a.json:20:3: error: line 20\n"
                         "b.json:1:1: error: second file\n");
    diag_free(diag);
}

static void the_same_finding_prints_once(void **state)
{
    (void)state;
    struct diag *diag = diag_new();
    for (int i = 0; i < 3; i++) {
        diag_error(diag, at("a.json", 1, 1), "twice");
        diag_error(diag, at("a.json", 1, 1), "other");
    }
    assert_printed(diag, "a.json:1:1: error: other\na.json:1:1: error: twice\n");
    assert_int_equal(diag_errors(diag), 6);
    diag_free(diag);
}

static void warnings_do_not_count_as_errors(void **state)
{
    (void)state;
    struct diag *diag = diag_new();
    diag_warning(diag, at("a", 1, 1), "unused");
    assert_int_equal(diag_errors(diag), 0);
    assert_int_equal(diag_warnings(diag), 1);
    diag_error(diag, at("a", 1, 1), "wrong");
    assert_int_equal(diag_errors(diag), 1);
    assert_int_equal(diag_warnings(diag), 1);
    diag_free(diag);
    diag_free(NULL);
}

static void the_file_name_is_copied(void **state)
{
    (void)state;
    struct diag *diag = diag_new();
    char name[] = "a.json";
    diag_error(diag, at(name, 1, 2), "x");
    memset(name, '?', sizeof name - 1);
    assert_printed(diag, "a.json:1:2: error: x\n");
    diag_free(diag);
}

static void merging_moves_everything(void **state)
{
    (void)state;
    struct diag *all = diag_new(), *part = diag_new();
    diag_error(all, at("b", 1, 1), "mine");
    diag_error(part, at("a", 1, 1), "yours");
    diag_warning(part, at("c", 1, 1), "yours too");
    diag_merge(all, part);
    assert_int_equal(diag_errors(part) + diag_warnings(part), 0);
    assert_printed(part, "");
    diag_merge(all, part);
    diag_merge(all, all);
    assert_int_equal(diag_errors(all), 2);
    assert_int_equal(diag_warnings(all), 1);
    diag_error(part, at("d", 1, 1), "usable after");
    diag_free(part);
    assert_printed(all, "c:1:1: warning: yours too\na:1:1: error: yours\nb:1:1: error: mine\n");
    diag_free(all);
}

static void a_finding_stays_on_one_line_that_a_terminal_can_show(void **state)
{
    (void)state;
    struct diag *diag = diag_new();
    diag_error(diag, at("a", 1, 1), "got \"%s\"", "x\ny\x1b[31m\xff\xe2\x80\xae");
    diag_error(diag, at("b\nc", 1, 1), "odd name");
    assert_printed(diag, "a:1:1: error: got \"x\\ny\\x1B[31m\xEF\xBF\xBD\\u202E\"\n"
                         "b\\nc:1:1: error: odd name\n");
    diag_free(diag);
}

static void an_unread_file_says_why(void **state)
{
    (void)state;
    struct diag *diag = diag_new();
    diag_unread(diag, "a", ENOENT, 10);
    diag_unread(diag, "b", EISDIR, 10);
    diag_unread(diag, "c", EFBIG, 10);
    diag_unread(diag, "d", EACCES, 10);
    diag_unread(diag, "e", ENOTSUP, 10);
    assert_printed(diag, "a: error: not found\n"
                         "b: error: a folder stands here; want a file\n"
                         "c: error: too large: at most 10 bytes are read\n"
                         "d: error: cannot be read: Permission denied\n"
                         "e: error: is a pipe, a socket or a device; want a file\n");
    diag_free(diag);
}

static void an_endless_text_is_cut_between_characters(void **state)
{
    (void)state;
    struct diag *diag = diag_new();
    char *text = malloc(9001);
    for (size_t i = 0; i < 9000; i += 3)
        memcpy(text + i, "\xE2\x82\xAC", 3);
    text[9000] = '\0';
    diag_error(diag, at("a", 1, 1), "%s", text);
    char *said = printed(diag);
    assert_true(strlen(said) < 2100);
    assert_non_null(strstr(said, "\xE2\x82\xAC...\n"));
    free(said);
    free(text);
    diag_free(diag);
}

static void assert_json(const struct diag *diag, const char *wanted)
{
    char *said = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&said, &len);
    diag_print_json(diag, out);
    fclose(out);
    assert_string_equal(said, wanted);
    free(said);
}

static void findings_are_one_json_array_for_editors(void **state)
{
    (void)state;
    struct diag *diag = diag_new();
    assert_json(diag, "[]\n");
    diag_warning(diag, at("b.json", 2, 0), "no column");
    diag_error(diag, at("a \"b\".json", 20, 3), "want \"x\", got \\ and \xC3\xA9\n");
    diag_error(diag, at("a \"b\".json", 20, 3), "want \"x\", got \\ and \xC3\xA9\n");
    diag_error(diag, at(NULL, 0, 0), "no file");
    diag_error(diag, at("c.json", 1, 1), "unknown; did you mean \"a\"?");
    diag_error(diag, at("c.json", 2, 1), "(#ffffff) too pale; the nearest that passes is #0b6472");
    assert_json(diag, "[\n"
                      "{\"level\":\"warning\",\"file\":\"b.json\",\"line\":2,\"col\":null,\"message\":\"no "
                      "column\",\"hint\":null},\n"
                      "{\"level\":\"error\",\"file\":null,\"line\":null,\"col\":null,\"message\":\"no "
                      "file\",\"hint\":null},\n"
                      "{\"level\":\"error\",\"file\":\"a \\\"b\\\".json\",\"line\":20,\"col\":3,"
                      "\"message\":\"want \\\"x\\\", got \\\\ and \xC3\xA9\\\\n\",\"hint\":null},\n"
                      "{\"level\":\"error\",\"file\":\"c.json\",\"line\":1,\"col\":1,"
                      "\"message\":\"unknown; did you mean \\\"a\\\"?\",\"hint\":\"a\"},\n"
                      "{\"level\":\"error\",\"file\":\"c.json\",\"line\":2,\"col\":1,"
                      "\"message\":\"(#ffffff) too pale; the nearest that passes is #0b6472\","
                      "\"hint\":\"#0b6472\"}\n"
                      "]\n");
    diag_free(diag);
}

static void ten_thousand_findings_are_kept(void **state)
{
    (void)state;
    struct diag *diag = diag_new();
    for (unsigned i = 10000; i > 0; i--)
        diag_error(diag, at("a", i, 1), "x");
    char *said = printed(diag);
    assert_int_equal(strncmp(said, "a:1:1: error: x\na:2:1: ", 23), 0);
    assert_non_null(strstr(said, "a:9999:1: error: x\na:10000:1: error: x\n"));
    free(said);
    diag_free(diag);
}

static void did_you_mean_finds_slips_of_the_finger(void **state)
{
    (void)state;
    static const char *const keys[] = {"inboxes", "name", "slug", "per_page", "locales", "id", NULL};
    assert_string_equal(diag_nearest("inboxs", keys), "inboxes");
    assert_string_equal(diag_nearest("naem", keys), "name");
    assert_string_equal(diag_nearest("perPage", keys), "per_page");
    assert_string_equal(diag_nearest("slg", keys), "slug");
    assert_string_equal(diag_nearest("ids", keys), "id");
    assert_string_equal(diag_nearest("di", keys), "id");
    assert_string_equal(diag_nearest("slug", keys), "slug");
}

static void did_you_mean_keeps_quiet_when_nothing_is_near(void **state)
{
    (void)state;
    static const char *const keys[] = {"inboxes", "name", "slug", NULL};
    static const char *const none[] = {NULL};
    char longest[200];
    memset(longest, 'a', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    const char *const huge[] = {longest, NULL};
    assert_null(diag_nearest("permission", keys));
    assert_null(diag_nearest("sl", keys));
    assert_null(diag_nearest("", keys));
    assert_null(diag_nearest("name", none));
    assert_null(diag_nearest(longest, huge));
    assert_null(diag_nearest("name", huge));
}

static void of_equally_near_candidates_the_first_is_meant(void **state)
{
    (void)state;
    static const char *const keys[] = {"bat", "cat", "hat", NULL};
    assert_string_equal(diag_nearest("rat", keys), "bat");
    assert_string_equal(diag_nearest("cat", keys), "cat");
}

static void assert_place(const char *text, size_t offset, unsigned line, unsigned col)
{
    struct place place = diag_place("a.md", text, text + offset);
    assert_string_equal(place.file, "a.md");
    assert_int_equal(place.line, line);
    assert_int_equal(place.col, col);
}

static void places_in_a_text_count_lines_and_characters(void **state)
{
    (void)state;
    assert_place("", 0, 1, 1);
    assert_place("ab\ncd", 1, 1, 2);
    assert_place("ab\ncd", 2, 1, 3);
    assert_place("ab\ncd", 3, 2, 1);
    assert_place("\n\nÉté", 4, 3, 2);
    assert_place("\n\nÉté", 7, 3, 4);
    assert_place("a\xFFz", 2, 1, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(warnings_print_before_errors_each_sorted_by_place),
        cmocka_unit_test(the_same_finding_prints_once),
        cmocka_unit_test(warnings_do_not_count_as_errors),
        cmocka_unit_test(the_file_name_is_copied),
        cmocka_unit_test(merging_moves_everything),
        cmocka_unit_test(a_finding_stays_on_one_line_that_a_terminal_can_show),
        cmocka_unit_test(an_unread_file_says_why),
        cmocka_unit_test(an_endless_text_is_cut_between_characters),
        cmocka_unit_test(findings_are_one_json_array_for_editors),
        cmocka_unit_test(ten_thousand_findings_are_kept),
        cmocka_unit_test(did_you_mean_finds_slips_of_the_finger),
        cmocka_unit_test(did_you_mean_keeps_quiet_when_nothing_is_near),
        cmocka_unit_test(of_equally_near_candidates_the_first_is_meant),
        cmocka_unit_test(places_in_a_text_count_lines_and_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
