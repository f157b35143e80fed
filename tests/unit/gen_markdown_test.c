#include "lib_test.h"

#include "../../gen/content/markdown.h"

struct text {
    struct arena *arena, *scratch;
    struct markdown *markdown;
    struct buf html;
};

static struct text parse(const char *source)
{
    struct text text = {.arena = arena_new(0), .scratch = arena_new(0)};
    text.markdown = markdown_parse(source, strlen(source), 1, text.arena, text.scratch);
    assert_non_null(text.markdown);
    buf_init(&text.html, 1024 * 1024);
    markdown_render(text.markdown, &text.html);
    return text;
}

static void text_release(struct text *text)
{
    buf_release(&text->html);
    arena_free(text->arena);
    arena_free(text->scratch);
}

static void assert_renders(const char *source, const char *html)
{
    struct text text = parse(source);
    assert_string_equal(text.html.data, html);
    text_release(&text);
}

/* T23: what an article holds is inert in its page. */
static void t23_nothing_of_an_article_becomes_markup(void **state)
{
    (void)state;
    static const char *const hostile[] = {
        "<script>alert(1)</script>",
        "a <img src=x onerror=alert(1)> b",
        "<svg onload=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "![x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:x)",
        "<javascript:alert(1)>",
        "# <script>alert(1)</script>",
        "## \" onclick=\"alert(1)",
        "[x](/y \"\" onclick=alert(1) \"\")",
        "```\"><script>\nalert(1)\n```",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "<!--><script>alert(1)</script>-->",
        "<![CDATA[<script>alert(1)</script>]]>",
    };
    static const char *const live[] = {"<script",
                                       "<img src=\"x",
                                       "<svg",
                                       "href=\"javascript",
                                       "href=\"JaVa",
                                       "src=\"data",
                                       "href=\"vbscript",
                                       "\" onclick=\"",
                                       "<!--",
                                       "<!["};
    for (size_t i = 0; i < sizeof hostile / sizeof hostile[0]; i++) {
        struct text text = parse(hostile[i]);
        for (size_t j = 0; j < sizeof live / sizeof live[0]; j++) {
            if (strstr(text.html.data, live[j]))
                fail_msg("%s became %s", hostile[i], text.html.data);
        }
        text_release(&text);
    }
}

static void headings_get_ids_in_order(void **state)
{
    (void)state;
    assert_renders("## One two!\n\ntext <h2> text\n\n### *Three* `<four>`\n\nFive\n----\n",
                   "<h2 id=\"h-one-two\">One two!</h2>\n<p>text  text</p>\n"
                   "<h3 id=\"h-three-four\"><em>Three</em> <code>&lt;four&gt;</code></h3>\n"
                   "<h2 id=\"h-five\">Five</h2>\n");
}

static void ids_are_unique_and_never_empty(void **state)
{
    (void)state;
    struct text text = parse("## A\n## a\n## A 2\n## !\n## ?\n");
    static const char *const wanted[] = {"h-a", "h-a-2", "h-a-2-2", "h-section", "h-section-2"};
    assert_int_equal(text.markdown->heading_count, 5);
    for (size_t i = 0; i < 5; i++)
        assert_string_equal(text.markdown->headings[i].id, wanted[i]);
    text_release(&text);
}

static void a_first_level_heading_is_a_second_level_one(void **state)
{
    (void)state;
    assert_renders("# Top\n", "<h2 id=\"h-top\">Top</h2>\n");
}

static void headings_within_lists_and_quotes_count(void **state)
{
    (void)state;
    assert_renders(
        "> ## Q\n\n- ## L\n\n***\n",
        "<blockquote>\n<h2 id=\"h-q\">Q</h2>\n</blockquote>\n<ul>\n<li>\n<h2 id=\"h-l\">L</h2>\n</li>\n"
        "</ul>\n<hr />\n");
}

static void links_know_their_lines(void **state)
{
    (void)state;
    static const char source[] = "[a](b.md)\n![](c.png)\n\ntext\n[![alt](d.png)](e.md)\n";
    struct arena *arena = arena_new(0), *scratch = arena_new(0);
    struct markdown *markdown = markdown_parse(source, strlen(source), 7, arena, scratch);
    assert_int_equal(markdown->link_count, 4);
    assert_string_equal(markdown->links[0].url, "b.md");
    assert_int_equal(markdown->links[0].line, 7);
    assert_true(markdown->links[0].named);
    assert_true(markdown->links[1].image);
    assert_false(markdown->links[1].named);
    assert_int_equal(markdown->links[1].line, 8);
    assert_string_equal(markdown->links[2].url, "e.md");
    assert_true(markdown->links[2].named);
    assert_int_equal(markdown->links[2].line, 11);
    assert_string_equal(markdown->links[3].url, "d.png");
    arena_free(arena);
    arena_free(scratch);
}

static void assert_place(const char *source, size_t link, unsigned line, unsigned col)
{
    struct text text = parse(source);
    assert_true(link < text.markdown->link_count);
    if (text.markdown->links[link].line != line || text.markdown->links[link].col != col)
        fail_msg("%s: link %zu is at %u:%u, want %u:%u", source, link, text.markdown->links[link].line,
                 text.markdown->links[link].col, line, col);
    text_release(&text);
}

/* What the parser says of them is wrong for most of these. */
static void links_know_where_they_begin(void **state)
{
    (void)state;
    assert_place("A [b](c) and ![d](e)", 0, 1, 3);
    assert_place("A [b](c) and ![d](e)", 1, 1, 14);
    assert_place("日本 é [b](c)", 0, 1, 6);
    assert_place("one\n   two [b](c)\n", 0, 2, 8);
    assert_place("- item\n  more [b](c)\n\n  - [d](e)", 1, 4, 5);
    assert_place("> quote\nlazy [b](c)", 0, 2, 6);
    assert_place("over [two\nlines](c) and [b](c)", 0, 1, 6);
    assert_place("over [two\nlines](c) and [b](c)", 1, 2, 15);
    assert_place("[r]: /x\n**bold [b](c)**", 0, 2, 8);
    assert_place("see [text][r]\n\n[r]: /x", 0, 1, 5);
    assert_place("write to <me@acme.example>", 0, 1, 10);
    assert_place("[![a](b.png)](c)", 0, 1, 1);
    assert_place("[![a](b.png)](c)", 1, 1, 2);
    assert_place("\r\nx\r\ny [b](<c d>)\r\n", 0, 3, 3);
    assert_place("one\rtwo [b](c)", 0, 2, 5);
    assert_place("escaped \\[not] [b](c)", 0, 1, 16);
}

static void links_can_be_led_elsewhere(void **state)
{
    (void)state;
    static const char source[] = "[a](b.md \"t\")";
    struct text text = {.arena = arena_new(0), .scratch = arena_new(0)};
    text.markdown = markdown_parse(source, strlen(source), 1, text.arena, text.scratch);
    buf_init(&text.html, 1024);
    markdown_set_target(&text.markdown->links[0], "/help/b/?x=1&y=\"2\"");
    markdown_render(text.markdown, &text.html);
    assert_string_equal(text.html.data, "<p><a href=\"/help/b/?x=1&amp;y=%222%22\" title=\"t\">a</a></p>\n");
    text_release(&text);
}

/* Numbers stand in the addresses for a while; what an author writes must never be taken for one. */
static void nothing_written_passes_for_an_address(void **state)
{
    (void)state;
    assert_renders("[a](b \"@0@\")", "<p><a href=\"b\" title=\"@0@\">a</a></p>\n");
    assert_renders("[a](@0@b)", "<p><a href=\"@0@b\">a</a></p>\n");
    assert_renders(" href=\"@0@b\" [a](c)", "<p>href=&quot;@0@b&quot; <a href=\"c\">a</a></p>\n");
    assert_renders("`<h1> src=\"@0@\"`\n", "<p><code>&lt;h1&gt; src=&quot;@0@&quot;</code></p>\n");
}

static void a_dangerous_address_is_left_out(void **state)
{
    (void)state;
    assert_renders("[a](javascript:alert(1))", "<p><a href=\"\">a</a></p>\n");
    assert_renders("![a](data:text/html,x)", "<p><img src=\"\" alt=\"a\" /></p>\n");
}

static void a_link_within_an_image_is_not_shown_but_known(void **state)
{
    (void)state;
    struct text text = parse("![see [b](c.md)](d.png) [e](f.md)");
    assert_string_equal(text.html.data,
                        "<p><img src=\"d.png\" alt=\"see b\" /> <a href=\"f.md\">e</a></p>\n");
    assert_int_equal(text.markdown->link_count, 3);
    assert_string_equal(text.markdown->links[1].url, "c.md");
    assert_true(text.markdown->links[1].at == MARKDOWN_NOWHERE);
    text_release(&text);
}

static void raw_html_is_told_but_comments_are_not(void **state)
{
    (void)state;
    struct text comment = parse("a <!-- b -->\n\n<!-- c -->\n");
    assert_int_equal(comment.markdown->raw_html_line, 0);
    text_release(&comment);
    struct text tag = parse("a\n\nb\nc <i>d</i>\n");
    assert_int_equal(tag.markdown->raw_html_line, 4);
    text_release(&tag);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(t23_nothing_of_an_article_becomes_markup),
        cmocka_unit_test(headings_get_ids_in_order),
        cmocka_unit_test(ids_are_unique_and_never_empty),
        cmocka_unit_test(a_first_level_heading_is_a_second_level_one),
        cmocka_unit_test(headings_within_lists_and_quotes_count),
        cmocka_unit_test(links_know_their_lines),
        cmocka_unit_test(links_know_where_they_begin),
        cmocka_unit_test(links_can_be_led_elsewhere),
        cmocka_unit_test(nothing_written_passes_for_an_address),
        cmocka_unit_test(a_dangerous_address_is_left_out),
        cmocka_unit_test(a_link_within_an_image_is_not_shown_but_known),
        cmocka_unit_test(raw_html_is_told_but_comments_are_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
