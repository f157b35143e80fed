/* Sets of templates, the limits of rendering, and rendering from many threads. */
#include "lib_test.h"

#include "../../lib/template.h"

#include <pthread.h>

static const struct template_options html = {.escape = TEMPLATE_HTML, .strict = false};

struct fixture {
    struct template_set *set;
    struct diag *diag;
    struct buf out;
};

static int setup(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    f->set = template_set_new();
    f->diag = diag_new();
    buf_init(&f->out, 10000000);
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;
    template_set_free(f->set);
    diag_free(f->diag);
    buf_release(&f->out);
    free(f);
    return 0;
}

static bool add(struct fixture *f, const char *name, const char *text)
{
    char file[64];
    snprintf(file, sizeof file, "%s.html", name);
    return template_set_add(f->set, name, file, text, strlen(text), f->diag);
}

static bool render(struct fixture *f, const char *name, json_t *data)
{
    return template_render(f->set, name, &data, data ? 1 : 0, &html, &f->out, f->diag);
}

static void a_set_knows_what_was_added(void **state)
{
    struct fixture *f = *state;
    assert_false(template_set_has(f->set, "a"));
    assert_true(add(f, "a", "{{>b}}{{x}}"));
    assert_true(template_set_has(f->set, "a"));
    assert_false(template_set_has(f->set, "b"));
    assert_false(template_set_has(f->set, "x"));
    assert_false(template_set_has(f->set, ""));
    template_set_free(NULL);
}

static void a_template_is_replaced_wherever_it_is_named(void **state)
{
    struct fixture *f = *state;
    assert_true(add(f, "a", "{{>b}}"));
    assert_true(add(f, "b", "old"));
    assert_true(add(f, "b", "new"));
    assert_true(render(f, "a", NULL));
    assert_string_equal(f->out.data, "new");
}

static void a_bad_template_leaves_the_good_one_in_place(void **state)
{
    struct fixture *f = *state;
    assert_true(add(f, "a", "good"));
    assert_false(add(f, "a", "{{#bad}}"));
    assert_true(render(f, "a", NULL));
    assert_string_equal(f->out.data, "good");
    assert_printed(f->diag, "a.html:1:1: error: {{#bad}} is never closed\n");
}

static void hundreds_of_templates_find_each_other(void **state)
{
    struct fixture *f = *state;
    char name[32], text[64];
    for (int i = 0; i < 500; i++) {
        snprintf(name, sizeof name, "t%d", i);
        snprintf(text, sizeof text, "%d,{{> t%d}}", i % 10, i + 10);
        assert_true(add(f, name, text));
    }
    assert_true(render(f, "t473", NULL));
    assert_string_equal(f->out.data, "3,3,3,");
}

static void the_check_finds_missing_partials_and_parents(void **state)
{
    struct fixture *f = *state;
    add(f, "partials/head", "");
    add(f, "page",
        "{{> partials/haed}}\n{{#x}}\n  {{> zzzzzz}}\n{{/x}}{{< laoyut}}{{$a}}{{> foo}}{{/a}}{{/laoyut}}");
    add(f, "layout", "{{$a}}{{/a}}");
    assert_false(template_set_check(f->set, f->diag));
    assert_printed(
        f->diag,
        "page.html:1:1: error: there is no template \"partials/haed\"; did you mean \"partials/head\"?\n"
        "page.html:3:3: error: there is no template \"zzzzzz\"\n"
        "page.html:4:7: error: there is no template \"laoyut\"; did you mean \"layout\"?\n"
        "page.html:4:25: error: there is no template \"foo\"\n");
}

static void the_check_refuses_arguments_that_fill_nothing(void **state)
{
    struct fixture *f = *state;
    add(f, "page", "{{<mid}}\n{{$titel}}{{/titel}}\n{{$deep}}{{/deep}}\n{{$in}}{{/in}}\n{{/mid}}");
    add(f, "mid", "{{<base}}{{$title}}{{/title}}{{$main}}{{$in}}{{/in}}{{/main}}{{/base}}");
    add(f, "base", "{{$title}}{{/title}}{{$main}}{{/main}}{{>foot}}");
    add(f, "foot", "{{$deep}}{{/deep}}{{>foot}}");
    assert_false(template_set_check(f->set, f->diag));
    assert_printed(
        f->diag, "page.html:2:1: error: \"mid\" has no block \"titel\"; did you mean \"title\"? Its blocks: "
                 "\"deep\", \"in\", \"title\", \"main\"\n");
}

static void what_is_wrong_with_a_template_is_wrong_with_all_that_lead_to_it(void **state)
{
    struct fixture *f = *state;
    add(f, "page", "{{<base}}{{$main}}{{>card}}{{/main}}{{/base}}");
    add(f, "other", "{{<base}}{{/base}}");
    add(f, "base", "{{$main}}{{/main}}");
    add(f, "card", "{{>gone}}");
    assert_false(template_set_check(f->set, f->diag));
    assert_false(template_set_is_sound(f->set, "card"));
    assert_false(template_set_is_sound(f->set, "page"));
    assert_false(template_set_is_sound(f->set, "nowhere"));
    assert_true(template_set_is_sound(f->set, "other"));
    template_set_doubt(f->set, "base");
    assert_false(template_set_is_sound(f->set, "other"));
}

static void what_did_not_compile_is_not_missed_as_well(void **state)
{
    struct fixture *f = *state;
    add(f, "page", "{{>card}}");
    assert_false(template_set_add(f->set, "card", "card.html", "{{#x}}", 6, f->diag));
    assert_false(template_set_is_sound(f->set, "page"));
    assert_true(template_set_check(f->set, f->diag));
    assert_false(template_set_is_sound(f->set, "page"));
    assert_printed(f->diag, "card.html:1:1: error: {{#x}} is never closed\n");
}

static void a_complete_set_passes_the_check_in_silence(void **state)
{
    struct fixture *f = *state;
    assert_true(template_set_check(f->set, f->diag));
    add(f, "page", "{{<base}}{{$a}}{{>p}}{{/a}}{{/base}}");
    add(f, "base", "{{$a}}{{/a}}");
    add(f, "p", "");
    assert_true(template_set_check(f->set, f->diag));
    assert_printed(f->diag, "");
}

static void rendering_an_unknown_template_says_which(void **state)
{
    struct fixture *f = *state;
    add(f, "pages/home", "");
    assert_false(render(f, "pages/hoem", NULL));
    assert_printed(f->diag, "error: there is no template \"pages/hoem\"; did you mean \"pages/home\"?\n");
}

static void partials_may_be_64_deep_and_no_deeper(void **state)
{
    struct fixture *f = *state;
    char name[16], text[32];
    for (int i = 0; i <= 65; i++) {
        snprintf(name, sizeof name, "p%d", i);
        snprintf(text, sizeof text, i == 65 ? "end" : "{{#x}}{{>p%d}}{{/x}}", i + 1);
        add(f, name, text);
    }
    json_t *data = json_pack("{s:b}", "x", 1);
    assert_true(render(f, "p1", data));
    assert_string_equal(f->out.data, "end");
    assert_false(render(f, "p0", data));
    assert_printed(f->diag,
                   "p64.html:1:7: error: more than 64 templates within each other: does \"p65\" lead back "
                   "to itself?\n");
    json_decref(data);
}

static void a_partial_that_includes_itself_without_end_is_one_error(void **state)
{
    struct fixture *f = *state;
    add(f, "a", "a{{>b}}{{>b}}{{>b}}");
    add(f, "b", "b{{<a}}{{$x}}{{/x}}{{/a}}{{>a}}");
    assert_false(render(f, "a", NULL));
    assert_int_equal(diag_errors(f->diag), 1);
    assert_true(f->out.len < 100);
}

static void sections_over_all_templates_may_be_256_deep(void **state)
{
    struct fixture *f = *state;
    struct buf text;
    buf_init(&text, 10000);
    for (int i = 0; i < 50; i++)
        buf_adds(&text, "{{#x}}");
    buf_adds(&text, "{{>a}}");
    for (int i = 0; i < 50; i++)
        buf_adds(&text, "{{/x}}");
    add(f, "a", text.data);
    json_t *data = json_pack("{s:b}", "x", 1);
    assert_false(render(f, "a", data));
    assert_printed(f->diag, "a.html:1:37: error: more than 256 sections and blocks within each other\n");
    json_decref(data);
    buf_release(&text);
}

static void sections_in_one_template_may_be_64_deep(void **state)
{
    struct fixture *f = *state;
    struct buf text;
    buf_init(&text, 100000);
    for (int i = 0; i < 64; i++)
        buf_adds(&text, "{{#x}}");
    for (int i = 0; i < 64; i++)
        buf_adds(&text, "{{/x}}");
    assert_true(add(f, "a", text.data));
    buf_reset(&text);
    for (int i = 0; i < 1000; i++)
        buf_adds(&text, "\n{{#x}}");
    assert_false(add(f, "a", text.data));
    assert_printed(f->diag, "a.html:66:1: error: more than 64 sections and blocks within each other\n");
    buf_release(&text);
}

static void lists_within_lists_are_stopped(void **state)
{
    struct fixture *f = *state;
    add(f, "a",
        "{{#l}}{{#l}}{{#l}}{{#l}}{{#l}}{{#l}}{{#l}}{{#l}}{{/l}}{{/l}}{{/l}}{{/l}}{{/l}}{{/l}}{{/l}}{{/l}}");
    json_t *list = json_array();
    for (int i = 0; i < 30; i++)
        json_array_append_new(list, json_integer(i));
    json_t *data = json_pack("{s:o}", "l", list);
    assert_false(render(f, "a", data));
    assert_int_equal(diag_errors(f->diag), 1);
    char *said = printed(f->diag);
    assert_non_null(strstr(said, "this page takes more than 4194304 steps"));
    free(said);
    json_decref(data);
}

static void a_page_that_has_no_room_is_an_error(void **state)
{
    struct fixture *f = *state;
    add(f, "a", "{{#l}}0123456789{{/l}}");
    json_t *data = json_pack("{s:[iii]}", "l", 1, 2, 3);
    for (size_t room = 0; room <= 30; room += 15) {
        struct buf small;
        struct diag *diag = diag_new();
        buf_init(&small, room);
        assert_int_equal(template_render(f->set, "a", &data, 1, &html, &small, diag), room == 30);
        assert_int_equal(diag_errors(diag), room == 30 ? 0 : 1);
        assert_true(small.len <= room);
        buf_release(&small);
        diag_free(diag);
    }
    json_decref(data);
}

static void errors_of_one_template_end_at_a_hundred(void **state)
{
    struct fixture *f = *state;
    struct buf text;
    buf_init(&text, 100000);
    for (int i = 0; i < 5000; i++)
        buf_adds(&text, "{{}}\n");
    assert_false(add(f, "a", text.data));
    assert_int_equal(diag_errors(f->diag), 101);
    char *said = printed(f->diag);
    assert_non_null(strstr(said, "a.html:100:1: error: too many errors: the rest is not read\n"));
    free(said);
    buf_release(&text);
}

static void unknown_names_of_one_page_end_at_32(void **state)
{
    struct fixture *f = *state;
    struct buf text;
    buf_init(&text, 100000);
    for (int i = 0; i < 5000; i++)
        buf_adds(&text, "{{x}}\n");
    assert_true(add(f, "a", text.data));
    struct template_options strict = {.escape = TEMPLATE_HTML, .strict = true};
    assert_false(template_render(f->set, "a", NULL, 0, &strict, &f->out, f->diag));
    assert_int_equal(diag_errors(f->diag), 32);
    buf_release(&text);
}

static void what_is_not_utf8_is_refused_where_it_stands(void **state)
{
    struct fixture *f = *state;
    assert_false(add(f, "a", "ä\nöü\xff{{x}}"));
    assert_printed(f->diag, "a.html:2:3: error: this is not UTF-8; save the file in that encoding\n");
}

static void nul_bytes_are_text_but_no_names(void **state)
{
    struct fixture *f = *state;
    assert_true(template_set_add(f->set, "a", "a.html", "x\0y\0{{!\0}}", 10, f->diag));
    assert_true(render(f, "a", NULL));
    assert_int_equal(f->out.len, 4);
    assert_memory_equal(f->out.data, "x\0y\0", 5);
    assert_false(template_set_add(f->set, "b", "b.html", "{{a\0b}}", 7, f->diag));
    assert_int_equal(diag_errors(f->diag), 1);
}

static void text_values_may_hold_nul(void **state)
{
    struct fixture *f = *state;
    json_t *data = json_pack("{s:s%}", "x", "a\0b", (size_t)3);
    add(f, "a", "{{{x}}}");
    assert_true(render(f, "a", data));
    assert_int_equal(f->out.len, 3);
    json_decref(data);
}

static void output_is_added_to_what_is_there(void **state)
{
    struct fixture *f = *state;
    buf_adds(&f->out, "before ");
    add(f, "a", "after");
    assert_true(render(f, "a", NULL));
    assert_string_equal(f->out.data, "before after");
}

enum { THREADS = 4, PAGES = 500 };

struct worker {
    pthread_t thread;
    const struct template_set *set;
    json_t *const *data;
    const char *wanted;
    int wrong;
};

static void *work(void *context)
{
    struct worker *worker = context;
    struct template_options strict = {.escape = TEMPLATE_HTML, .strict = true};
    for (int i = 0; i < PAGES; i++) {
        struct buf out;
        struct diag *diag = diag_new();
        buf_init(&out, 100000);
        bool good = template_render(worker->set, "page", worker->data, 2, &strict, &out, diag);
        worker->wrong += !good || strcmp(out.data, worker->wanted) != 0;
        /* Errors look for near names in the same set and data. */
        worker->wrong += template_render(worker->set, "bad", worker->data, 2, &strict, &out, diag);
        buf_release(&out);
        diag_free(diag);
    }
    return NULL;
}

static void many_threads_render_from_one_set_and_the_same_data(void **state)
{
    struct fixture *f = *state;
    add(f, "page",
        "{{<layout}}\n{{$main}}\n{{#rows}}\n<li>{{name}} {{t.of}} "
        "{{n}}\n{{/rows}}\n{{/main}}\n{{/layout}}\n");
    add(f, "layout", "<ul>\n  {{$main}}\n  {{/main}}\n</ul>{{>foot}}");
    add(f, "foot", "{{t.end}}");
    add(f, "bad", "{{t.edn}}{{>fooot}}");
    json_t *site = json_pack("{s:{s:s,s:s}}", "t", "of", "&", "end", ".");
    json_t *page = json_pack("{s:[{s:s,s:i},{s:s,s:f}]}", "rows", "name", "a", "n", 1, "name", "b", "n", 2.5);
    json_t *const data[] = {site, page};
    struct worker workers[THREADS];
    for (int i = 0; i < THREADS; i++) {
        workers[i] = (struct worker){
            .set = f->set, .data = data, .wanted = "<ul>\n  <li>a &amp; 1\n  <li>b &amp; 2.5\n</ul>."};
        assert_int_equal(pthread_create(&workers[i].thread, NULL, work, &workers[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(workers[i].thread, NULL);
        assert_int_equal(workers[i].wrong, 0);
    }
    assert_int_equal(site->refcount, 1);
    json_decref(site);
    json_decref(page);
}

static void a_layer_replaces_templates_and_reaches_what_it_replaced(void **state)
{
    struct fixture *f = *state;
    assert_true(add(f, "page", "<{{$a}}1{{/a}}{{$b}}2{{/b}}{{> part}}>"));
    assert_true(add(f, "part", "part"));
    assert_true(template_set_layer(f->set));
    assert_false(template_set_has_own(f->set, "page"));
    assert_true(add(f, "page", "{{< parent:page}}{{$a}}child{{/a}}{{/ parent:page}}"));
    assert_true(template_set_has_own(f->set, "page"));
    assert_true(template_set_layer(f->set));
    assert_true(add(f, "page", "{{<parent:page}}{{$b}}grandchild{{/b}}{{/parent:page}}"));
    assert_true(add(f, "part", "[{{> parent:part}}]"));
    assert_true(template_set_check(f->set, f->diag));
    assert_true(render(f, "page", NULL));
    assert_string_equal(f->out.data, "<childgrandchild[part]>");
    assert_int_equal(diag_errors(f->diag), 0);
}

static void within_a_layer_the_last_of_a_name_holds(void **state)
{
    struct fixture *f = *state;
    assert_true(add(f, "a", "one"));
    assert_true(template_set_layer(f->set));
    assert_true(add(f, "a", "two"));
    assert_true(add(f, "a", "three{{> parent:a}}"));
    assert_true(render(f, "a", NULL));
    assert_string_equal(f->out.data, "threeone");
}

static void a_parent_is_missed_where_there_is_none(void **state)
{
    struct fixture *f = *state;
    assert_true(add(f, "page", "{{> parent:page}}"));
    assert_true(template_set_layer(f->set));
    assert_true(add(f, "other", "{{> parent:pagee}}{{> parent:elsewhere}}"));
    assert_false(template_set_check(f->set, f->diag));
    assert_printed(
        f->diag,
        "other.html:1:1: error: there is no template \"parent:pagee\"; did you mean \"parent:page\"?\n"
        "other.html:1:19: error: there is no template \"parent:elsewhere\"\n"
        "page.html:1:1: error: there is no template \"parent:page\"\n");
}

#define test(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        test(a_set_knows_what_was_added),
        test(a_template_is_replaced_wherever_it_is_named),
        test(a_bad_template_leaves_the_good_one_in_place),
        test(hundreds_of_templates_find_each_other),
        test(the_check_finds_missing_partials_and_parents),
        test(the_check_refuses_arguments_that_fill_nothing),
        test(what_is_wrong_with_a_template_is_wrong_with_all_that_lead_to_it),
        test(what_did_not_compile_is_not_missed_as_well),
        test(a_complete_set_passes_the_check_in_silence),
        test(rendering_an_unknown_template_says_which),
        test(partials_may_be_64_deep_and_no_deeper),
        test(a_partial_that_includes_itself_without_end_is_one_error),
        test(sections_over_all_templates_may_be_256_deep),
        test(sections_in_one_template_may_be_64_deep),
        test(lists_within_lists_are_stopped),
        test(a_page_that_has_no_room_is_an_error),
        test(errors_of_one_template_end_at_a_hundred),
        test(unknown_names_of_one_page_end_at_32),
        test(what_is_not_utf8_is_refused_where_it_stands),
        test(nul_bytes_are_text_but_no_names),
        test(text_values_may_hold_nul),
        test(output_is_added_to_what_is_there),
        test(many_threads_render_from_one_set_and_the_same_data),
        test(a_layer_replaces_templates_and_reaches_what_it_replaced),
        test(within_a_layer_the_last_of_a_name_holds),
        test(a_parent_is_missed_where_there_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
