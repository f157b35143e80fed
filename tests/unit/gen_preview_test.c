/* What the preview makes of addresses, pages, styles and fixtures. */
#include "lib_test.h"

#include "../../gen/preview/address.h"
#include "../../gen/preview/answer.h"
#include "../../gen/preview/pseudo.h"
#include "../../gen/preview/rewrite.h"

static const struct rewrite dark = {.slug = "/support/",
                                    .api = "/api/v1",
                                    .assets = "/support/assets/",
                                    .page_prefix = "/__preview/dark/one",
                                    .asset_prefix = "/__preview/dark/-",
                                    .api_instead = "/__preview/dark/one/@api",
                                    .scheme = "dark",
                                    .head = "<i>"};

static void html_is(const struct rewrite *rewrite, const char *html, const char *expected)
{
    struct buf out;
    buf_init(&out, 4096);
    rewrite_html(rewrite, html, &out);
    assert_string_equal(out.data, expected);
    buf_release(&out);
}

static void css_is(const char *scheme, const char *css, const char *expected)
{
    struct buf out;
    buf_init(&out, 4096);
    rewrite_css(scheme, css, strlen(css), &out);
    assert_string_equal(out.data, expected);
    buf_release(&out);
}

static void addresses_stay_within_their_look_and_state(void **state)
{
    (void)state;
    html_is(&dark, "<a class=x href=\"/support/en/\">/support/</a>",
            "<a class=x href=\"/__preview/dark/one/support/en/\">/support/</a>");
    html_is(&dark, "<link href='/support/assets/1/a.css'>",
            "<link href='/__preview/dark/-/support/assets/1/a.css'>");
    html_is(&dark, "<form action=\"/api/v1/session\"><html data-api=\"/api/v1\">",
            "<form action=\"/__preview/dark/one/@api/session\"><html data-api=\"/__preview/dark/one/@api\">");
    html_is(&dark, "<input value=\"/support/en/\" title=\"/support/\"><br/>",
            "<input value=\"/__preview/dark/one/support/en/\" title=\"/support/\"><br/>");
}

static void what_is_no_address_of_the_portal_stays(void **state)
{
    (void)state;
    html_is(&dark,
            "<a href=\"https://x.example/support/\"><a href=\"#top\"><a href=\"/api/v12\"><a "
            "href=\"//support/\">",
            "<a href=\"https://x.example/support/\"><a href=\"#top\"><a href=\"/api/v12\"><a "
            "href=\"//support/\">");
    html_is(&dark, "<!-- <a href=\"/support/\"> --> a < b <3 <a href=\"/support/",
            "<!-- <a href=\"/support/\"> --> a < b <3 <a href=\"/support/");
    struct rewrite root = dark;
    root.slug = "/";
    html_is(&root, "<a href=\"//elsewhere.example/\"><a href=\"/en/\">",
            "<a href=\"//elsewhere.example/\"><a href=\"/__preview/dark/one/en/\">");
}

static void a_page_gets_its_head_scheme_and_direction(void **state)
{
    (void)state;
    struct rewrite rtl = dark;
    rtl.rtl = true;
    rtl.no_preloads = true;
    html_is(&rtl,
            "<html lang=\"en\" dir=\"ltr\"><meta name=\"color-scheme\" content=\"light dark\"></head><p "
            "dir=\"ltr\">",
            "<html lang=\"en\" dir=\"rtl\"><meta name=\"color-scheme\" content=\"dark\"><i></head><p "
            "dir=\"ltr\">");
    html_is(&rtl,
            "<link rel=\"preload\" as=\"fetch\" href=\"/api/v1/session\"><link rel=preload as=image href=x>",
            "<link rel=preload as=image href=x>");
    html_is(&dark, "<script src=\"a.js\" integrity=\"sha384-x\" defer></script>",
            "<script src=\"a.js\" defer></script>");
}

static void a_scheme_is_settled(void **state)
{
    (void)state;
    css_is("dark", "@media (prefers-color-scheme: dark) and (width > 3em) {a{b:c}}",
           "@media (width >= 0px) and (width > 3em) {a{b:c}}");
    css_is("light", "@media ( prefers-color-scheme:dark){} @media (prefers-color-scheme:light){}",
           "@media ( prefers-color-scheme:dark){} @media (width >= 0px){}");
    css_is("light", "@media (prefers-color-scheme : dark){}", "@media (width < 0px){}");
    css_is("dark", ":root{color-scheme: light dark;--color-scheme: light dark}",
           ":root{color-scheme: dark;--color-scheme: light dark}");
    css_is("dark", "color-scheme:dark   light}", "color-scheme: dark}");
    css_is("dark", "color-scheme: light; (prefers-color-scheme",
           "color-scheme: light; (prefers-color-scheme");
}

static void what_an_address_aims_at_can_be_marked(void **state)
{
    (void)state;
    css_is("dark", ".a:target, ::target-text, :target-within {}",
           ".a:is(:target, [data-preview-target]), ::target-text, :target-within {}");
    css_is("dark", ":target", ":is(:target, [data-preview-target])");
}

static void read_one(const char *path, struct address *address, struct arena *arena)
{
    assert_true(address_read(address, path, arena));
}

static void addresses_are_taken_apart(void **state)
{
    (void)state;
    struct arena *arena = arena_new(0);
    struct address address;
    read_one("/support/en/", &address, arena);
    assert_int_equal(address.kind, ADDRESS_PORTAL);
    assert_string_equal(address.rest, "/support/en/");
    read_one("/__preview/live.js", &address, arena);
    assert_int_equal(address.kind, ADDRESS_OWN);
    assert_string_equal(address.rest, "live.js");
    read_one("/__preview/dark-rtl/one/support/en/", &address, arena);
    assert_int_equal(address.kind, ADDRESS_STATE);
    assert_string_equal(address.scheme, "dark");
    assert_true(address.pseudo && address.rtl);
    assert_string_equal(address.look, "/__preview/dark-rtl");
    assert_string_equal(address.prefix, "/__preview/dark-rtl/one");
    assert_string_equal(address.state, "one");
    assert_string_equal(address.rest, "/support/en/");
    read_one("/__preview/auto/-/support/assets/1/a.css", &address, arena);
    assert_null(address.scheme);
    assert_null(address.state);
    assert_false(address_read(&address, "/__preview/purple/one/support/", arena));
    assert_false(address_read(&address, "/__preview/dark/one", arena));
    assert_false(address_read(&address, "/__preview/dark//support/", arena));
    arena_free(arena);
}

static void requests_are_told_apart(void **state)
{
    (void)state;
    assert_true(answer_fits("GET /tickets", "GET", "/tickets", "status=open"));
    assert_true(answer_fits("GET /tickets/{number}", "GET", "/tickets/7", ""));
    assert_true(answer_fits("GET /tickets/{number}/files/{id}", "GET", "/tickets/7/files/f1", ""));
    assert_true(
        answer_fits("GET /tickets?status=open&view=mine", "GET", "/tickets", "view=mine&a=b&status=open"));
    assert_false(answer_fits("GET /tickets?status=open", "GET", "/tickets", "status=opened"));
    assert_false(answer_fits("GET /tickets", "POST", "/tickets", ""));
    assert_false(answer_fits("GET /tickets", "GET", "/tickets/7", ""));
    assert_false(answer_fits("GET /tickets/{number}", "GET", "/tickets/7/files", ""));
    assert_false(answer_fits("GET /tickets/{number}/files", "GET", "/tickets/7", ""));
}

static json_t *state_of(const char *text)
{
    json_t *value = json_loads(text, 0, NULL);
    assert_non_null(value);
    return value;
}

static void the_first_answer_that_fits_is_given_to_the_letter_if_one_does(void **state)
{
    (void)state;
    json_t *fixture =
        state_of("{\"answers\": ["
                 "{\"request\": \"GET /{x}\", \"outcome\": \"answer\", \"status\": 429, \"retry_after\": 9},"
                 "{\"request\": \"GET /a\", \"outcome\": \"answer\", \"status\": 200, \"body\": "
                 "{\"at\": [\"@-1d\", \"@home\", \"@-3x\", \"@-\", 7]}},"
                 "{\"request\": \"GET /a\", \"outcome\": \"answer\", \"status\": 500},"
                 "{\"request\": \"PUT /a\", \"outcome\": \"never\", \"status\": 200}]}");
    struct answer answer;
    struct buf body;
    buf_init(&body, 4096);
    answer_make(&answer, fixture, &(struct asked){"GET", "/a", "", NULL}, 86400 * 2, &body);
    assert_int_equal(answer.status, 200);
    assert_string_equal(answer.type, "application/json");
    assert_string_equal(body.data, "{\"at\":[\"1970-01-02T00:00:00.000Z\",\"@home\",\"@-3x\",\"@-\",7]}");
    buf_reset(&body);
    answer_make(&answer, fixture, &(struct asked){"GET", "/b", "", NULL}, 0, &body);
    assert_int_equal(answer.status, 429);
    assert_int_equal(answer.retry_after, 9);
    assert_null(answer.type);
    answer_make(&answer, fixture, &(struct asked){"PUT", "/a", "", NULL}, 0, &body);
    assert_int_equal(answer.status, 503);
    buf_reset(&body);
    answer_make(&answer, fixture, &(struct asked){"POST", "/a", "", NULL}, 0, &body);
    assert_int_equal(answer.status, 404);
    assert_non_null(strstr(body.data, "\"code\":\"not_found\""));
    answer_make(&answer, NULL, &(struct asked){"GET", "/a", "", NULL}, 0, &body);
    assert_int_equal(answer.status, 404);
    buf_release(&body);
    json_decref(fixture);
}

static void an_answer_may_wait_until_the_page_has_asked_something_else(void **state)
{
    (void)state;
    json_t *fixture =
        state_of("{\"answers\": ["
                 "{\"request\": \"GET /a\", \"after\": \"POST /a/{n}\", \"outcome\": \"answer\", "
                 "\"status\": 410},"
                 "{\"request\": \"GET /a\", \"outcome\": \"answer\", \"status\": 204}]}");
    static const struct {
        const char *made;
        int status;
    } cases[] = {{NULL, 204},          {"", 204},
                 {"POST /a/{n}", 410}, {"GET /a|POST /a/{n}", 410},
                 {"POST /a", 204},     {"POST /a/{n}/b|XPOST /a/{n}", 204}};
    struct buf body;
    buf_init(&body, 4096);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct answer answer;
        answer_make(&answer, fixture, &(struct asked){"GET", "/a", "", cases[i].made}, 0, &body);
        assert_int_equal(answer.status, cases[i].status);
    }
    buf_release(&body);
    json_decref(fixture);
}

static void pseudo_is(const char *text, const char *expected)
{
    struct buf out;
    buf_init(&out, 4096);
    pseudo_text(text, &out);
    assert_string_equal(out.data, expected);
    buf_release(&out);
}

static void the_pseudo_language_is_longer_accented_and_in_brackets(void **state)
{
    (void)state;
    pseudo_is("Open", "⟦Öóóþéééñ⟧");
    pseudo_is("A sentence of {count} words", "⟦Åá šééñţééñçéé óóƒ {count} ŵóóŕđš⟧");
    pseudo_is("日本語 {open", "⟦日本語 {óóþééñ⟧");
    pseudo_is("", "");
}

static void the_pseudo_language_changes_texts_and_nothing_else(void **state)
{
    (void)state;
    json_t *shared =
        state_of("{\"t\": {\"a\": \"B\", \"n\": {\"forms\": [{\"category\": \"one\", \"text\": \"B\"}]}},"
                 "\"portal\": {\"name\": \"B\", \"home\": \"/b/\"},"
                 "\"form\": {\"id\": \"b\", \"fields\": [{\"id\": \"b\", \"label\": \"B\"}]},"
                 "\"pipelines\": [], \"sections\": [{\"articles\": [{\"url\": \"/b/\", \"title\": \"B\"}]}],"
                 "\"theme\": {\"notice\": \"B\", \"website\": \"b:\"}, \"assets\": \"/b/\"}");
    json_t *settings = state_of("{\"notice\": {\"type\": \"text\"}, \"website\": {\"type\": \"url\"},"
                                "\"words\": {\"type\": \"text\"}}");
    pseudo_apply(shared, settings);
    char *text = json_dumps(shared, JSON_COMPACT | JSON_SORT_KEYS);
    assert_string_equal(
        text,
        "{\"assets\":\"/b/\",\"form\":{\"fields\":[{\"id\":\"b\",\"label\":\"⟦Ɓ⟧\"}],\"id\":\"b\"},"
        "\"pipelines\":[],\"portal\":{\"home\":\"/b/\",\"name\":\"⟦Ɓ⟧\"},\"sections\":[{\"articles\":"
        "[{\"title\":\"⟦Ɓ⟧\",\"url\":\"/b/\"}]}],\"t\":{\"a\":\"⟦Ɓ⟧\",\"n\":{\"forms\":"
        "[{\"category\":\"one\",\"text\":\"⟦Ɓ⟧\"}]}},\"theme\":{\"notice\":\"⟦Ɓ⟧\",\"website\":\"b:\"}}");
    free(text);
    json_decref(settings);
    json_decref(shared);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses_stay_within_their_look_and_state),
        cmocka_unit_test(what_is_no_address_of_the_portal_stays),
        cmocka_unit_test(a_page_gets_its_head_scheme_and_direction),
        cmocka_unit_test(a_scheme_is_settled),
        cmocka_unit_test(what_an_address_aims_at_can_be_marked),
        cmocka_unit_test(addresses_are_taken_apart),
        cmocka_unit_test(requests_are_told_apart),
        cmocka_unit_test(the_first_answer_that_fits_is_given_to_the_letter_if_one_does),
        cmocka_unit_test(an_answer_may_wait_until_the_page_has_asked_something_else),
        cmocka_unit_test(the_pseudo_language_is_longer_accented_and_in_brackets),
        cmocka_unit_test(the_pseudo_language_changes_texts_and_nothing_else),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
