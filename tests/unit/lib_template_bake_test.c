/* What baking adds to the cases of lib_template_test.c: gaps that are written, texts that are edited. */
#include "lib_test.h"

#include "../../lib/template.h"

struct baking {
    struct template_set *set;
    json_t *shared, *own;
    struct template_baked *baked;
    struct diag *diag;
    struct buf out;
};

static void begin(struct baking *baking, const char *text, const char *shared, const char *own,
                  const struct template_edit *edit)
{
    static const struct template_options options = {.escape = TEMPLATE_HTML, .strict = true};
    *baking = (struct baking){.set = template_set_new(),
                              .shared = json_loads(shared, 0, NULL),
                              .own = json_loads(own, 0, NULL),
                              .diag = diag_new()};
    buf_init(&baking->out, 10000);
    assert_true(template_set_add(baking->set, "page", "page.html", text, strlen(text), baking->diag));
    baking->baked = template_bake(baking->set, "page", baking->shared, baking->own, &options, edit);
    assert_non_null(baking->baked);
}

static void end(struct baking *baking)
{
    template_baked_free(baking->baked);
    template_set_free(baking->set);
    json_decref(baking->shared);
    json_decref(baking->own);
    diag_free(baking->diag);
    buf_release(&baking->out);
}

static void assert_page(struct baking *baking, const char *own, const char *wanted)
{
    json_t *page = json_loads(own, 0, NULL);
    assert_non_null(page);
    buf_reset(&baking->out);
    assert_true(template_render_baked(baking->baked, page, NULL, &baking->out, baking->diag));
    assert_string_equal(baking->out.data, wanted);
    json_decref(page);
}

/* Shows where the texts between the gaps begin and end. */
static void bracket(const void *context, const char *html, size_t len, struct buf *out)
{
    (void)context;
    buf_addc(out, '[');
    buf_add(out, html, len);
    buf_addc(out, ']');
}

static const struct template_edit brackets = {bracket, NULL};

static void what_pages_share_is_one_text(void **state)
{
    (void)state;
    struct baking baking;
    begin(&baking, "<{{a}} {{#l}}{{.}},{{/l}}{{x}}{{#a}}!{{/a}}{{^none}}?{{/none}}>",
          "{\"a\": \"&\", \"l\": [1, 2], \"none\": false}", "{\"x\": 1}", &brackets);
    assert_page(&baking, "{\"x\": 7}", "[<&amp; 1,2,]7[!?>]");
    assert_page(&baking, "{\"x\": \"\"}", "[<&amp; 1,2,][!?>]");
    end(&baking);
}

static void sections_of_the_page_are_asked_first(void **state)
{
    (void)state;
    struct baking baking;
    begin(&baking, "{{#x}}({{a}}{{n}}){{/x}}{{^x}}{{a}}{{/x}}", "{\"a\": \"shared\", \"n\": {}}",
          "{\"x\": 1}", &brackets);
    assert_page(&baking, "{\"x\": [{\"a\": 1, \"n\": 2}, {\"n\": 3}]}", "[(]12[)][(]shared3[)]");
    assert_page(&baking, "{\"x\": false}", "[shared]");
    end(&baking);
}

static void a_page_with_other_keys_is_rendered_all_the_same(void **state)
{
    (void)state;
    struct baking baking;
    begin(&baking, "{{a}} {{x}}", "{\"a\": \"shared\"}", "{\"x\": 1}", &brackets);
    assert_page(&baking, "{\"x\": 1, \"a\": \"own\"}", "[own 1]");
    assert_page(&baking, "{\"x\": 1, \"b\": 2}", "[shared 1]");
    end(&baking);
}

static void what_is_wrong_is_told_as_ever_and_nothing_of_it_stays(void **state)
{
    (void)state;
    struct baking baking;
    begin(&baking, "one\n{{#x}}{{typo}}{{/x}}", "{\"type\": 1}", "{\"x\": 1}", NULL);
    assert_page(&baking, "{\"x\": false}", "one\n");
    json_t *page = json_loads("{\"x\": true}", 0, NULL);
    assert_false(template_render_baked(baking.baked, page, NULL, &baking.out, baking.diag));
    char *said = printed(baking.diag);
    assert_string_equal(said, "page.html:2:7: error: unknown name \"typo\"; did you mean \"type\"?\n");
    free(said);
    json_decref(page);
    end(&baking);
}

static void what_is_too_much_to_bake_is_rendered(void **state)
{
    (void)state;
    struct baking baking;
    begin(&baking, "{{#t}}{{x}}{{>page}}{{/t}}", "{\"t\": {}}", "{\"x\": 1, \"t\": false}", &brackets);
    assert_page(&baking, "{\"x\": 1, \"t\": {\"x\": 2, \"t\": {\"x\": 3, \"t\": null}}}", "[23]");
    end(&baking);

    begin(&baking,
          "{{#l}}{{#l}}{{#l}}{{#l}}{{#l}}{{#l}}{{#l}}{{#l}}{{/l}}{{/l}}{{/l}}{{/l}}{{/l}}{{/l}}{{/l}}{{/l}}.",
          "{\"l\": [1, 2, 3, 4, 5, 6]}", "{}", &brackets);
    assert_page(&baking, "{}", "[.]");
    end(&baking);
}

static void write_bytes(const void *context, struct buf *out)
{
    buf_adds(out, context);
}

static void what_is_pasted_is_written_where_it_is_shown(void **state)
{
    (void)state;
    struct baking baking;
    begin(&baking, "{{#x}}{{{x}}} {{x}}{{/x}} {{{y}}}", "{\"y\": \"y\"}", "{\"x\": \"placeholder\"}", NULL);
    const struct template_paste paste = {json_object_get(baking.own, "x"), write_bytes, "<b>"};
    json_t *const data[] = {baking.shared, baking.own};
    const struct template_options options = {.escape = TEMPLATE_HTML, .paste = &paste};
    assert_true(template_render_baked(baking.baked, baking.own, &paste, &baking.out, baking.diag));
    assert_string_equal(baking.out.data, "<b> &lt;b&gt; y");
    buf_reset(&baking.out);
    assert_true(template_render(baking.set, "page", data, 2, &options, &baking.out, baking.diag));
    assert_string_equal(baking.out.data, "<b> &lt;b&gt; y");
    end(&baking);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_pages_share_is_one_text),
        cmocka_unit_test(sections_of_the_page_are_asked_first),
        cmocka_unit_test(a_page_with_other_keys_is_rendered_all_the_same),
        cmocka_unit_test(what_is_wrong_is_told_as_ever_and_nothing_of_it_stays),
        cmocka_unit_test(what_is_too_much_to_bake_is_rendered),
        cmocka_unit_test(what_is_pasted_is_written_where_it_is_shown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
