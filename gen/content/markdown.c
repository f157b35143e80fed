#include "markdown.h"

#include "../../lib/esc.h"

#include <cmark.h>
#include <stdlib.h>
#include <string.h>

struct walk {
    struct markdown *markdown;
    struct arena *arena;
    unsigned offset; /* lines of the file before the text */
    size_t heading_cap, link_cap;
};

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
    markdown->links[markdown->link_count++] =
        (struct markdown_link){.url = arena_strdup(walk->arena, url ? url : ""),
                               .line = line_of(walk, node),
                               .image = image,
                               .named = picture || strspn(text.data, " ") < text.len,
                               .node = node};
    buf_release(&text);
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

struct markdown *markdown_parse(const char *text, size_t len, unsigned first_line, struct arena *arena)
{
    struct markdown *markdown = arena_alloc(arena, sizeof *markdown);
    if (!markdown)
        return NULL;
    markdown->tree = cmark_parse_document(text, len, CMARK_OPT_VALIDATE_UTF8);
    if (!markdown->tree)
        return NULL;
    struct walk walk = {.markdown = markdown, .arena = arena, .offset = first_line - 1};
    cmark_iter *iter = cmark_iter_new(markdown->tree);
    cmark_event_type event;
    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE)
        visit(&walk, event, cmark_iter_get_node(iter));
    cmark_iter_free(iter);
    return markdown;
}

void markdown_free(struct markdown *markdown)
{
    if (markdown && markdown->tree) {
        cmark_node_free(markdown->tree);
        markdown->tree = NULL;
    }
}

void markdown_set_url(struct markdown_link *link, const char *url)
{
    cmark_node_set_url(link->node, url);
}

/* The next "<h1>" to "<h6>". NULL: none. */
static const char *find_heading_tag(const char *html)
{
    const char *tag = strstr(html, "<h");
    while (tag && !(tag[2] >= '1' && tag[2] <= '6' && tag[3] == '>'))
        tag = strstr(tag + 2, "<h");
    return tag;
}

/*
 * cmark's headings carry no attributes. Raw HTML is gone and text is escaped, so every such tag in what it
 * renders is a heading's, in the order of the text.
 */
void markdown_render(const struct markdown *markdown, struct buf *out)
{
    char *html = cmark_render_html(markdown->tree, CMARK_OPT_SAFE);
    const char *at = html;
    const char *tag = find_heading_tag(at);
    for (size_t i = 0; tag && i < markdown->heading_count; i++) {
        const char *id = markdown->headings[i].id;
        buf_add(out, at, (size_t)(tag + 3 - at));
        buf_adds(out, " id=\"");
        esc_html(out, id, strlen(id));
        buf_addc(out, '"');
        at = tag + 3;
        tag = find_heading_tag(at);
    }
    buf_adds(out, at);
    free(html);
}
