/* What is written of a text is what cmark's own renderer makes of it, but for what was changed on purpose. */
#include "lib_test.h"

#include "../../gen/content/markdown.h"
#include "../../lib/esc.h"
#include "../../lib/fs.h"

#include <cmark.h>
#include <stdlib.h>

enum { TEXTS = 20000, PIECES_MAX = 14, CEILING = 4 * 1024 * 1024 };

/* What is done on purpose, done to cmark's tree. */
static void change(cmark_node *node)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_HEADING:
        if (cmark_node_get_heading_level(node) == 1)
            cmark_node_set_heading_level(node, 2);
        break;
    case CMARK_NODE_LINK:
    case CMARK_NODE_IMAGE:
        if (!esc_url_is_safe(cmark_node_get_url(node)))
            cmark_node_set_url(node, "");
        break;
    case CMARK_NODE_HTML_BLOCK:
    case CMARK_NODE_HTML_INLINE:
        cmark_node_free(node);
        break;
    default:
        break;
    }
}

static char *reference(const char *text, size_t len)
{
    cmark_node *tree = cmark_parse_document(text, len, CMARK_OPT_DEFAULT);
    cmark_iter *iter = cmark_iter_new(tree);
    cmark_event_type event;
    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
        cmark_node_type type = cmark_node_get_type(cmark_iter_get_node(iter));
        if (event == CMARK_EVENT_EXIT || type == CMARK_NODE_HTML_BLOCK || type == CMARK_NODE_HTML_INLINE)
            change(cmark_iter_get_node(iter));
    }
    cmark_iter_free(iter);
    char *html = cmark_render_html(tree, CMARK_OPT_SAFE);
    cmark_node_free(tree);
    return html;
}

/* Take `from` up to the end of `until` out wherever it stands, and put `with` there. */
static void replace(char *html, const char *from, const char *until, const char *with)
{
    char *out = html;
    while (*html) {
        if (strncmp(html, from, strlen(from)) != 0) {
            *out++ = *html++;
            continue;
        }
        html = strstr(html + strlen(from), until) + strlen(until);
        memcpy(out, with, strlen(with));
        out += strlen(with);
    }
    *out = '\0';
}

static void assert_is_as_cmark_has_it(const char *text, size_t len)
{
    struct arena *arena = arena_new(0), *scratch = arena_new(0);
    struct markdown *markdown = markdown_parse(text, len, 1, arena, scratch);
    char *html = arena_strndup(arena, markdown->html, markdown->html_len);
    char *expected = reference(text, len);
    replace(html, " id=\"h-", "\"", "");
    replace(expected, "&#x27", ";", "&#39;"); /* in addresses */
    if (strcmp(html, expected) != 0)
        print_error("of the text:\n%.*s\n", (int)len, text);
    assert_string_equal(html, expected);
    free(expected);
    arena_free(arena);
    arena_free(scratch);
}

static void every_article_at_hand(void **state)
{
    (void)state;
    struct arena *arena = arena_new(0);
    struct fs_entry *entries;
    size_t count, articles = 0;
    struct buf text;
    buf_init(&text, CEILING);
    assert_int_equal(fs_walk(SOURCE_DIR "/content", arena, &entries, &count), 0);
    for (size_t i = 0; i < count; i++) {
        const char *ending = strrchr(entries[i].path, '.');
        if (!ending || strcmp(ending, ".md") != 0)
            continue;
        buf_reset(&text);
        assert_int_equal(fs_read(fs_join(arena, SOURCE_DIR "/content", entries[i].path), &text), 0);
        assert_is_as_cmark_has_it(text.data, text.len);
        articles++;
    }
    assert_true(articles > 10);
    buf_release(&text);
    arena_free(arena);
}

static const char *const pieces[] = {
    "word ",
    "two words",
    "été",
    "日本",
    "it's",
    "\n",
    "\n",
    "\n\n",
    "\n\n",
    "  \n",
    "\\\n",
    "\t",
    "    ",
    "# ",
    "## ",
    "###### ",
    "\n===\n",
    "\n---\n",
    "***\n",
    "- ",
    "* ",
    "1. ",
    "7) ",
    "> ",
    ">> ",
    "  - ",
    "   1. ",
    "```\n",
    "```js x\n",
    "~~~ \"<&\n",
    "`",
    "``",
    "`<a & b>`",
    "*",
    "**",
    "***",
    "_",
    "__",
    "[",
    "]",
    "![",
    "](",
    ")",
    "(",
    "[a](b.md)",
    "[a](<b c> \"t & 'u'\")",
    "[b][r]",
    "[r]",
    "![i](x.png \"t\")",
    "![a *b* ![c](d.png) [e](f)](g.png)",
    "\n[r]: /url?a=b&c='d' \"title\"\n",
    "<http://a.example/b?c&d>",
    "<me@a.example>",
    "[x](javascript:a)",
    "![y](data:b)",
    "[z](//host)",
    "[u](/a%20b[c]\\\"`|~^é{})",
    "<b>",
    "</b>",
    "<!-- c -->",
    "\n<div>\n",
    "\n</div>\n\n",
    "&amp;",
    "&lt;",
    "&#0;",
    "&eacute;",
    "&nope;",
    "\"",
    "<",
    ">",
    "&",
    "\\*",
    "\\",
    "\r\n",

    "!",
    ":",
    "[[a]](b)",
    "[](c)",
    "[ ](d)",
    "&quot;",
};

static void texts_of_any_shape(void **state)
{
    (void)state;
    unsigned seed = 1;
    for (int i = 0; i < TEXTS; i++) {
        struct buf text;
        buf_init(&text, CEILING);
        int count = 1 + rand_r(&seed) % PIECES_MAX;
        while (count-- > 0)
            buf_adds(&text, pieces[(size_t)rand_r(&seed) % (sizeof pieces / sizeof pieces[0])]);
        assert_is_as_cmark_has_it(text.data, text.len);
        buf_release(&text);
    }
}

/* Nothing here may be as deep as the text. */
static void a_deep_text(void **state)
{
    (void)state;
    struct buf text;
    buf_init(&text, CEILING);
    for (int i = 0; i < 20000; i++)
        buf_adds(&text, "> ");
    buf_adds(&text, "end");
    assert_is_as_cmark_has_it(text.data, text.len);
    buf_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_article_at_hand),
        cmocka_unit_test(texts_of_any_shape),
        cmocka_unit_test(a_deep_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
