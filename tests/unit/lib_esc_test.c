#include "lib_test.h"

#include "../../lib/esc.h"
#include "../../lib/utf8.h"

#include <jansson.h>

#define REPLACEMENT "\xEF\xBF\xBD"

typedef void escaper(struct buf *out, const char *text, size_t len);

static void check_bytes(escaper *escape, const char *text, size_t len, const char *wanted)
{
    struct buf out;
    buf_init(&out, 4 * 1024 * 1024);
    escape(&out, text, len);
    assert_true(buf_ok(&out));
    assert_string_equal(out.data, wanted);
    buf_release(&out);
}

static void check(escaper *escape, const char *text, const char *wanted)
{
    check_bytes(escape, text, strlen(text), wanted);
}

static void html_takes_the_meaning_from_markup(void **state)
{
    (void)state;
    check(esc_html, "", "");
    check(esc_html, "plain text", "plain text");
    check(esc_html, "<a href=\"x\" title='y'>R&D</a>",
          "&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;R&amp;D&lt;/a&gt;");
    check(esc_html, "&amp;", "&amp;amp;");
    check(esc_html, "<", "&lt;");
    check(esc_html, "a<", "a&lt;");
    check(esc_html, "<<a", "&lt;&lt;a");
    check(esc_html_text, "<a href=\"x\" title='y'>R&D</a>",
          "&lt;a href=&quot;x&quot; title='y'&gt;R&amp;D&lt;/a&gt;");
}

static void html_keeps_characters_of_all_languages(void **state)
{
    (void)state;
    check(esc_html, "Größe 日本語 مرحبا 😀 é", "Größe 日本語 مرحبا 😀 é");
    check(esc_html, "日<本", "日&lt;本");
}

static void html_replaces_what_is_no_character(void **state)
{
    (void)state;
    check(esc_html, "a\xFFz", "a" REPLACEMENT "z");
    check(esc_html, "a\xE2\x82<b", "a" REPLACEMENT "&lt;b");
    check(esc_html, "\xC0\xBCscript>", REPLACEMENT REPLACEMENT "script&gt;");
    check(esc_html, "\xED\xA0\x80", REPLACEMENT REPLACEMENT REPLACEMENT);
    check(esc_html, "cut\xF0\x9F\x98", "cut" REPLACEMENT);
    check_bytes(esc_html, "a\0b", 3, "a" REPLACEMENT "b");
    /* The byte behind `len` is not looked at. */
    check_bytes(esc_html, "\xE2\x82\xAC", 2, REPLACEMENT);
}

static void every_escaper_gives_valid_utf8_for_any_bytes(void **state)
{
    (void)state;
    static escaper *const escapers[] = {esc_html, esc_url, esc_json, esc_filename, esc_line, esc_log};
    unsigned seed = 12345;
    for (int round = 0; round < 3000; round++) {
        char text[24];
        for (size_t i = 0; i < sizeof text; i++) {
            seed = seed * 1103515245u + 12345u;
            text[i] = (char)(seed >> 16);
        }
        for (size_t i = 0; i < sizeof escapers / sizeof *escapers; i++) {
            struct buf out;
            buf_init(&out, 4096);
            escapers[i](&out, text, (size_t)round % (sizeof text + 1));
            assert_true(buf_ok(&out));
            assert_true(utf8_is_valid(out.data, out.len));
            for (size_t at = 0; at < out.len && i > 0; at++)
                assert_true((unsigned char)out.data[at] >= 0x20 && out.data[at] != 0x7F);
            buf_release(&out);
        }
    }
}

static void megabytes_pass_and_a_ceiling_holds(void **state)
{
    (void)state;
    enum { SIZE = 1024 * 1024 };
    char *text = malloc(SIZE);
    memset(text, '<', SIZE);
    struct buf out;
    buf_init(&out, 4 * SIZE);
    esc_html(&out, text, SIZE);
    assert_true(buf_ok(&out));
    assert_int_equal(out.len, 4 * SIZE);
    buf_reset(&out);
    buf_addc(&out, 'x');
    esc_html(&out, text, SIZE);
    assert_false(buf_ok(&out));
    assert_int_equal(out.len, 4 * SIZE - 3);
    buf_release(&out);
    free(text);
}

static void a_url_component_keeps_only_unreserved_characters(void **state)
{
    (void)state;
    check(esc_url, "AZaz09-._~", "AZaz09-._~");
    check(esc_url, "a b/c?d=e&f#g%h+i", "a%20b%2Fc%3Fd%3De%26f%23g%25h%2Bi");
    check(esc_url, "é😀", "%C3%A9%F0%9F%98%80");
    check(esc_url, "a\xFF", "a%EF%BF%BD");
    check_bytes(esc_url, "a\0", 2, "a%00");
}

static void json_strings_are_safe_within_a_script_too(void **state)
{
    (void)state;
    check(esc_json, "", "\"\"");
    check(esc_json, "say \"hi\" \\ \n\r\t\x01", "\"say \\\"hi\\\" \\\\ \\n\\r\\t\\u0001\"");
    check(esc_json, "</script><!--&", "\"\\u003c/script\\u003e\\u003c!--\\u0026\"");
    check(esc_json, "a\xE2\x80\xA8z\xE2\x80\xA9", "\"a\\u2028z\\u2029\"");
    check(esc_json, "日本 é 😀", "\"日本 é 😀\"");
    check(esc_json, "\xFF", "\"" REPLACEMENT "\"");
    check_bytes(esc_json, "\0", 1, "\"\\u0000\"");
}

static void json_strings_read_back_as_they_were(void **state)
{
    (void)state;
    for (uint32_t code = 1; code < 0x80; code++) {
        char text[] = {'a', (char)code, 'b', '\0'};
        struct buf out;
        buf_init(&out, 100);
        esc_json(&out, text, 3);
        json_t *value = json_loadb(out.data, out.len, JSON_DECODE_ANY, NULL);
        assert_string_equal(json_string_value(value), text);
        json_decref(value);
        buf_release(&out);
    }
}

static void a_file_name_is_given_twice(void **state)
{
    (void)state;
    check(esc_filename, "report.pdf", "filename=\"report.pdf\"; filename*=UTF-8''report.pdf");
    check(esc_filename, "Übersicht Q3.pdf",
          "filename=\"_bersicht Q3.pdf\"; filename*=UTF-8''%C3%9Cbersicht%20Q3.pdf");
    check(esc_filename, "a\"b%41.txt", "filename=\"a_b_41.txt\"; filename*=UTF-8''a%22b%2541.txt");
}

static void a_file_name_cannot_break_out_of_its_header(void **state)
{
    (void)state;
    check(esc_filename, "a\r\nSet-Cookie: x=1",
          "filename=\"aSet-Cookie: x=1\"; filename*=UTF-8''aSet-Cookie%3A%20x%3D1");
    check(esc_filename, "a\"; filename=\"b",
          "filename=\"a_; filename=_b\"; filename*=UTF-8''a%22%3B%20filename%3D%22b");
    check(esc_filename, "../../etc/passwd",
          "filename=\".._.._etc_passwd\"; filename*=UTF-8''.._.._etc_passwd");
    check(esc_filename, "..\\x", "filename=\".._x\"; filename*=UTF-8''.._x");
    check_bytes(esc_filename, "a\0.exe", 6, "filename=\"a.exe\"; filename*=UTF-8''a.exe");
}

static void a_file_name_cannot_hide_its_ending_behind_direction_marks(void **state)
{
    (void)state;
    check(esc_filename,
          "invoice\xE2\x80\xAE"
          "fdp.exe",
          "filename=\"invoicefdp.exe\"; filename*=UTF-8''invoicefdp.exe");
    check(esc_filename, "", "filename=\"file\"; filename*=UTF-8''file");
    check(esc_filename, "\xE2\x80\xAE\r\n", "filename=\"file\"; filename*=UTF-8''file");
}

static void a_file_name_of_any_length_leaves_a_short_header(void **state)
{
    (void)state;
    char name[4096];
    for (size_t i = 0; i + 3 <= sizeof name; i += 3)
        memcpy(name + i, "\xE2\x82\xAC", 3);
    memcpy(name + sizeof name - 4, ".pdf", 4);
    struct buf out;
    buf_init(&out, 10000);
    esc_filename(&out, name, sizeof name);
    assert_true(buf_ok(&out));
    assert_true(out.len < 150 * 10 + 50);
    assert_non_null(strstr(out.data, "_.pdf\"; filename*=UTF-8''%E2%82%AC"));
    assert_string_equal(out.data + out.len - 13, "%E2%82%AC.pdf");

    /* An ending that is none is cut like the rest. */
    memset(name, 'a', sizeof name);
    name[2000] = '.';
    buf_reset(&out);
    esc_filename(&out, name, sizeof name);
    assert_int_equal(out.len, strlen("filename=\"\"; filename*=UTF-8''") + 2 * 150);
    buf_release(&out);
}

static void a_line_shows_controls_instead_of_obeying_them(void **state)
{
    (void)state;
    check(esc_line, "a\n\r\tb\x1B[0m\x7F\xC2\x85", "a\\n\\r\\tb\\x1B[0m\\x7F\\x85");
    check(esc_line, "say \"hé\" \\ = 1", "say \"hé\" \\ = 1");
    check(esc_line, "\xE2\x80\xAE\xE2\x80\xA8", "\\u202E\\u2028");
}

static void a_log_value_is_quoted_only_when_it_must_be(void **state)
{
    (void)state;
    check(esc_log, "/api/v1/tickets", "/api/v1/tickets");
    check(esc_log, "", "\"\"");
    check(esc_log, "two words", "\"two words\"");
    check(esc_log, "a=b", "\"a=b\"");
    check(esc_log, "a\"b\\c", "\"a\\\"b\\\\c\"");
    check(esc_log, "é", "\"é\"");
    check(esc_log, "x\nlevel=error", "\"x\\nlevel=error\"");
}

static void a_csv_field_is_quoted_only_when_it_must_be(void **state)
{
    (void)state;
    check(esc_csv, "", "");
    check(esc_csv, "plain text", "plain text");
    check(esc_csv, "a,b", "\"a,b\"");
    check(esc_csv, "a;b", "\"a;b\"");
    check(esc_csv, "say \"yes\"", "\"say \"\"yes\"\"\"");
    check(esc_csv, "two\r\nlines", "\"two\r\nlines\"");
    check(esc_csv, " edge", "\" edge\"");
    check(esc_csv, "Größe 日本語", "Größe 日本語");
    check(esc_csv, "a\xFFz", "a" REPLACEMENT "z");
}

static void a_csv_field_is_never_a_formula(void **state)
{
    (void)state;
    check(esc_csv, "=1+1", "\"'=1+1\"");
    check(esc_csv, "+41 44 123", "\"'+41 44 123\"");
    check(esc_csv, "-2", "\"'-2\"");
    check(esc_csv, "@SUM(A1)", "\"'@SUM(A1)\"");
    check(esc_csv, "\t=1", "\"'\t'=1\"");
    check(esc_csv, "\r=1", "\"'\r'=1\"");
    check(esc_csv, "＝1", "\"'＝1\"");
    check(esc_csv, "=cmd|' /C calc'!A0", "\"'=cmd|' /C calc'!A0\"");
    check(esc_csv, "  =1+1", "\"'  =1+1\"");
    check(esc_csv, "1=1", "1=1");
}

/* A spreadsheet in many countries parts "12,\"Hello;=1+1;x\"" at the semicolons, whatever is in quotes. */
static void a_csv_field_is_no_formula_behind_a_separator(void **state)
{
    (void)state;
    check(esc_csv, "Hello;=1+1;x", "\"Hello;'=1+1;x\"");
    check(esc_csv, "a; @SUM(A1)", "\"a;' @SUM(A1)\"");
    check(esc_csv, "a\t-2", "\"a\t'-2\"");
    check(esc_csv, "a\n=1", "\"a\n'=1\"");
    check(esc_csv, ";;＝1;", "\";;'＝1;\"");
    check(esc_csv, "a; b, -2;", "\"a; b, -2;\"");
}

static void links_lead_only_where_they_may(void **state)
{
    (void)state;
    static const char *const safe[] = {
        "https://example.com/",
        "HTTP://EXAMPLE.COM",
        "mailto:help@example.com",
        "tel:+33123",
        "/support/en/",
        "help/",
        "?status=open",
        "#top",
        "",
        "a/b:c",
        "./javascript:x",
        "?x=javascript:y",
        "../é",
    };
    for (size_t i = 0; i < sizeof safe / sizeof *safe; i++) {
        if (!esc_url_is_safe(safe[i]))
            fail_msg("refused: %s", safe[i]);
    }
}

static void links_never_run_or_leave_by_a_trick(void **state)
{
    (void)state;
    static const char *const unsafe[] = {
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\tscript:alert(1)",
        "java\nscript:alert(1)",
        "\x01javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "blob:https://x/1",
        "file:///etc/passwd",
        "//evil.example/",
        "/\\evil.example/",
        "\\\\evil.example/",
        "https:evil.example",
        "https:/evil.example",
        "https://",
        "https:///evil.example",
        "mailto:",
        "tel:",
        "h:",
        "x-y:z",
        ":x",
        "\t//evil.example/",
    };
    for (size_t i = 0; i < sizeof unsafe / sizeof *unsafe; i++) {
        if (esc_url_is_safe(unsafe[i]))
            fail_msg("let pass: %s", unsafe[i]);
    }
}

static void a_url_as_an_attribute_keeps_what_urls_are_made_of(void **state)
{
    (void)state;
    static const char url[] = "/a b/\xC3\xA9?x=%20&y='\"<\xFF#h-1";
    struct buf out;
    buf_init(&out, 1024);
    esc_href(&out, url, sizeof url - 1);
    assert_string_equal(out.data, "/a%20b/%C3%A9?x=%20&amp;y=&#39;%22%3C%EF%BF%BD#h-1");
    buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_url_as_an_attribute_keeps_what_urls_are_made_of),
        cmocka_unit_test(html_takes_the_meaning_from_markup),
        cmocka_unit_test(html_keeps_characters_of_all_languages),
        cmocka_unit_test(html_replaces_what_is_no_character),
        cmocka_unit_test(every_escaper_gives_valid_utf8_for_any_bytes),
        cmocka_unit_test(megabytes_pass_and_a_ceiling_holds),
        cmocka_unit_test(a_url_component_keeps_only_unreserved_characters),
        cmocka_unit_test(json_strings_are_safe_within_a_script_too),
        cmocka_unit_test(json_strings_read_back_as_they_were),
        cmocka_unit_test(a_file_name_is_given_twice),
        cmocka_unit_test(a_file_name_cannot_break_out_of_its_header),
        cmocka_unit_test(a_file_name_cannot_hide_its_ending_behind_direction_marks),
        cmocka_unit_test(a_file_name_of_any_length_leaves_a_short_header),
        cmocka_unit_test(a_line_shows_controls_instead_of_obeying_them),
        cmocka_unit_test(a_log_value_is_quoted_only_when_it_must_be),
        cmocka_unit_test(a_csv_field_is_quoted_only_when_it_must_be),
        cmocka_unit_test(a_csv_field_is_never_a_formula),
        cmocka_unit_test(a_csv_field_is_no_formula_behind_a_separator),
        cmocka_unit_test(links_lead_only_where_they_may),
        cmocka_unit_test(links_never_run_or_leave_by_a_trick),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
