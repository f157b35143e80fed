/* What people type and attach is checked and made fit to keep (T20, T28, T29, T30). */
#include "../../api/portal/cursor.h"
#include "../../api/portal/form.h"
#include "../../api/portal/media.h"
#include "../../api/portal/text.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>
#include <string.h>

static const char *options[] = {"billing", "bug"};

static const struct portal_field subject = {.id = "subject", .required = true, .max = 10};
static const struct portal_field message = {
    .id = "message", .type = PORTAL_FIELD_TEXTAREA, .required = true, .max = 20};
static const struct portal_field category = {
    .id = "category", .type = PORTAL_FIELD_SELECT, .options = options, .option_count = 2};
static const struct portal_field files = {
    .id = "files", .type = PORTAL_FIELD_FILES, .required = true, .max = 3};

static int begin(void **state)
{
    *state = arena_new(0);
    return *state ? 0 : -1;
}

static int end(void **state)
{
    arena_free(*state);
    return 0;
}

static void assert_fault(struct arena *arena, const struct portal_field *field, const char *text,
                         const char *want)
{
    struct form_value value = {.field = field, .text = text};
    struct field_error errors[FIELD_ERRORS_MAX];
    size_t count = 0;
    assert_true(form_check(&value, 1, arena, errors, &count));
    if (!want) {
        assert_int_equal(count, 0);
        return;
    }
    assert_int_equal(count, 1);
    assert_string_equal(errors[0].field, field->id);
    assert_string_equal(errors[0].code, want);
}

static void required_means_more_than_blanks(void **state)
{
    assert_fault(*state, &subject, NULL, "required");
    assert_fault(*state, &subject, "", "required");
    assert_fault(*state, &subject, " \t\n ", "required");
    assert_fault(*state, &message, "\r\n \r\n", "required");
    assert_fault(*state, &subject, " \xc2\xa0\xe2\x80\x8b\xe3\x80\x80 ", "required");
    assert_fault(*state, &message, "\xc2\xa0\n\xe3\x80\x80", "required");
    assert_fault(*state, &subject, "x", NULL);
    assert_fault(*state, &files, NULL, "required");
    assert_fault(*state, &category, NULL, NULL);
    assert_fault(*state, &category, "", NULL);
}

static void length_counts_characters(void **state)
{
    assert_fault(*state, &subject, "0123456789", NULL);
    assert_fault(*state, &subject, "ééééééééé€", NULL);
    assert_fault(*state, &subject, "0123456789x", "too_long");
    assert_fault(*state, &subject, "  0123456789  ", NULL);
}

static void only_options_of_the_form_are_taken(void **state)
{
    assert_fault(*state, &category, "bug", NULL);
    assert_fault(*state, &category, "Bug", "option");
    assert_fault(*state, &category, "bu", "option");
    assert_fault(*state, &category, "bug billing", "option");
}

static void all_faults_are_told_at_once(void **state)
{
    struct form_value values[] = {
        {.field = &subject}, {.field = &message}, {.field = &category, .text = "x"}};
    struct field_error errors[FIELD_ERRORS_MAX];
    size_t count = 0;
    assert_true(form_check(values, 3, *state, errors, &count));
    assert_int_equal(count, 3);
}

static void a_line_stays_one_line(void **state)
{
    assert_string_equal(text_line(*state, " Order\r\nBcc: x\t1 "), "Order  Bcc: x 1");
    assert_string_equal(text_line(*state, "a\x01\x7f"
                                          "b\xc2\x85"
                                          "c\xe2\x80\xa8"
                                          "d"),
                        "a  b c d");
    assert_string_equal(text_line(*state, "Invoice \xe2\x80\xae"
                                          "fdp.\xe2\x81\xa6"
                                          "exe"),
                        "Invoice fdp.exe");
    assert_string_equal(text_line(*state, "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d"),
                        "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d");
}

static void lines_end_with_newline_only(void **state)
{
    assert_string_equal(text_lines(*state, "a\r\nb\rc\nd"), "a\nb\nc\nd");
    assert_string_equal(text_lines(*state, "\r\n \r\n  indented\r\n\r\nmore\r\n \r\n"), "  indented\n\nmore");
    assert_string_equal(text_lines(*state, "tab\there\x1b[31m"), "tab\there[31m");
    assert_string_equal(text_lines(*state, ""), "");
    assert_string_equal(text_lines(*state, "\xc2\xa0\n x \n\xc2\xa0"), " x");
}

static void file_names_are_labels(void **state)
{
    assert_string_equal(text_file_name(*state, "../../etc/passwd"), "passwd");
    assert_string_equal(text_file_name(*state, "C:\\fakepath\\r\xc3\xa9sum\xc3\xa9.pdf"),
                        "r\xc3\xa9sum\xc3\xa9.pdf");
    assert_string_equal(text_file_name(*state, "ev\xe2\x80\xae"
                                               "gpj.exe"),
                        "evgpj.exe");
    assert_string_equal(text_file_name(*state, "a\xe2\x80\x8b"
                                               "b\r\n.txt"),
                        "ab.txt");
    assert_string_equal(text_file_name(*state, ".."), "file");
    assert_string_equal(text_file_name(*state, ""), "file");
    assert_string_equal(text_file_name(*state, "/"), "file");
    assert_string_equal(text_file_name(*state, "\xff\xfe"), "file");
}

static void long_names_keep_their_ending(void **state)
{
    char name[4200];
    memset(name, 'n', 4096);
    strcpy(name + 4096, ".pdf");
    char *label = text_file_name(*state, name);
    assert_int_equal(strlen(label), 200);
    assert_string_equal(label + 196, ".pdf");
}

static void assert_type(const char *name, const char *bytes, size_t len, const char *want)
{
    assert_string_equal(media_type(name, bytes, len), want);
}

static void types_come_from_the_bytes(void **state)
{
    (void)state;
    assert_type("a.txt", "\x89PNG\r\n\x1a\n....", 12, "image/png");
    assert_type("a", "\xff\xd8\xff\xe0", 4, "image/jpeg");
    assert_type("a.gif", "GIF89a", 6, "image/gif");
    assert_type("a.webp", "RIFF....WEBPVP8 ", 16, "image/webp");
    assert_type("a.pdf", "%PDF-1.7", 8, "application/pdf");
    assert_type("a.zip", "PK\x03\x04....", 8, "application/zip");
    assert_type("a.docx", "PK\x03\x04....", 8,
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document");
    assert_type("a.csv", "a;b\n1;2\n", 8, "text/csv");
    assert_type("a.TXT", "caf\xc3\xa9", 5, "text/plain");
}

static void what_browsers_run_is_only_bytes(void **state)
{
    (void)state;
    assert_type("a.html", "<script>", 8, "application/octet-stream");
    assert_type("a.svg", "<svg xmlns=", 11, "application/octet-stream");
    assert_type("a.xml", "<?xml ", 6, "application/octet-stream");
    assert_type("a.js", "alert(1)", 8, "application/octet-stream");
    assert_type("a.png", "<script>", 8, "application/octet-stream");
    assert_type("a.txt", "MZ\x00\x01", 4, "application/octet-stream");
    assert_type("a.txt", "\xff\xfe", 2, "application/octet-stream");
    assert_type(".txt", "x", 1, "application/octet-stream");
    assert_type("a.txt", "", 0, "text/plain");
    assert_false(media_is_image("application/pdf"));
    assert_false(media_is_image("image/svg+xml"));
    assert_true(media_is_image("image/png"));
}

static void a_character_cut_by_the_head_is_no_fault(void **state)
{
    char head[MEDIA_HEAD + 2];
    (void)state;
    memset(head, 'a', sizeof head);
    memcpy(head + MEDIA_HEAD - 1, "\xc3\xa9", 2);
    assert_type("a.txt", head, MEDIA_HEAD, "text/plain");
    assert_type("a.txt", head, MEDIA_HEAD - 1, "text/plain");
    head[100] = '\xc3';
    assert_type("a.txt", head, MEDIA_HEAD, "application/octet-stream");
}

/* What it wrote of a last row, read again for the same list. */
static bool comes_back(struct arena *arena, struct ticket_query query, struct ticket last)
{
    const char *text = cursor_write(arena, &query, &last);
    bool same_key = false, sorted = query.order.property != NULL;
    assert_non_null(text);
    assert_int_equal(strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
                     strlen(text));
    if (!cursor_read(arena, text, &query))
        return false;
    same_key = sorted && strcmp(query.after.key, last.key) == 0;
    return query.after.number == last.number &&
           (same_key || (!sorted && query.after.last_activity_at == last.last_activity_at));
}

static void cursors_come_back_as_they_went(void **state)
{
    static const char *const keys[] = {"", "tété", "n1.5", "n-1763806503120", "t", "t\x01 a"};
    struct arena *arena = arena_new(0);
    (void)state;
    assert_true(
        comes_back(arena, (struct ticket_query){0}, (struct ticket){.last_activity_at = 1, .number = 1}));
    assert_true(comes_back(arena, (struct ticket_query){0},
                           (struct ticket){.last_activity_at = INT64_MAX, .number = INT64_MAX}));
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        assert_true(comes_back(arena, (struct ticket_query){.order = {.property = "subject"}},
                               (struct ticket){.key = keys[i], .number = 1042}));
    arena_free(arena);
}

static void other_cursors_are_refused(void **state)
{
    static const char *const bad[] = {
        "",
        "x",
        "AAAAAAAAAAAAAAAAAAAAAA",  /* both 0 */
        "gAAAAAAAAAEAAAAAAAAAAQ",  /* negative */
        "AAAAAAAAAAEAAAAAAAAAA",   /* too short */
        "AAAAAAAAAAEAAAAAAAAAAQA", /* too long */
        "AAAAAAAAAAEAAAAAAAAA+Q",
        "AAAAAAAAAAEAAAAAAAAA%Q",
    };
    struct ticket_query plain = {0}, sorted = {.order = {.property = "subject"}};
    struct arena *arena = arena_new(0);
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        if (cursor_read(arena, bad[i], &plain))
            fail_msg("\"%s\" is taken", bad[i]);
    assert_false(cursor_read(arena, "AAAAAAAAAAAAdA", &sorted)); /* number 0 */
    assert_false(cursor_read(arena, "AAAAAAAAAAEA", &sorted));   /* a NUL in its key */
    assert_false(cursor_read(arena, "AAAAAAAAAAFY", &sorted));   /* neither a number nor a text */
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(required_means_more_than_blanks, begin, end),
        cmocka_unit_test_setup_teardown(length_counts_characters, begin, end),
        cmocka_unit_test_setup_teardown(only_options_of_the_form_are_taken, begin, end),
        cmocka_unit_test_setup_teardown(all_faults_are_told_at_once, begin, end),
        cmocka_unit_test_setup_teardown(a_line_stays_one_line, begin, end),
        cmocka_unit_test_setup_teardown(lines_end_with_newline_only, begin, end),
        cmocka_unit_test_setup_teardown(file_names_are_labels, begin, end),
        cmocka_unit_test_setup_teardown(long_names_keep_their_ending, begin, end),
        cmocka_unit_test(types_come_from_the_bytes),
        cmocka_unit_test(what_browsers_run_is_only_bytes),
        cmocka_unit_test(a_character_cut_by_the_head_is_no_fault),
        cmocka_unit_test(cursors_come_back_as_they_went),
        cmocka_unit_test(other_cursors_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
