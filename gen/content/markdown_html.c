#include "markdown_html.h"

#include "../../lib/esc.h"

#include <string.h>

struct writing {
    struct markdown_notes *notes;
    struct buf *out;
    cmark_node *image; /* whose alternative text is written: words and nothing else; NULL: none */
};

static void begin_line(struct buf *out)
{
    if (out->len > 0 && out->data[out->len - 1] != '\n')
        buf_addc(out, '\n');
}

static void add_text(struct buf *out, const char *text)
{
    esc_html_text(out, text, strlen(text));
}

/* --- what is the same wherever it stands ---------------------------------------------------------------- */

struct tag {
    bool opens_line, closes_line; /* it stands at the beginning of a line */
    const char *open, *close;
};

static const struct tag tags[] = {
    [CMARK_NODE_BLOCK_QUOTE] = {true, true, "<blockquote>\n", "</blockquote>\n"},
    [CMARK_NODE_ITEM] = {true, false, "<li>", "</li>\n"},
    [CMARK_NODE_PARAGRAPH] = {true, false, "<p>", "</p>\n"},
    [CMARK_NODE_THEMATIC_BREAK] = {true, false, "<hr />\n", ""},
    [CMARK_NODE_SOFTBREAK] = {false, false, "\n", ""},
    [CMARK_NODE_LINEBREAK] = {false, false, "<br />\n", ""},
    [CMARK_NODE_EMPH] = {false, false, "<em>", "</em>"},
    [CMARK_NODE_STRONG] = {false, false, "<strong>", "</strong>"},
};

static void write_tag(struct buf *out, cmark_node_type type, bool entering)
{
    const struct tag *tag = (size_t)type < sizeof tags / sizeof tags[0] ? &tags[type] : NULL;
    if (!tag || !tag->open)
        return;
    if (entering ? tag->opens_line : tag->closes_line)
        begin_line(out);
    buf_adds(out, entering ? tag->open : tag->close);
}

/* --- blocks --------------------------------------------------------------------------------------------- */

/* The paragraphs of a tight list are not to be seen. */
static bool is_tight(cmark_node *paragraph)
{
    cmark_node *list = cmark_node_parent(cmark_node_parent(paragraph));
    return list && cmark_node_get_type(list) == CMARK_NODE_LIST && cmark_node_get_list_tight(list);
}

static void write_list(struct buf *out, cmark_node *node, bool entering)
{
    bool bullets = cmark_node_get_list_type(node) == CMARK_BULLET_LIST;
    int start = cmark_node_get_list_start(node);
    if (!entering) {
        buf_adds(out, bullets ? "</ul>\n" : "</ol>\n");
        return;
    }
    begin_line(out);
    if (bullets || start == 1)
        buf_adds(out, bullets ? "<ul>\n" : "<ol>\n");
    else
        buf_addf(out, "<ol start=\"%d\">\n", start);
}

/* The page's own title is its <h1>. */
static char level_of(cmark_node *heading)
{
    int level = cmark_node_get_heading_level(heading);
    return (char)('0' + (level == 1 ? 2 : level));
}

static void write_heading(struct writing *writing, cmark_node *node, bool entering)
{
    struct buf *out = writing->out;
    if (entering) {
        const char *id = markdown_note_heading(writing->notes, node)->id;
        begin_line(out);
        buf_adds(out, "<h");
        buf_addc(out, level_of(node));
        buf_adds(out, " id=\"");
        esc_html(out, id, strlen(id));
        buf_adds(out, "\">");
    } else {
        buf_adds(out, "</h");
        buf_addc(out, level_of(node));
        buf_adds(out, ">\n");
    }
}

/* The first word behind the fence names the language. */
static void write_code_block(struct buf *out, cmark_node *node)
{
    const char *info = cmark_node_get_fence_info(node);
    begin_line(out);
    buf_adds(out, "<pre><code");
    if (info && *info) {
        buf_adds(out, " class=\"language-");
        esc_html_text(out, info, strcspn(info, " \t\n\v\f\r"));
        buf_addc(out, '"');
    }
    buf_addc(out, '>');
    add_text(out, cmark_node_get_literal(node));
    buf_adds(out, "</code></pre>\n");
}

/* --- inlines -------------------------------------------------------------------------------------------- */

static void write_code(struct buf *out, cmark_node *node)
{
    buf_adds(out, "<code>");
    add_text(out, cmark_node_get_literal(node));
    buf_adds(out, "</code>");
}

static void write_address(struct writing *writing, cmark_node *node, const char *before)
{
    struct buf *out = writing->out;
    buf_adds(out, before);
    struct markdown_link *link = markdown_note_link(writing->notes, node);
    link->at = out->len;
    if (esc_url_is_safe(link->url))
        esc_href(out, link->url, strlen(link->url));
    link->len = out->len - link->at;
}

static void write_title(struct buf *out, cmark_node *node)
{
    const char *title = cmark_node_get_title(node);
    if (!title || !*title)
        return;
    buf_adds(out, "\" title=\"");
    add_text(out, title);
}

static void write_link(struct writing *writing, cmark_node *node, bool entering)
{
    if (!entering) {
        buf_adds(writing->out, "</a>");
        return;
    }
    write_address(writing, node, "<a href=\"");
    write_title(writing->out, node);
    buf_adds(writing->out, "\">");
}

static void write_image(struct writing *writing, cmark_node *node, bool entering)
{
    if (entering) {
        write_address(writing, node, "<img src=\"");
        buf_adds(writing->out, "\" alt=\"");
        writing->image = node;
    } else {
        write_title(writing->out, node);
        buf_adds(writing->out, "\" />");
    }
}

/* Links and images in it are not shown, but are links to check. */
static void write_alternative(struct writing *writing, cmark_node *node, bool entering)
{
    cmark_node_type type = cmark_node_get_type(node);
    if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE)
        add_text(writing->out, cmark_node_get_literal(node));
    else if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK)
        buf_addc(writing->out, ' ');
    else if (type == CMARK_NODE_HTML_INLINE)
        markdown_note_raw_html(writing->notes, node);
    else if (entering && (type == CMARK_NODE_LINK || type == CMARK_NODE_IMAGE))
        markdown_note_link(writing->notes, node);
}

/* --- the walk ------------------------------------------------------------------------------------------- */

static void write_node(struct writing *writing, cmark_node *node, bool entering)
{
    struct buf *out = writing->out;
    cmark_node_type type = cmark_node_get_type(node);
    switch (type) {
    case CMARK_NODE_TEXT:
        add_text(out, cmark_node_get_literal(node));
        break;
    case CMARK_NODE_CODE:
        write_code(out, node);
        break;
    case CMARK_NODE_CODE_BLOCK:
        write_code_block(out, node);
        break;
    case CMARK_NODE_LIST:
        write_list(out, node, entering);
        break;
    case CMARK_NODE_HEADING:
        write_heading(writing, node, entering);
        break;
    case CMARK_NODE_LINK:
        write_link(writing, node, entering);
        break;
    case CMARK_NODE_IMAGE:
        write_image(writing, node, entering);
        break;
    case CMARK_NODE_HTML_BLOCK:
    case CMARK_NODE_HTML_INLINE:
        markdown_note_raw_html(writing->notes, node);
        break;
    case CMARK_NODE_PARAGRAPH:
        if (!is_tight(node))
            write_tag(out, type, entering);
        break;
    default:
        write_tag(out, type, entering);
    }
}

void markdown_write_html(cmark_node *tree, struct markdown_notes *notes, struct buf *out)
{
    struct writing writing = {.notes = notes, .out = out};
    cmark_iter *iter = cmark_iter_new(tree);
    cmark_event_type event;
    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(iter);
        if (node == writing.image)
            writing.image = NULL;
        if (writing.image)
            write_alternative(&writing, node, event == CMARK_EVENT_ENTER);
        else
            write_node(&writing, node, event == CMARK_EVENT_ENTER);
    }
    cmark_iter_free(iter);
}
