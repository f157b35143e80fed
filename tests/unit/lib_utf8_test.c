#include "lib_test.h"

#include "../../lib/utf8.h"

static void every_character_reads_as_it_was_written(void **state)
{
    (void)state;
    for (uint32_t code = 0; code <= 0x10FFFF; code += code < 0x3000 ? 1 : 37) {
        char text[4];
        size_t size = 0;
        if (code >= 0xD800 && code <= 0xDFFF)
            continue;
        if (code < 0x80) {
            text[size++] = (char)code;
        } else if (code < 0x800) {
            text[size++] = (char)(0xC0 | code >> 6);
        } else if (code < 0x10000) {
            text[size++] = (char)(0xE0 | code >> 12);
            text[size++] = (char)(0x80 | (code >> 6 & 0x3F));
        } else {
            text[size++] = (char)(0xF0 | code >> 18);
            text[size++] = (char)(0x80 | (code >> 12 & 0x3F));
            text[size++] = (char)(0x80 | (code >> 6 & 0x3F));
        }
        if (code >= 0x80)
            text[size++] = (char)(0x80 | (code & 0x3F));
        uint32_t read = 0;
        assert_int_equal(utf8_next(text, size, &read), size);
        assert_int_equal(read, code);
        /* Cut short, it is one broken sequence. */
        if (size > 1) {
            assert_int_equal(utf8_next(text, size - 1, &read), size - 1);
            assert_int_equal(read, UTF8_BAD);
        }
    }
}

struct broken {
    const char *text;
    size_t takes;
};

static void what_is_written_reads_as_it_was(void **state)
{
    (void)state;
    for (uint32_t code = 0; code <= 0xFFFF; code++) {
        char text[4];
        uint32_t read = 0;
        if (code >= 0xD800 && code <= 0xDFFF)
            continue;
        size_t size = utf8_put(text, code);
        assert_int_equal(size, code < 0x80 ? 1 : code < 0x800 ? 2 : 3);
        assert_int_equal(utf8_next(text, size, &read), size);
        assert_int_equal(read, code);
    }
}

static void broken_sequences_are_taken_as_browsers_do(void **state)
{
    (void)state;
    static const struct broken cases[] = {
        {"\x80", 1},                 /* a continuation alone */
        {"\xC0\x80", 1},             /* overlong NUL */
        {"\xC1\xBF", 1},             /* overlong */
        {"\xE0\x80\x80", 1},         /* overlong */
        {"\xE0\x9F\xBF", 1},         /* overlong */
        {"\xED\xA0\x80", 1},         /* a surrogate */
        {"\xF0\x8F\xBF\xBF", 1},     /* overlong */
        {"\xF4\x90\x80\x80", 1},     /* over U+10FFFF */
        {"\xF5\x80\x80\x80", 1},     /* no lead byte */
        {"\xFF", 1},                 /* no byte of UTF-8 */
        {"\xE2\x82x", 2},            /* broken off */
        {"\xF0\x9F\x98x", 3},        /* broken off */
        {"\xF0\x9F\xE2\x82\xAC", 2}, /* broken off by another */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint32_t code = 0;
        assert_int_equal(utf8_next(cases[i].text, strlen(cases[i].text), &code), cases[i].takes);
        assert_int_equal(code, UTF8_BAD);
        assert_false(utf8_is_valid(cases[i].text, strlen(cases[i].text)));
    }
}

static void characters_are_counted_not_bytes(void **state)
{
    (void)state;
    const char *text = "a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80";
    assert_int_equal(utf8_count(text, strlen(text)), 4);
    assert_int_equal(utf8_count("", 0), 0);
    assert_int_equal(utf8_count("\xFF\xFF", 2), 2);
    assert_true(utf8_is_valid(text, strlen(text)));
    assert_true(utf8_is_valid("", 0));
    assert_int_equal(utf8_prefix(text, strlen(text), 0), 0);
    assert_int_equal(utf8_prefix(text, strlen(text), 2), 3);
    assert_int_equal(utf8_prefix(text, strlen(text), 3), 6);
    assert_int_equal(utf8_prefix(text, strlen(text), 99), 10);
}

/* Texts are judged many bytes at a time: wherever a bad byte stands among whatever else, it is found. */
static void a_bad_byte_is_found_wherever_it_stands(void **state)
{
    static const char *const fillings[] = {"0123456789abcdef0123456789",
                                           "\xE4\xB8\xAD\xE6\x96\x87\xE4\xB8\xAD\xE6\x96\x87",
                                           "za\xC5\xBC\xC3\xB3\xC5\x82\xC4\x87 g\xC4\x99\xC5\x9Bl\xC4\x85",
                                           "\xF0\x9F\x98\x80 smile \xE0\xA4\x85\xED\x9F\xBF"};
    (void)state;
    for (size_t i = 0; i < sizeof fillings / sizeof fillings[0]; i++) {
        char text[64];
        size_t len = strlen(fillings[i]);
        assert_true(utf8_is_valid(fillings[i], len));
        for (size_t at = 0; at <= len; at++) {
            memcpy(text, fillings[i], at);
            text[at] = '\xFF';
            memcpy(text + at + 1, fillings[i] + at, len - at);
            assert_false(utf8_is_valid(text, len + 1));
        }
    }
}

static void controls_and_direction_marks_are_told_from_letters(void **state)
{
    (void)state;
    assert_true(utf8_is_control('\n'));
    assert_true(utf8_is_control(0x7F));
    assert_true(utf8_is_control(0x85));
    assert_true(utf8_is_control(0x2028));
    assert_false(utf8_is_control(' '));
    assert_false(utf8_is_control(0xA0));
    assert_true(utf8_is_direction(0x202E));
    assert_true(utf8_is_direction(0x2066));
    assert_true(utf8_is_direction(0x061C));
    assert_false(utf8_is_direction(0x0627));
    assert_false(utf8_is_direction(0x200D));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_character_reads_as_it_was_written),
        cmocka_unit_test(what_is_written_reads_as_it_was),
        cmocka_unit_test(broken_sequences_are_taken_as_browsers_do),
        cmocka_unit_test(characters_are_counted_not_bytes),
        cmocka_unit_test(a_bad_byte_is_found_wherever_it_stands),
        cmocka_unit_test(controls_and_direction_marks_are_told_from_letters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
