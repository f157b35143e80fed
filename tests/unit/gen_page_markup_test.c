/* What a rendered page lacks for those who hear it, and in which tag of a template it is to be mended. */
#include "lib_test.h"

#include "../../gen/check/page_markup.h"

#define PAGE(body)                                                                                           \
    "<!doctype html><html lang=\"en\"><head><title>T</title></head><body><h1>H</h1>" body "</body></html>"

static void check(const struct page_source *source, const char *html, struct diag *diag)
{
    struct arena *arena = arena_new(0);
    struct html_page page;
    assert_true(html_page_read(&page, html, arena));
    page_markup_check(source, "page.html", &page, diag);
    arena_free(arena);
}

static void assert_said(const char *html, const char *wanted)
{
    struct diag *diag = diag_new();
    check(NULL, html, diag);
    char *said = printed(diag);
    if (!wanted && *said)
        fail_msg("%s\n%s", html, said);
    if (wanted && !strstr(said, wanted))
        fail_msg("%s\nwant: %s\ngot: %s", html, wanted, said);
    if (wanted && (diag_errors(diag) + diag_warnings(diag) != 1))
        fail_msg("%s\nmore than wanted: %s", html, said);
    free(said);
    diag_free(diag);
}

static void pictures_say_what_they_show(void **state)
{
    (void)state;
    assert_said(PAGE("<img src=a.png>"), "<img> has no \"alt\"");
    assert_said(PAGE("<IMG src='a.png' title=''>"), "<IMG> has no \"alt\"");
    assert_said(PAGE("<input type=image>"), "<input> has no \"alt\"");
    assert_said(PAGE("<img src=a.png alt><img alt=\"\"><img alt=A><img aria-label=A>"), NULL);
    assert_said(PAGE("<!-- <img> --><script>\"<img>\"</script><p title=\"<img>\">"), NULL);
    assert_said(PAGE("<p title=it's><img>"), "<img> has no \"alt\"");
    assert_said(PAGE("<img class = \"a > b\"><p title='alt'>"), "<img> has no \"alt\"");
    assert_said(PAGE("<img ALT = '>' class=\"'\">"), NULL);
    assert_said(PAGE("<template><img data-slot=\"picture\"></template>"), NULL);
}

static void fields_have_labels(void **state)
{
    (void)state;
    assert_said(PAGE("<input>"), "<input> has no label");
    assert_said(PAGE("<select id=a></select>"), "<select> has no label");
    assert_said(PAGE("<label>X</label><textarea></textarea>"), "<textarea> has no label");
    assert_said(PAGE("<input type=checkbox aria-label='  '>"), "<input> has no label");
    assert_said(PAGE("<label for=a>A</label><input id=a>"), NULL);
    assert_said(PAGE("<input id=a><p><label for='a'>A</label>"), NULL);
    assert_said(PAGE("<label>A <input></label><input aria-label=B><input title=C>"), NULL);
    assert_said(PAGE("<p id=p>A</p><input aria-labelledby=p>"), NULL);
    assert_said(PAGE("<input type=hidden name=a><input type=submit><input type=\"button\">"), NULL);
}

static void ids_are_unique_and_found(void **state)
{
    (void)state;
    assert_said(PAGE("<p id=a><b id=\"a\"></b>"), "the id \"a\" twice");
    assert_said(PAGE("<template><p id=a></p><p id=a></p></template>"), "the id \"a\" twice");
    assert_said(PAGE("<p id=a></p><template><p id=a></p></template><template><p id=a></p></template>"), NULL);
    assert_said(PAGE("<p id=a><p id=ab><p id=A>"), NULL);
    assert_said(
        PAGE("<p id=hint><p aria-describedby=\"hint hnit\">"),
        "\"aria-describedby\" names \"hnit\", but nothing in the page has that id; did you mean \"hint\"?");
    assert_said(PAGE("<label for=nothing>A</label>"), "\"for\" names \"nothing\"");
    assert_said(PAGE("<input aria-labelledby=nothing>"), "\"aria-labelledby\" names \"nothing\"");
}

static void links_and_buttons_have_a_text(void **state)
{
    (void)state;
    assert_said(PAGE("<a href=x></a>"), "<a> has no text");
    assert_said(PAGE("<a href=x> <svg><use href=y></use></svg>\n</a>"), "<a> has no text");
    assert_said(PAGE("<a href=x><img src=y alt=\"\"></a>"), "<a> has no text");
    assert_said(PAGE("<button type=submit></button>"), "<button> has no text");
    assert_said(PAGE("<a href=x>A</a><a href=x><b>A</b></a><a href=x><img alt=A></a><a name=x></a>"), NULL);
    assert_said(PAGE("<button aria-label=A></button><a href=x><svg><title>A</title></svg></a>"), NULL);
    assert_said(PAGE("<a href=x data-slot=\"link\"></a><button><span data-slot=\"n\"></span></button>"),
                NULL);
}

static void a_page_has_a_language_a_title_and_a_heading(void **state)
{
    (void)state;
    assert_said("<html><title>T</title><h1>A</h1>", "<html> has no \"lang\"");
    assert_said("<html lang=en><title> </title><h1>A</h1>", "no <title>");
    assert_said("<html lang=en><svg><title>A</title></svg><h1>A</h1>", "no <title>");
    assert_said("<html lang=en><title>T</title><h2>A</h2>", "no <h1>");
    assert_said(PAGE("<h2>A</h2><h3>B</h3><h2>C</h2>"), NULL);
    assert_said(PAGE("<h2>A</h2><h4>B</h4>"), "<h4> follows <h2>");
}

static void odd_markup_ends(void **state)
{
    (void)state;
    static const char *const pages[] = {"",
                                        "<",
                                        "</",
                                        "<a",
                                        "<a href=\"",
                                        "<a href='x",
                                        "<!--",
                                        "<script>",
                                        "<p {{x",
                                        "<p {{x}} =\"\" / a==b 'c' >",
                                        "</template></label></a>",
                                        "<title>"};
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
        struct diag *diag = diag_new();
        check(NULL, pages[i], diag);
        assert_true(diag_errors(diag) > 0);
        diag_free(diag);
    }
}

static void the_place_is_the_tag_that_is_most_alike(void **state)
{
    (void)state;
    const struct page_source partial = {
        "partials/pictures.html",
        "{{#a}}<img src=\"{{src}}\" class=\"wide\">{{/a}}\n<p>é <img class=\"small\" src=\"{{src}}\"></p>",
        NULL};
    const struct page_source page = {"page.html", "{{> partials/pictures}}<input class=\"a\">", &partial};
    struct diag *diag = diag_new();
    check(&page, PAGE("<img src=\"/x.png\" class=\"small\"><input class=\"a\">"), diag);
    check(&page, PAGE("<img src=\"/y.png\" class=\"small\">"), diag);
    assert_printed(
        diag,
        "page.html:1:24: error: <input> has no label: put it into a <label>, name its id in a label's "
        "\"for\", or give it an \"aria-label\"\n"
        "partials/pictures.html:2:6: error: <img> has no \"alt\": say what it shows, or alt=\"\" when it is "
        "mere decoration\n");
    diag_free(diag);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pictures_say_what_they_show),
        cmocka_unit_test(fields_have_labels),
        cmocka_unit_test(ids_are_unique_and_found),
        cmocka_unit_test(links_and_buttons_have_a_text),
        cmocka_unit_test(a_page_has_a_language_a_title_and_a_heading),
        cmocka_unit_test(odd_markup_ends),
        cmocka_unit_test(the_place_is_the_tag_that_is_most_alike),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
