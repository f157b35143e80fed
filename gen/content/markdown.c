/* Parsing, by cmark; what becomes of its tree: markdown_html.c. */
#include "markdown.h"

#include "../../lib/esc.h"
#include "markdown_html.h"
#include "markdown_pool.h"

#include <stdint.h>
#include <string.h>

enum { ROOM_FOR_TAGS = 4096 };

static cmark_node *parse(const char *text, size_t len)
{
    static cmark_mem pool = {markdown_pool_calloc, markdown_pool_realloc, markdown_pool_free};
    cmark_parser *parser = cmark_parser_new_with_mem(CMARK_OPT_DEFAULT, &pool);
    cmark_parser_feed(parser, text, len);
    cmark_node *tree = cmark_parser_finish(parser);
    cmark_parser_free(parser);
    return tree;
}

/* A little more than the text mostly holds it. */
static bool keep_html(struct markdown *markdown, cmark_node *tree, struct markdown_notes *notes)
{
    struct buf html;
    buf_init(&html, SIZE_MAX);
    buf_room(&html, notes->source.len + notes->source.len / 4 + ROOM_FOR_TAGS);
    markdown_write_html(tree, notes, &html);
    if (buf_ok(&html))
        markdown->html = arena_strndup(notes->arena, html.data, html.len);
    markdown->html_len = html.len;
    buf_release(&html);
    return markdown->html != NULL;
}

struct markdown *markdown_parse(const char *text, size_t len, unsigned first_line, struct arena *arena,
                                struct arena *scratch)
{
    struct markdown *markdown = arena_alloc(arena, sizeof *markdown);
    if (!markdown)
        return NULL;
    struct markdown_notes notes = {
        .markdown = markdown, .arena = arena, .offset = first_line - 1, .source = {.text = text, .len = len}};
    markdown_pool_begin(scratch);
    bool kept = keep_html(markdown, parse(text, len), &notes);
    markdown_pool_end();
    return kept ? markdown : NULL;
}

void markdown_set_target(struct markdown_link *link, const char *target)
{
    link->target = target;
}

void markdown_render(const struct markdown *markdown, struct buf *out)
{
    size_t done = 0;
    for (size_t i = 0; i < markdown->link_count; i++) {
        const struct markdown_link *link = &markdown->links[i];
        if (!link->target || link->at == MARKDOWN_NOWHERE)
            continue;
        buf_add(out, markdown->html + done, link->at - done);
        esc_href(out, link->target, strlen(link->target));
        done = link->at + link->len;
    }
    buf_add(out, markdown->html + done, markdown->html_len - done);
}
