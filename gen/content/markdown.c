/* Parsing, by cmark; what becomes of its HTML: markdown_html.c. */
#include "markdown.h"

#include "../../lib/esc.h"
#include "markdown_html.h"
#include "markdown_place.h"
#include "markdown_pool.h"

#include <cmark.h>
#include <stdlib.h>
#include <string.h>

struct walk {
    struct markdown *markdown;
    struct arena *arena;
    struct arena *scratch;
    unsigned offset; /* lines of the file before the text */
    struct markdown_source source;
    size_t heading_cap, link_cap;
};

/* --- headings, links and raw HTML ----------------------------------------------------------------------- */

static void *grown(struct arena *arena, void *items, size_t count, size_t *cap, size_t size)
{
    if (count < *cap)
        return items;
    size_t more = *cap ? *cap * 2 : 8;
    void *copy = arena_alloc(arena, more * size);
    if (copy && count > 0)
        memcpy(copy, items, count * size);
    *cap = more;
    return copy;
}

static unsigned line_of(const struct walk *walk, cmark_node *node)
{
    while (node && cmark_node_get_start_line(node) == 0)
        node = cmark_node_parent(node);
    return node ? (unsigned)cmark_node_get_start_line(node) + walk->offset : 0;
}

/* The words below a node, without their markup. */
static void collect_text(cmark_node *node, struct buf *out)
{
    cmark_iter *iter = cmark_iter_new(node);
    cmark_event_type event;
    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
        if (event != CMARK_EVENT_ENTER)
            continue;
        cmark_node *at = cmark_iter_get_node(iter);
        cmark_node_type type = cmark_node_get_type(at);
        if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE)
            buf_adds(out, cmark_node_get_literal(at));
        else if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK)
            buf_addc(out, ' ');
    }
    cmark_iter_free(iter);
}

/* "Reset your password!" -> "h-reset-your-password"; letters beyond ASCII stay as they are. */
static void add_slug(const char *text, struct buf *out)
{
    buf_adds(out, "h-");
    size_t start = out->len;
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        bool upper = c >= 'A' && c <= 'Z';
        if (upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0x80)
            buf_addc(out, (char)(upper ? c + 'a' - 'A' : c));
        else if (out->len > start && out->data[out->len - 1] != '-')
            buf_addc(out, '-');
    }
    if (out->len > start && out->data[out->len - 1] == '-')
        buf_cut(out, out->len - 1);
    if (out->len == start)
        buf_adds(out, "section");
}

static bool id_is_taken(const struct markdown *markdown, const char *id)
{
    for (size_t i = 0; i < markdown->heading_count; i++) {
        if (strcmp(markdown->headings[i].id, id) == 0)
            return true;
    }
    return false;
}

static const char *heading_id(const struct walk *walk, const char *text)
{
    struct buf slug;
    buf_init(&slug, 64 * 1024);
    add_slug(text, &slug);
    const char *id = arena_strdup(walk->arena, slug.data);
    for (unsigned n = 2; id && id_is_taken(walk->markdown, id); n++)
        id = arena_printf(walk->arena, "%s-%u", slug.data, n);
    buf_release(&slug);
    return id;
}

static void take_heading(struct walk *walk, cmark_node *node)
{
    struct markdown *markdown = walk->markdown;
    markdown->headings = grown(walk->arena, markdown->headings, markdown->heading_count, &walk->heading_cap,
                               sizeof *markdown->headings);
    struct buf text;
    buf_init(&text, 64 * 1024);
    collect_text(node, &text);
    struct markdown_heading heading = {.text = arena_strdup(walk->arena, text.data),
                                       .id = heading_id(walk, text.data),
                                       .level = cmark_node_get_heading_level(node),
                                       .line = line_of(walk, node)};
    buf_release(&text);
    markdown->headings[markdown->heading_count++] = heading;
    if (heading.level == 1)
        cmark_node_set_heading_level(node, 2);
}

/* The address with the link's number before it, by which the HTML tells where it stands. */
static void mark_link(struct walk *walk, cmark_node *node, size_t number, const char *url)
{
    const char *shown = esc_url_is_safe(url) ? url : ""; /* cmark would not know it any more */
    cmark_node_set_url(node,
                       arena_printf(walk->scratch, MARKDOWN_MARK "%zu" MARKDOWN_MARK "%s", number, shown));
}

static cmark_node *block_of(cmark_node *node)
{
    while (node && cmark_node_get_type(node) > CMARK_NODE_LAST_BLOCK)
        node = cmark_node_parent(node);
    return node;
}

static void find_place(struct walk *walk, cmark_node *node, struct markdown_link *link)
{
    cmark_node *block = block_of(node);
    struct markdown_guess guess = {.line = line_of(walk, node) - walk->offset,
                                   .col = (unsigned)cmark_node_get_start_column(node),
                                   .first = (unsigned)cmark_node_get_start_line(block),
                                   .last = (unsigned)cmark_node_get_end_line(block)};
    markdown_find_link(&walk->source, guess, link);
    link->line += walk->offset;
}

static void take_link(struct walk *walk, cmark_node *node)
{
    struct markdown *markdown = walk->markdown;
    markdown->links =
        grown(walk->arena, markdown->links, markdown->link_count, &walk->link_cap, sizeof *markdown->links);
    struct buf text;
    buf_init(&text, 64 * 1024);
    collect_text(node, &text);
    bool image = cmark_node_get_type(node) == CMARK_NODE_IMAGE;
    bool picture = !image && cmark_node_first_child(node) &&
                   cmark_node_get_type(cmark_node_first_child(node)) == CMARK_NODE_IMAGE;
    const char *url = cmark_node_get_url(node);
    struct markdown_link link = {.url = arena_strdup(walk->arena, url ? url : ""),
                                 .image = image,
                                 .named = picture || strspn(text.data, " ") < text.len,
                                 .at = MARKDOWN_NOWHERE};
    buf_release(&text);
    find_place(walk, node, &link);
    mark_link(walk, node, markdown->link_count, link.url);
    markdown->links[markdown->link_count++] = link;
}

/* A comment is nobody's loss; anything else that is left out should be told. */
static void drop_html(struct walk *walk, cmark_node *node)
{
    const char *html = cmark_node_get_literal(node);
    if (walk->markdown->raw_html_line == 0 && strncmp(html, "<!--", 4) != 0)
        walk->markdown->raw_html_line = line_of(walk, node);
    cmark_node_free(node);
}

/* On leaving a node it and its children may be changed; cmark allows no more while it iterates. */
static void visit(struct walk *walk, cmark_event_type event, cmark_node *node)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_HEADING:
        if (event == CMARK_EVENT_EXIT)
            take_heading(walk, node);
        break;
    case CMARK_NODE_LINK:
    case CMARK_NODE_IMAGE:
        if (event == CMARK_EVENT_EXIT)
            take_link(walk, node);
        break;
    case CMARK_NODE_HTML_BLOCK:
    case CMARK_NODE_HTML_INLINE:
        drop_html(walk, node);
        break;
    default:
        break;
    }
}

static cmark_node *parse(const char *text, size_t len)
{
    static cmark_mem pool = {markdown_pool_calloc, markdown_pool_realloc, markdown_pool_free};
    cmark_parser *parser = cmark_parser_new_with_mem(CMARK_OPT_DEFAULT, &pool);
    cmark_parser_feed(parser, text, len);
    cmark_node *tree = cmark_parser_finish(parser);
    cmark_parser_free(parser);
    return tree;
}

static void look_at(struct walk *walk, cmark_node *tree)
{
    cmark_iter *iter = cmark_iter_new(tree);
    cmark_event_type event;
    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE)
        visit(walk, event, cmark_iter_get_node(iter));
    cmark_iter_free(iter);
}

struct markdown *markdown_parse(const char *text, size_t len, unsigned first_line, struct arena *arena,
                                struct arena *scratch)
{
    struct markdown *markdown = arena_alloc(arena, sizeof *markdown);
    if (!markdown)
        return NULL;
    struct walk walk = {.markdown = markdown,
                        .arena = arena,
                        .scratch = scratch,
                        .offset = first_line - 1,
                        .source = {.text = text, .len = len}};
    markdown_pool_begin(scratch);
    cmark_node *tree = parse(text, len);
    look_at(&walk, tree);
    const char *html = cmark_render_html(tree, CMARK_OPT_SAFE);
    markdown_pool_end();
    return markdown_take_html(markdown, html, arena) ? markdown : NULL;
}
