#include "markdown_note.h"

#include <string.h>

enum { TEXT_CEILING = 64 * 1024 };

static unsigned line_of(const struct markdown_notes *notes, cmark_node *node)
{
    while (node && cmark_node_get_start_line(node) == 0)
        node = cmark_node_parent(node);
    return node ? (unsigned)cmark_node_get_start_line(node) + notes->offset : 0;
}

/* --- headings ------------------------------------------------------------------------------------------- */

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

static const char *heading_id(const struct markdown_notes *notes, const char *text)
{
    struct buf slug;
    buf_init(&slug, TEXT_CEILING);
    add_slug(text, &slug);
    const char *id = arena_strndup(notes->arena, slug.data, slug.len);
    for (unsigned n = 2; id && id_is_taken(notes->markdown, id); n++)
        id = arena_printf(notes->arena, "%s-%u", slug.data, n);
    buf_release(&slug);
    return id;
}

const struct markdown_heading *markdown_note_heading(struct markdown_notes *notes, cmark_node *node)
{
    struct markdown *markdown = notes->markdown;
    markdown->headings = arena_more(notes->arena, markdown->headings, markdown->heading_count,
                                    &notes->heading_cap, sizeof *markdown->headings);
    struct buf text;
    buf_init(&text, TEXT_CEILING);
    collect_text(node, &text);
    struct markdown_heading heading = {.text = arena_strndup(notes->arena, text.data, text.len),
                                       .id = heading_id(notes, text.data),
                                       .level = cmark_node_get_heading_level(node),
                                       .line = line_of(notes, node)};
    buf_release(&text);
    markdown->headings[markdown->heading_count] = heading;
    return &markdown->headings[markdown->heading_count++];
}

/* --- links ---------------------------------------------------------------------------------------------- */

static cmark_node *block_of(cmark_node *node)
{
    while (node && cmark_node_get_type(node) > CMARK_NODE_LAST_BLOCK)
        node = cmark_node_parent(node);
    return node;
}

static void find_place(struct markdown_notes *notes, cmark_node *node, struct markdown_link *link)
{
    cmark_node *block = block_of(node);
    struct markdown_guess guess = {.line = line_of(notes, node) - notes->offset,
                                   .col = (unsigned)cmark_node_get_start_column(node),
                                   .first = (unsigned)cmark_node_get_start_line(block),
                                   .last = (unsigned)cmark_node_get_end_line(block)};
    markdown_find_link(&notes->source, guess, link);
    link->line += notes->offset;
}

static bool is_word(cmark_node *node)
{
    cmark_node_type type = cmark_node_get_type(node);
    const char *text = type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE ? cmark_node_get_literal(node) : "";
    return text[strspn(text, " ")] != '\0';
}

static bool has_words(cmark_node *node)
{
    cmark_iter *iter = cmark_iter_new(node);
    bool found = false;
    while (!found && cmark_iter_next(iter) != CMARK_EVENT_DONE)
        found = is_word(cmark_iter_get_node(iter));
    cmark_iter_free(iter);
    return found;
}

static bool begins_with_image(cmark_node *node)
{
    cmark_node *child = cmark_node_first_child(node);
    while (child && cmark_node_get_type(child) == CMARK_NODE_HTML_INLINE)
        child = cmark_node_next(child);
    return child && cmark_node_get_type(child) == CMARK_NODE_IMAGE;
}

struct markdown_link *markdown_note_link(struct markdown_notes *notes, cmark_node *node)
{
    struct markdown *markdown = notes->markdown;
    markdown->links = arena_more(notes->arena, markdown->links, markdown->link_count, &notes->link_cap,
                                 sizeof *markdown->links);
    bool image = cmark_node_get_type(node) == CMARK_NODE_IMAGE;
    const char *url = cmark_node_get_url(node);
    struct markdown_link *link = &markdown->links[markdown->link_count++];
    *link = (struct markdown_link){.url = arena_strdup(notes->arena, url ? url : ""),
                                   .image = image,
                                   .named = has_words(node) || (!image && begins_with_image(node)),
                                   .at = MARKDOWN_NOWHERE};
    find_place(notes, node, link);
    return link;
}

/* --- raw HTML ------------------------------------------------------------------------------------------- */

/* A comment is nobody's loss; anything else that is left out should be told. */
void markdown_note_raw_html(struct markdown_notes *notes, cmark_node *node)
{
    if (notes->markdown->raw_html_line == 0 && strncmp(cmark_node_get_literal(node), "<!--", 4) != 0)
        notes->markdown->raw_html_line = line_of(notes, node);
}
