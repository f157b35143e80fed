#include "../../lib/buf.h"
#include "../../lib/multipart.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* What was called, as text: "[name|filename|type]data;" for each part. */
struct record {
    struct buf text;
    int stop_after; /* calls; 0: never */
    int calls;
};

static bool goes_on(struct record *record)
{
    return ++record->calls != record->stop_after;
}

static bool on_begin(void *context, const struct multipart_part *part)
{
    struct record *record = context;
    buf_addf(&record->text, "[%s|%s|%s]", part->name, part->filename ? part->filename : "-",
             part->type ? part->type : "-");
    return goes_on(record);
}

static bool on_data(void *context, const char *bytes, size_t len)
{
    struct record *record = context;
    assert_true(len > 0);
    buf_add(&record->text, bytes, len);
    return goes_on(record);
}

static bool on_end(void *context)
{
    struct record *record = context;
    buf_addc(&record->text, ';');
    return goes_on(record);
}

#define TYPE "multipart/form-data; boundary=xYz"

static void record_init(struct record *record)
{
    *record = (struct record){0};
    buf_init(&record->text, 1024 * 1024);
}

/* Feed the body in two pieces, or byte by byte when `cut` is over its length. */
static enum multipart_state parse(const char *type, const char *body, size_t len, size_t cut,
                                  struct record *record)
{
    const struct multipart_handler handler = {on_begin, on_data, on_end, record};
    struct multipart *parser = multipart_new(type, &handler);
    assert_non_null(parser);
    enum multipart_state state = MULTIPART_MORE;
    if (cut <= len) {
        multipart_feed(parser, body, cut);
        state = multipart_feed(parser, body + cut, len - cut);
    } else {
        for (size_t i = 0; i < len; i++)
            state = multipart_feed(parser, body + i, 1);
    }
    multipart_free(parser);
    return state;
}

static void assert_parsed_bytes(const char *body, size_t len, enum multipart_state state, const char *want,
                                size_t want_len)
{
    for (size_t cut = 0; cut <= len + 1; cut++) {
        struct record record;
        record_init(&record);
        enum multipart_state got = parse(TYPE, body, len, cut, &record);
        if (got != state || record.text.len != want_len || memcmp(record.text.data, want, want_len) != 0)
            fail_msg("cut at %zu of %s: want %d %s, got %d %s", cut, body, (int)state, want, (int)got,
                     record.text.data);
        buf_release(&record.text);
    }
}

static void assert_parsed(const char *body, enum multipart_state state, const char *want)
{
    assert_parsed_bytes(body, strlen(body), state, want, strlen(want));
}

#define PART(head) "--xYz\r\nContent-Disposition: form-data; " head "\r\n\r\n"
#define LAST "\r\n--xYz--\r\n"

static void fields_and_files_come_in_order(void **state)
{
    (void)state;
    assert_parsed(PART("name=\"subject\"") "Printer"
                                           "\r\n" PART("name=\"files\"; filename=\"a.txt\"\r\n"
                                                       "Content-Type: text/plain") "one\r\ntwo\r\n"
                                                                                   "\r\n" PART("name=empty")
                                                                                       LAST,
                  MULTIPART_DONE, "[subject|-|-]Printer;[files|a.txt|text/plain]one\r\ntwo\r\n;[empty|-|-];");
    assert_parsed("--xYz--\r\n", MULTIPART_DONE, "");
    assert_parsed("--xYz--", MULTIPART_DONE, "");
}

static void what_stands_around_the_parts_is_ignored(void **state)
{
    (void)state;
    assert_parsed("hello\r\n--xY\r\n" PART("name=a") "1" LAST "--xYz\r\nrest", MULTIPART_DONE, "[a|-|-]1;");
    assert_parsed("\r\n" PART("name=a") "1" LAST, MULTIPART_DONE, "[a|-|-]1;");
    assert_parsed("not--xYz\r\n" PART("name=a") "1" LAST, MULTIPART_DONE, "[a|-|-]1;");
    assert_parsed("--xYz \t\r\nContent-Disposition:form-data;name=a\r\n\r\n1" LAST, MULTIPART_DONE,
                  "[a|-|-]1;");
}

static void what_only_begins_like_a_boundary_is_data(void **state)
{
    (void)state;
    assert_parsed(PART("name=a") "\r\n--xY\r\r\n\r\n-\r\n--\r\n--xyz\n--xYz--xYz\r" LAST, MULTIPART_DONE,
                  "[a|-|-]\r\n--xY\r\r\n\r\n-\r\n--\r\n--xyz\n--xYz--xYz\r;");
    assert_parsed(PART("name=a") "--xY\r\n" LAST, MULTIPART_DONE, "[a|-|-]--xY\r\n;");
    static const char body[] = PART("name=a") "\0\r\n\0--xYz\xff" LAST;
    static const char want[] = "[a|-|-]\0\r\n\0--xYz\xff;";
    assert_parsed_bytes(body, sizeof body - 1, MULTIPART_DONE, want, sizeof want - 1);
}

static void a_part_may_lack_even_the_line_end_of_its_data(void **state)
{
    (void)state;
    assert_parsed(PART("name=a") PART("name=b") "2" LAST, MULTIPART_DONE, "[a|-|-];[b|-|-]2;");
    assert_parsed(PART("name=a") "--xYz--", MULTIPART_DONE, "[a|-|-];");
}

static void a_body_that_is_cut_off_never_ends(void **state)
{
    (void)state;
    assert_parsed("", MULTIPART_MORE, "");
    assert_parsed("--xYz\r\nContent-Disposition: form-data; name=a\r\n", MULTIPART_MORE, "");
    assert_parsed(PART("name=a") "12", MULTIPART_MORE, "[a|-|-]12");
    assert_parsed(PART("name=a") "12\r\n--xY", MULTIPART_MORE, "[a|-|-]12");
    assert_parsed(PART("name=a") "12\r\n--xYz", MULTIPART_MORE, "[a|-|-]12;");
    assert_parsed(PART("name=a") "12\r\n--xYz-", MULTIPART_MORE, "[a|-|-]12;");
}

static void names_are_read_as_browsers_send_them(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"name=\"a\"; filename=\"caf\xc3\xa9.txt\"", "[a|caf\xc3\xa9.txt|-]"},
        {"name=\"a\"; filename=\"say %22hi%22.txt\"", "[a|say \"hi\".txt|-]"},
        {"name=\"a\"; filename=\"one%0D%0Atwo%0dthree%0Afour\"", "[a|one two three four|-]"},
        {"name=\"a\"; filename=\"100%.txt\"", "[a|100%.txt|-]"},
        {"name=\"a\"; filename=\"%41%00%2\"", "[a|%41%00%2|-]"},
        {"name=\"a\"; filename=\"C:\\new\\table.txt\"", "[a|C:\\new\\table.txt|-]"},
        {"name=\"a\"; filename=\"ends in \\\"", "[a|ends in \\|-]"},
        {"filename=\"back\\\"; name=\"a\"", "[a|back\\|-]"},
        {"name=\"a\"; filename=\"say \\\"hi\\\".txt\"", "[a|say \"hi\".txt|-]"},
        {"name=\"a\"; filename=\"semi;colon.txt\"", "[a|semi;colon.txt|-]"},
        {"name=\"a\"; filename=\"\"", "[a||-]"},
        {"name=\"\"", "[|-|-]"},
        {"name=a;filename=b", "[a|b|-]"},
        {"NAME = \"a\" ; FileName = \"b\" ;", "[a|b|-]"},
        {"name=\"a\"; filename=\"tab\tand \xc2\x85\"", "[a|tab and  |-]"},
        {"name=\"a\"; filename=\"\xff\xc3(\"", "[a|\xef\xbf\xbd\xef\xbf\xbd(|-]"},
        {"name=\"a\"; filename=\"x\"; filename*=UTF-8''caf%C3%A9%20%22.txt", "[a|caf\xc3\xa9 \".txt|-]"},
        {"filename*=utf-8'fr'caf%C3%A9; name=\"a\"; filename=\"x\"", "[a|caf\xc3\xa9|-]"},
        {"name=\"a\"; filename*=UTF-8''a%0Ab", "[a|a b|-]"},
        {"name=\"a\"; other=\"x\"", "[a|-|-]"},
        {"name=\"a\"; filename=\"../../etc/passwd\"", "[a|../../etc/passwd|-]"},
    };
    char body[512], want[512];
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        snprintf(body, sizeof body, PART("%s") "1" LAST, pairs[i][0]);
        snprintf(want, sizeof want, "%s1;", pairs[i][1]);
        assert_parsed(body, MULTIPART_DONE, want);
    }
}

static void heads_that_are_none_are_refused(void **state)
{
    (void)state;
    static const char *const odd[] = {
        "--xYz\r\n\r\n1" LAST,
        "--xYz\r\nContent-Type: text/plain\r\n\r\n1" LAST,
        "--xYz\r\nContent-Disposition: attachment; name=a\r\n\r\n1" LAST,
        "--xYz\r\nContent-Disposition: form-datax; name=a\r\n\r\n1" LAST,
        "--xYz\r\nContent-Disposition: form-data\r\n\r\n1" LAST,
        "--xYz\r\nContent-Disposition : form-data; name=a\r\n\r\n1" LAST,
        "--xYz\r\nContent-Disposition: form-data;\r\n name=a\r\n\r\n1" LAST,
        "--xYz\r\nContent-Disposition: form-data; name=a\nX: y\r\n\r\n1" LAST,
        "--xYz\r\nContent-Disposition: form-data; name=a\r X: y\r\n\r\n1" LAST,
        "--xYz\r\nno colon\r\nContent-Disposition: form-data; name=a\r\n\r\n1" LAST,
        PART("name=a\r\nContent-Disposition: form-data; name=b") "1" LAST,
        PART("name=a\r\nContent-Type: a/b\r\nContent-Type: c/d") "1" LAST,
        PART("name=a\r\nContent-Type: \xc3\xa9") "1" LAST,
        PART("name=a\r\nContent-Transfer-Encoding: base64") "MQ==" LAST,
        PART("name=a; name=b") "1" LAST,
        PART("name=a; filename=b; filename=c") "1" LAST,
        PART("filename=b") "1" LAST,
        PART("name=\"a") "1" LAST,
        PART("name=\"a\"b") "1" LAST,
        PART("name=") "1" LAST,
        PART("name") "1" LAST,
        PART("=a; name=b") "1" LAST,
        PART(";; name=a") "1" LAST,
        PART("name=a; filename*=x") "1" LAST,
        PART("name=a; filename*=latin1''x") "1" LAST,
        PART("name=a; filename*=UTF-8'x") "1" LAST,
        PART("name=a; filename*=UTF-8''%zz") "1" LAST,
        PART("name=a; filename*=UTF-8''%ff") "1" LAST,
        PART("name=a; filename*=UTF-8''%00") "1" LAST,
        PART("name=a; filename*=\"UTF-8''x\"") "1" LAST,
        PART("name=\"a\x01\"") "1" LAST,
    };
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
        assert_parsed(odd[i], MULTIPART_MALFORMED, "");
    static const char nul[] = PART("name=\"a\0\"") "1" LAST;
    assert_parsed_bytes(nul, sizeof nul - 1, MULTIPART_MALFORMED, "", 0);
}

static void a_plain_transfer_encoding_is_let_pass(void **state)
{
    (void)state;
    assert_parsed(PART("name=a\r\nContent-Transfer-Encoding: Binary\r\nX-Other: y") "1" LAST, MULTIPART_DONE,
                  "[a|-|-]1;");
}

static void boundaries_that_go_on_are_refused(void **state)
{
    (void)state;
    static const char *const odd[] = {"x\r\n", "-x", "\n", "\rx", " x\r\n", " --"};
    char body[128];
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        snprintf(body, sizeof body, PART("name=a") "1\r\n--xYz%s", odd[i]);
        assert_parsed(body, MULTIPART_MALFORMED, "[a|-|-]1;");
    }
}

static void a_head_may_have_4_kib(void **state)
{
    (void)state;
    enum { HEAD = 4096 };
    char body[2 * HEAD];
    struct record record;
    for (size_t over = 0; over < 2; over++) {
        size_t begin = strlen("--xYz\r\n");
        int len = snprintf(body, sizeof body, "--xYz\r\nContent-Disposition: form-data; name=a\r\nX: ");
        memset(body + len, 'x', sizeof body - (size_t)len);
        memcpy(body + begin + HEAD + over - 4, "\r\n\r\n1" LAST, strlen("\r\n\r\n1" LAST) + 1);
        record_init(&record);
        assert_int_equal(parse(TYPE, body, strlen(body), 1000, &record),
                         over ? MULTIPART_MALFORMED : MULTIPART_DONE);
        assert_string_equal(record.text.data, over ? "" : "[a|-|-]1;");
        buf_release(&record.text);
    }
}

static void each_call_may_stop_the_parse_for_good(void **state)
{
    (void)state;
    static const char body[] = PART("name=a") "1\r\n" PART("name=b") "2" LAST;
    static const char *const wants[] = {"[a|-|-]",          "[a|-|-]1",          "[a|-|-]1;",
                                        "[a|-|-]1;[b|-|-]", "[a|-|-]1;[b|-|-]2", "[a|-|-]1;[b|-|-]2;"};
    for (int stop = 1; stop <= 6; stop++) {
        struct record record;
        record_init(&record);
        record.stop_after = stop;
        assert_int_equal(parse(TYPE, body, sizeof body - 1, sizeof body, &record), MULTIPART_STOPPED);
        assert_string_equal(record.text.data, wants[stop - 1]);
        assert_int_equal(record.calls, stop);
        buf_release(&record.text);
    }
}

static void boundaries_are_found_in_the_type(void **state)
{
    (void)state;
    static const char *const good[] = {
        "multipart/form-data; boundary=xYz",
        "Multipart/Form-Data;boundary=\"xYz\"",
        "multipart/form-data; charset=utf-8; BOUNDARY=xYz;",
        "multipart/form-data ; boundary = \"xYz\" ; x=y",
    };
    static const char *const bad[] = {
        "",
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=\"\"",
        "multipart/form-data; boundary=\"xYz",
        "multipart/form-data; boundary=\"xYz \"",
        "multipart/form-data; boundary=x*z",
        "multipart/form-data; boundary=\"x\\Yz\"",
        "multipart/form-data; boundary=xYz; boundary=xYz",
        "multipart/form-data; boundary=x\xc3\xa9",
        "multipart/form-data; boundary=xYz x",
        "multipart/form-data boundary=xYz",
        "multipart/form-datax; boundary=xYz",
        "multipart/mixed; boundary=xYz",
        "application/x-www-form-urlencoded",
    };
    static const char body[] = PART("name=a") "1" LAST;
    const struct multipart_handler handler = {on_begin, on_data, on_end, NULL};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        struct record record;
        record_init(&record);
        assert_int_equal(parse(good[i], body, sizeof body - 1, 0, &record), MULTIPART_DONE);
        assert_string_equal(record.text.data, "[a|-|-]1;");
        buf_release(&record.text);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (multipart_new(bad[i], &handler))
            fail_msg("%s was taken", bad[i]);
    assert_null(multipart_new(NULL, &handler));
    multipart_free(NULL);
}

static void a_boundary_has_70_characters_at_most(void **state)
{
    (void)state;
    char type[160], body[512], boundary[72];
    const struct multipart_handler handler = {on_begin, on_data, on_end, NULL};
    memset(boundary, '-', 71);
    boundary[71] = '\0';
    snprintf(type, sizeof type, "multipart/form-data; boundary=%s", boundary);
    assert_null(multipart_new(type, &handler));

    boundary[70] = '\0';
    snprintf(type, sizeof type, "multipart/form-data; boundary=%s", boundary);
    snprintf(body, sizeof body, "--%s\r\nContent-Disposition: form-data; name=a\r\n\r\n\r\n--%.69s\r\n--%s--",
             boundary, boundary, boundary);
    struct record record;
    record_init(&record);
    assert_int_equal(parse(type, body, strlen(body), 1000, &record), MULTIPART_DONE);
    assert_memory_equal(record.text.data, "[a|-|-]\r\n-----", 14);
    assert_int_equal(record.text.len, 7 + 4 + 69 + 1);
    buf_release(&record.text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_and_files_come_in_order),
        cmocka_unit_test(what_stands_around_the_parts_is_ignored),
        cmocka_unit_test(what_only_begins_like_a_boundary_is_data),
        cmocka_unit_test(a_part_may_lack_even_the_line_end_of_its_data),
        cmocka_unit_test(a_body_that_is_cut_off_never_ends),
        cmocka_unit_test(names_are_read_as_browsers_send_them),
        cmocka_unit_test(heads_that_are_none_are_refused),
        cmocka_unit_test(a_plain_transfer_encoding_is_let_pass),
        cmocka_unit_test(boundaries_that_go_on_are_refused),
        cmocka_unit_test(a_head_may_have_4_kib),
        cmocka_unit_test(each_call_may_stop_the_parse_for_good),
        cmocka_unit_test(boundaries_are_found_in_the_type),
        cmocka_unit_test(a_boundary_has_70_characters_at_most),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
