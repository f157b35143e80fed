#include "lib_test.h"

#include "../../lib/json.h"

static bool parse(struct json_doc *doc, const char *text, struct diag *diag)
{
    return json_doc_parse(doc, "a.json", text, strlen(text), diag);
}

/* Every line of `wanted` begins with "a.json:". */
static void assert_refused(const char *text, size_t len, const char *wanted)
{
    struct diag *diag = diag_new();
    struct json_doc doc;
    if (json_doc_parse(&doc, "a.json", text, len, diag))
        fail_msg("let pass: %s", text);
    assert_null(doc.root);
    assert_null(doc.text);
    assert_printed(diag, wanted);
    diag_free(diag);
}

static void refused(const char *text, const char *wanted)
{
    char line[500];
    snprintf(line, sizeof line, "a.json:%s\n", wanted);
    assert_refused(text, strlen(text), line);
}

static void a_document_keeps_its_text_and_its_name(void **state)
{
    (void)state;
    struct diag *diag = diag_new();
    struct json_doc doc;
    assert_true(parse(&doc, " {\"a\": [1, 2.5, true, false, null, \"x\\n\\u00e9\\ud83d\\ude00\"]} \n", diag));
    assert_string_equal(doc.file, "a.json");
    assert_int_equal(doc.len, strlen(doc.text));
    assert_string_equal(json_string_value(json_array_get(json_object_get(doc.root, "a"), 5)), "x\né😀");
    json_doc_release(&doc);
    assert_null(doc.root);
    json_doc_release(&doc);
    assert_true(parse(&doc, "[]", diag));
    json_doc_release(&doc);
    assert_printed(diag, "");
    diag_free(diag);
}

static void what_is_missing_is_named(void **state)
{
    (void)state;
    refused("", "1:1: error: the file is empty; want at least {}");
    refused(" \n ", "1:1: error: the file is empty; want at least {}");
    refused("{\n\"a\": [1,\n 2", "3:3: error: the file ends before the [ of line 2 is closed with ]");
    refused("{\"a\": {}\n", "2:1: error: the file ends before the { of line 1 is closed with }");
    refused("{\"a\"", "1:5: error: the file ends before the { of line 1 is closed with }");
    refused("{\"a\":", "1:6: error: the file ends before the { of line 1 is closed with }");
    refused("[1,", "1:4: error: the file ends before the [ of line 1 is closed with ]");
    refused("{\"a\" 1}", "1:6: error: want : after the key \"a\", got 1");
    refused("{\"a\": }", "1:7: error: want a value here, got }");
    refused("{\"a\": 1 \"b\": 2}", "1:9: error: want a comma or } here, got \"b\"");
    refused("{\"a\": 1\n \"b\": 2}",
            "2:2: error: want a comma or } here, got \"b\"; is a comma missing at the end of line 1?");
    refused("[1\n,2\n\n3]",
            "4:1: error: want a comma or ] here, got 3; is a comma missing at the end of line 2?");
    refused("{\"a\": \"b}\n",
            "1:7: error: the text that begins here has no closing \" in its line; a line break "
            "within a text is written \\n");
    refused("[\"b", "1:2: error: the text that begins here has no closing \" before the end of the file");
}

static void what_is_too_much_is_named(void **state)
{
    (void)state;
    refused("{\"a\": 1,}", "1:8: error: no comma may stand before }; remove it");
    refused("[1, 2,\n]", "1:6: error: no comma may stand before ]; remove it");
    refused("{,}", "1:2: error: want a key in double quotes or }, got ,");
    refused("[,1]", "1:2: error: want a value here, got ,");
    refused("[1,,2]", "1:4: error: want a value here, got ,");
    refused("{} {}", "1:4: error: want nothing more behind the document, got {");
    refused("{}}", "1:3: error: want nothing more behind the document, got }");
    refused("[1}", "1:3: error: want a comma or ] here, got }");
    refused("{\"a\": 1]", "1:8: error: want a comma or } here, got ]");
}

static void habits_of_other_languages_are_answered(void **state)
{
    (void)state;
    refused("// a\n{}", "1:1: error: JSON has no comments; remove this one");
    refused("{ /* a */ }", "1:3: error: JSON has no comments; remove this one");
    refused("{\"a\": 1, # a\n}", "1:10: error: JSON has no comments; remove this one");
    refused("{} // a", "1:4: error: JSON has no comments; remove this one");
    refused("{'a': 1}", "1:2: error: texts stand in double quotes, not in single ones");
    refused("{\"a\": 'b'}", "1:7: error: texts stand in double quotes, not in single ones");
    refused("{\"a\": \u201Cb\u201D}",
            "1:7: error: texts stand in straight double quotes (\"), not in curly ones");
    refused("{\u00ABa\u00BB: 1}",
            "1:2: error: texts stand in straight double quotes (\"), not in curly ones");
    refused("{name: 1}", "1:2: error: keys stand in double quotes: \"name\"");
    refused("[True]", "1:2: error: unknown word True; did you mean true?");
    refused("[None]", "1:2: error: unknown word None; did you mean null?");
    refused("[flase]", "1:2: error: unknown word flase; did you mean false?");
    refused("[trueish]", "1:2: error: unknown word trueish; texts stand in double quotes");
    refused("[own]", "1:2: error: unknown word own; texts stand in double quotes");
    refused("\"a\"", "1:1: error: want { at the beginning, got \"a\"");
    refused("slug: /support/", "1:1: error: want { at the beginning, got slug");
    refused("\xEF\xBB\xBF{}",
            "1:1: error: the file begins with a byte order mark; save it as UTF-8 without one");
    refused("\xFF\xFE{", "1:1: error: the file is UTF-16; save it as UTF-8");
    refused("\xFE\xFF", "1:1: error: the file is UTF-16; save it as UTF-8");
}

static void numbers_are_written_as_json_has_them(void **state)
{
    (void)state;
    refused("[01]", "1:2: error: a number may not begin with 0, got 01");
    refused("[-]", "1:2: error: want a digit after -, got -");
    refused("[+1]", "1:2: error: a number begins with a digit or -, got +1");
    refused("[.5]", "1:2: error: a number begins with a digit or -, got .5");
    refused("[5.]", "1:2: error: want a digit after the point, got 5.");
    refused("[5e]", "1:2: error: want a digit in the exponent, got 5e");
    refused("[0x1F]", "1:3: error: want a comma or ] here, got x1F");
    refused("[1,\n 99999999999999999999]", "2:2: error: this number is too large");
    refused("{\"a\": 1e999}", "1:7: error: this number is too large");

    struct diag *diag = diag_new();
    struct json_doc doc;
    assert_true(
        parse(&doc, "[0, -0, 10, -9223372036854775808, 9223372036854775807, 1.5, -2E+3, 1e-2]", diag));
    json_doc_release(&doc);
    diag_free(diag);
}

static void texts_are_written_as_json_has_them(void **state)
{
    (void)state;
    refused("[\"a\tb\"]", "1:4: error: a tab within a text is written \\t");
    refused("[\"a\x01\"]", "1:4: error: the control character 0x01 within a text is written \\u0001");
    refused("[\"C:\\dir\"]", "1:5: error: \\d means nothing in JSON; a backslash is written \\\\");
    refused("[\"\\u12g4\"]", "1:3: error: want four hex digits after \\u");
    refused("[\"\\u12", "1:3: error: want four hex digits after \\u");
    refused("[\"\\u0000\"]", "1:3: error: \\u0000 may not stand in a text");
    refused("[\"\\ud83d\"]", "1:3: error: \\uD83D is one half of a character; the other half is missing");
    refused("[\"\\ud83d\\u0041\"]",
            "1:3: error: \\uD83D is one half of a character; the other half is missing");
    refused("[\"\\ude00\\ud83d\"]",
            "1:3: error: \\uDE00 is one half of a character; the other half is missing");
    refused("[\"\\", "1:3: error: a backslash alone means nothing in JSON; a backslash is written \\\\");
    assert_refused("[\"a\0b\"]", 7, "a.json:1:4: error: a NUL byte may not stand in a text\n");
    assert_refused("[1]\0", 4,
                   "a.json:1:4: error: want nothing more behind the document, got the byte 0x00\n");
}

static void bytes_that_are_not_utf8_are_refused(void **state)
{
    (void)state;
    refused("[\"caf\xE9\"]", "1:6: error: the byte 0xE9 is not UTF-8; save the file in that encoding");
    refused("[\"é\xC0\xAF\"]", "1:4: error: the byte 0xC0 is not UTF-8; save the file in that encoding");
    refused("[\"\xED\xA0\x80\"]", "1:3: error: the byte 0xED is not UTF-8; save the file in that encoding");
    refused("[\xFF]", "1:2: error: want a value here, got the byte 0xFF");
}

static void every_duplicate_key_is_reported(void **state)
{
    (void)state;
    const char *text = "{\"a\": 1,\n \"a\": 2, \"b\": [{\"c\": {}, \"\\u0063\": 2}],\n \"a\": {}}";
    assert_refused(text, strlen(text),
                   "a.json:2:2: error: the key \"a\" stands in this object already, in line 1\n"
                   "a.json:2:26: error: the key \"c\" stands in this object already, in line 2\n"
                   "a.json:3:2: error: the key \"a\" stands in this object already, in line 1\n");
}

static char *nested(size_t depth)
{
    char *text = malloc(depth * 2 + 1);
    memset(text, '[', depth);
    memset(text + depth, ']', depth);
    text[depth * 2] = '\0';
    return text;
}

static void depth_is_bounded(void **state)
{
    (void)state;
    struct diag *diag = diag_new();
    struct json_doc doc;
    const char *why = NULL;
    char *text = nested(64);
    assert_true(parse(&doc, text, diag));
    json_doc_release(&doc);
    free(text);
    text = nested(65);
    refused(text, "1:65: error: nested more than 64 levels deep");
    free(text);

    text = nested(32);
    json_t *body = json_parse_body(text, 64, &why);
    assert_non_null(body);
    json_decref(body);
    free(text);
    text = nested(33);
    assert_null(json_parse_body(text, 66, &why));
    assert_string_equal(why, "nested too deeply");
    free(text);
    text = nested(1000 * 1000);
    assert_null(json_parse_body(text, 2000 * 1000, &why));
    assert_null(json_parse_body(text, 1000 * 1000, &why));
    free(text);
    diag_free(diag);
}

static void a_long_token_is_named_by_its_beginning(void **state)
{
    (void)state;
    refused("[1 \"a text that is rather long and goes on\"]",
            "1:4: error: want a comma or ] here, got \"a text that is rather l...\"");
    refused("[1 \"ééééééééééééééééééééééééééééé\"]",
            "1:4: error: want a comma or ] here, got \"ééééééééééé...\"");
    refused("[1 é]", "1:4: error: want a comma or ] here, got é");
}

static void assert_place(const struct json_doc *doc, const char *pointer, enum json_at at, unsigned line,
                         unsigned col)
{
    struct place place = json_doc_place(doc, pointer, at);
    if (place.line != line || place.col != col)
        fail_msg("%s stands at %u:%u, want %u:%u", pointer, place.line, place.col, line, col);
    assert_string_equal(place.file, "a.json");
}

static void a_pointer_leads_to_line_and_column(void **state)
{
    (void)state;
    struct diag *diag = diag_new();
    struct json_doc doc;
    assert_true(parse(&doc,
                      "\n{ \"name\" : {\"en\": \"A \\\" {[,\", \"fr\": \"Bé\"},\r\n"
                      "\t\"é/~\": [ 10 , {\"x\": [true,false,null]}, \"\"],\n"
                      "  \"\\u0061b\": -1.5e3, \"\": 0, \"~1\": 1\n}\n",
                      diag));
    assert_place(&doc, "", JSON_AT_VALUE, 2, 1);
    assert_place(&doc, "", JSON_AT_KEY, 2, 1);
    assert_place(&doc, "/name", JSON_AT_KEY, 2, 3);
    assert_place(&doc, "/name", JSON_AT_VALUE, 2, 12);
    assert_place(&doc, "/name/en", JSON_AT_KEY, 2, 13);
    assert_place(&doc, "/name/fr", JSON_AT_VALUE, 2, 37);
    assert_place(&doc, "/é~1~0", JSON_AT_KEY, 3, 2);
    assert_place(&doc, "/é~1~0", JSON_AT_VALUE, 3, 9);
    assert_place(&doc, "/é~1~0/0", JSON_AT_VALUE, 3, 11);
    assert_place(&doc, "/é~1~0/0", JSON_AT_KEY, 3, 11);
    assert_place(&doc, "/é~1~0/1/x/2", JSON_AT_VALUE, 3, 34);
    assert_place(&doc, "/é~1~0/2", JSON_AT_VALUE, 3, 42);
    assert_place(&doc, "/ab", JSON_AT_VALUE, 4, 14);
    assert_place(&doc, "/", JSON_AT_KEY, 4, 22);
    assert_place(&doc, "/", JSON_AT_VALUE, 4, 26);
    assert_place(&doc, "/~01", JSON_AT_VALUE, 4, 35);
    json_doc_release(&doc);
    diag_free(diag);
}

static void an_unknown_pointer_leads_to_its_nearest_parent(void **state)
{
    (void)state;
    struct diag *diag = diag_new();
    struct json_doc doc;
    assert_true(parse(&doc, "{\"a\": {\"b\": [1, 2]}}", diag));
    assert_place(&doc, "/none", JSON_AT_KEY, 1, 1);
    assert_place(&doc, "/a/none/deeper", JSON_AT_VALUE, 1, 7);
    assert_place(&doc, "/a/none", JSON_AT_KEY, 1, 7);
    assert_place(&doc, "/a/b/2", JSON_AT_VALUE, 1, 13);
    assert_place(&doc, "/a/b/01", JSON_AT_VALUE, 1, 13);
    assert_place(&doc, "/a/b/-", JSON_AT_VALUE, 1, 13);
    assert_place(&doc, "/a/b/99999999999", JSON_AT_VALUE, 1, 13);
    assert_place(&doc, "/a/b/1/x", JSON_AT_VALUE, 1, 17);
    assert_place(&doc, "no pointer", JSON_AT_VALUE, 1, 1);
    json_doc_release(&doc);
    diag_free(diag);
}

static void files_are_read_up_to_their_ceiling(void **state)
{
    char path[200], wanted[300];
    struct diag *diag = diag_new();
    struct json_doc doc;
    snprintf(path, sizeof path, "%s/a.json", (char *)*state);
    assert_int_equal(fs_write(path, "{\"a\": 1}", 8, false), 0);
    assert_true(json_doc_load(&doc, path, 8, diag));
    assert_int_equal(json_integer_value(json_object_get(doc.root, "a")), 1);
    json_doc_release(&doc);

    assert_false(json_doc_load(&doc, path, 7, diag));
    assert_null(doc.root);
    assert_false(json_doc_load(&doc, *state, 100, diag));
    snprintf(wanted, sizeof wanted,
             "%s: error: a folder stands here; want a file\n%s: error: too large: at most 7 bytes are read\n",
             (char *)*state, path);
    assert_printed(diag, wanted);
    diag_free(diag);

    diag = diag_new();
    path[strlen(path) - 1] = 'x';
    assert_false(json_doc_load(&doc, path, 100, diag));
    snprintf(wanted, sizeof wanted, "%s: error: not found\n", path);
    assert_printed(diag, wanted);
    diag_free(diag);
}

static void a_body_is_refused_with_a_reason(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *why;
    } cases[] = {
        {"", "not valid JSON"},
        {"5", "not valid JSON"},
        {"{\"a\":1", "not valid JSON"},
        {"{\"a\":1}x", "not valid JSON"},
        {"{\"a\":1,\"a\":2}", "the same key twice in an object"},
        {"{\"a\":1,\"\\u0061\":2}", "the same key twice in an object"},
        {"[1e999]", "a number out of range"},
        {"[\"\\u0000\"]", "a NUL character in a text"},
        {"[\"\\ud800\"]", "not valid JSON"},
        {"[\"\xFF\"]", "not valid UTF-8"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *why = NULL;
        assert_null(json_parse_body(cases[i].text, strlen(cases[i].text), &why));
        assert_string_equal(why, cases[i].why);
    }
}

static void a_body_need_not_end_with_a_nul(void **state)
{
    (void)state;
    static const char text[] = {'{', '"', 'a', '"', ':', '1', '}', '9', '9'};
    const char *why = NULL;
    char *exact = malloc(7);
    memcpy(exact, text, 7);
    json_t *body = json_parse_body(exact, 7, &why);
    assert_int_equal(json_integer_value(json_object_get(body, "a")), 1);
    json_decref(body);
    for (size_t len = 0; len < 7; len++) {
        char *cut = malloc(len + 1);
        memcpy(cut + 1, text, len);
        assert_null(json_parse_body(cut + 1, len, &why));
        free(cut);
    }
    free(exact);
}

/* Whatever the bytes: what the scanner lets pass, jansson reads, and the other way round. */
static void scanner_and_parser_agree(void **state)
{
    (void)state;
    static const char *const pieces[] = {
        "{",  "}",        "[",    "]",  ",",   ":",      "\"a\"",     "\"",    "1",    "-",
        "0",  ".5",       "e1",   " ",  "\n",  "true",   "null",      "\\u",   "00e9", "\\n",
        "\t", "\xC3\xA9", "\xFF", "/*", "'a'", "\"b\":", "{\"c\":1}", "[1,2]", "1.0",  "\\ud83d"};
    unsigned seed = 99;
    int good = 0;
    for (int round = 0; round < 40000; round++) {
        char text[200] = "";
        size_t len = 0;
        for (int count = 0; count < 8; count++) {
            seed = seed * 1103515245u + 12345u;
            const char *piece = pieces[(seed >> 16) % (sizeof pieces / sizeof *pieces)];
            memcpy(text + len, piece, strlen(piece) + 1);
            len += strlen(piece);
            const char *why = NULL;
            json_t *ours = json_parse_body(text, len, &why);
            json_t *theirs = json_loadb(text, len, JSON_REJECT_DUPLICATES, NULL);
            if (!ours != !theirs)
                fail_msg("%s: %s", ours ? "only we read" : "only jansson reads", text);
            good += ours != NULL;
            json_decref(ours);
            json_decref(theirs);
        }
    }
    assert_true(good > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_document_keeps_its_text_and_its_name),
        cmocka_unit_test(what_is_missing_is_named),
        cmocka_unit_test(what_is_too_much_is_named),
        cmocka_unit_test(habits_of_other_languages_are_answered),
        cmocka_unit_test(numbers_are_written_as_json_has_them),
        cmocka_unit_test(texts_are_written_as_json_has_them),
        cmocka_unit_test(bytes_that_are_not_utf8_are_refused),
        cmocka_unit_test(every_duplicate_key_is_reported),
        cmocka_unit_test(depth_is_bounded),
        cmocka_unit_test(a_long_token_is_named_by_its_beginning),
        cmocka_unit_test(a_pointer_leads_to_line_and_column),
        cmocka_unit_test(an_unknown_pointer_leads_to_its_nearest_parent),
        folder_test(files_are_read_up_to_their_ceiling),
        cmocka_unit_test(a_body_is_refused_with_a_reason),
        cmocka_unit_test(a_body_need_not_end_with_a_nul),
        cmocka_unit_test(scanner_and_parser_agree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
