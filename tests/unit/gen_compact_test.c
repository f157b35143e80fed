/* What browsers get of the scripts and style sheets that designers write. */
#include "../../gen/assets/compact.h"
#include "lib_test.h"

typedef bool compacter(const char *text, size_t len, struct buf *out);

static void check(compacter *compact, const char *text, const char *wanted)
{
    struct buf out;
    buf_init(&out, 64 * 1024);
    assert_true(compact(text, strlen(text), &out));
    assert_string_equal(out.len > 0 ? out.data : "", wanted);
    buf_release(&out);
}

static void refuse(compacter *compact, const char *text)
{
    struct buf out;
    buf_init(&out, 64 * 1024);
    assert_false(compact(text, strlen(text), &out));
    buf_release(&out);
}

static void comments_indentation_and_blank_lines_go(void **state)
{
    (void)state;
    check(compact_script,
          "/** Says hello. */\nexport function hi() {\n\n  // politely\n  return 1; // one\n}\n",
          "export function hi() {\nreturn 1;\n}\n");
    check(compact_style, "/* The page. */\nbody {\n  color: red; /* for now */\n}\n",
          "body {\ncolor: red;\n}\n");
}

static void lines_stay_lines(void **state)
{
    (void)state;
    check(compact_script, "let a = 1\nlet b = a\n++b\n", "let a = 1\nlet b = a\n++b\n");
    check(compact_script, "return /* which\n ends the statement */ 1", "return\n1");
    check(compact_script, "const a = /** @type {string} */ (b);", "const a =  (b);");
}

static void strings_patterns_and_templates_are_kept_to_the_letter(void **state)
{
    (void)state;
    check(compact_script, "a = \"// no /* comment */\";", "a = \"// no /* comment */\";");
    check(compact_script, "a = 'it\\'s // here';", "a = 'it\\'s // here';");
    check(compact_script, "a = /[/*]\"'/.test(b);", "a = /[/*]\"'/.test(b);");
    check(compact_script, "return /\"/g;", "return /\"/g;");
    check(compact_script, "x = a / b / c; // half", "x = a / b / c;");
    check(compact_script, "a = `  // kept\n    /* kept */ ${b /* gone */ + `${c}  d`}  `;",
          "a = `  // kept\n    /* kept */ ${b  + `${c}  d`}  `;");
    check(compact_script, "a = `${ {b: 1}.b }`; // c", "a = `${ {b: 1}.b }`;");
    check(compact_style, "a::before { content: \"/* kept */\"; }", "a::before { content: \"/* kept */\"; }");
    check(compact_style, "a { background: url(//b/c.png) }", "a { background: url(//b/c.png) }");
}

static void licences_stay(void **state)
{
    (void)state;
    check(compact_script, "/*! MIT */\nlet a;", "/*! MIT */\nlet a;");
    check(compact_style, "/*! MIT */\na {}", "/*! MIT */\na {}");
}

static void what_is_not_understood_is_refused(void **state)
{
    (void)state;
    refuse(compact_script, "a = \"open\nb");
    refuse(compact_script, "a = `open");
    refuse(compact_script, "/* open");
    refuse(compact_script, "a = `${b`");
    refuse(compact_style, "/* open");
    refuse(compact_style, "a { content: 'open\n}");
    check(compact_script, "", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(comments_indentation_and_blank_lines_go),
        cmocka_unit_test(lines_stay_lines),
        cmocka_unit_test(strings_patterns_and_templates_are_kept_to_the_letter),
        cmocka_unit_test(licences_stay),
        cmocka_unit_test(what_is_not_understood_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
