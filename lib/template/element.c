#include "compile.h"

#include <string.h>

bool element_is_parent(const struct compiler *compiler)
{
    return compiler->depth > 0 &&
           compiler->template->nodes[compiler->open[compiler->depth - 1].node].kind == NODE_PARENT;
}

/* The text before an element that shows something by itself, as parse_text_before() does it. */
static void before_section(struct compiler *compiler, struct open *open)
{
    open->standalone = parse_text_before(compiler, &open->tag);
}

/*
 * A parent counts as alone on its line when nothing stands before its first tag and after its last one.
 * Until that is known the blanks before it have a node of their own.
 */
static void before_parent(struct compiler *compiler, struct open *open)
{
    const struct tag *tag = &open->tag;
    size_t start;
    open->standalone = line_is_clean_before(compiler->scan.source, tag->start, &start);
    open->blanks = NO_NAME;
    parse_text(compiler, open->standalone ? start : tag->start, !open->standalone);
    if (open->standalone) {
        struct node *blanks = compile_node(compiler, NODE_TEXT, NULL);
        blanks->text = compile_span(compiler, start, tag->start);
        blanks->flags = NODE_AT_LINE_START;
        open->blanks = compiler->template->node_count - 1;
    }
    compiler->from = tag->end;
}

static void check_given_once(struct compiler *compiler, const struct tag *tag, uint32_t name)
{
    const struct template *template = compiler->template;
    const struct open *parent = &compiler->open[compiler->depth - 1];
    for (uint32_t i = parent->node + 1; i < template->node_count; i = template->nodes[i].end)
        if (template->nodes[i].name == name)
            compile_error(compiler, tag, "block \"%.*s\" is given twice; the first is in line %u",
                          (int)tag->name.len, tag->name.at, template->nodes[i].line);
}

/* What an argument holds takes on the indentation of where it is shown, and loses its own. */
static void before_argument(struct compiler *compiler, struct open *open)
{
    const struct scanner *scan = &compiler->scan;
    size_t next;
    parse_text(compiler, open->tag.start, false);
    open->argument = true;
    open->standalone = line_is_clean_after(scan->source, scan->len, open->tag.end, &next);
    compiler->from = open->standalone ? next : open->tag.end;
    compiler->strip = open->standalone ? open->inside : (struct slice){0};
}

static void before_block(struct compiler *compiler, struct open *open)
{
    const struct scanner *scan = &compiler->scan;
    size_t next, start;
    line_is_clean_after(scan->source, scan->len, open->tag.end, &next);
    open->inside = line_first_indentation(scan->source, scan->len, next, &open->first);
    if (element_is_parent(compiler)) {
        before_argument(compiler, open);
        return;
    }
    if (line_is_clean_before(scan->source, open->tag.start, &start))
        open->before = (struct slice){scan->source + start, open->tag.start - start};
    open->standalone = parse_text_before(compiler, &open->tag);
}

void element_open(struct compiler *compiler, const struct tag *tag, enum node_kind kind)
{
    if (compiler->depth == OPEN_MAX) {
        compile_error(compiler, tag, "more than %d sections and blocks within each other", OPEN_MAX);
        compiler->stopped = true;
        return;
    }
    struct open *open = &compiler->open[compiler->depth];
    *open = (struct open){.tag = *tag, .stripped = compiler->strip};
    if (kind == NODE_PARENT)
        before_parent(compiler, open);
    else if (kind == NODE_BLOCK)
        before_block(compiler, open);
    else
        before_section(compiler, open);

    bool is_path = kind == NODE_SECTION || kind == NODE_INVERTED;
    uint32_t name = is_path               ? compile_path(compiler, tag)
                    : kind == NODE_PARENT ? compile_template_name(compiler, tag->name)
                                          : compile_name(compiler, tag->name);
    if (open->argument)
        check_given_once(compiler, tag, name);
    struct node *node = compile_node(compiler, kind, tag);
    node->name = name;
    if (compiler->stopped)
        return;
    open->node = compiler->template->node_count - 1;
    compiler->depth++;
}

static void close_parent(struct compiler *compiler, const struct tag *tag, const struct open *open)
{
    const struct scanner *scan = &compiler->scan;
    struct template *template = compiler->template;
    size_t next;
    parse_text(compiler, tag->start, false);
    compiler->from = tag->end;
    if (!open->standalone || !line_is_clean_after(scan->source, scan->len, tag->end, &next))
        return;
    compiler->from = next;
    struct node *blanks = &template->nodes[open->blanks];
    template->nodes[open->node].text = blanks->text;
    template->nodes[open->node].flags |= NODE_STANDALONE;
    blanks->text.len = 0;
    blanks->flags = 0;
}

static void close_argument(struct compiler *compiler, const struct tag *tag, const struct open *open)
{
    size_t start;
    bool clean = line_is_clean_before(compiler->scan.source, tag->start, &start);
    parse_text(compiler, clean ? start : tag->start, false);
    compiler->from = tag->end;
    compiler->strip = open->stripped;
    if (open->standalone)
        compiler->template->nodes[open->node].flags |= NODE_FRESH;
}

/* A block alone on its line indents what fills it as its own content was, or else as its tag. */
static void close_block(struct compiler *compiler, const struct tag *tag, const struct open *open)
{
    bool empty = open->first >= tag->start;
    parse_text_before(compiler, tag);
    struct node *node = &compiler->template->nodes[open->node];
    node->text = compile_slice(compiler, open->standalone && !empty ? open->inside : open->before);
    if (open->standalone)
        node->flags |= NODE_STANDALONE;
}

static void close_top(struct compiler *compiler, const struct tag *tag)
{
    const struct open *open = &compiler->open[compiler->depth - 1];
    switch (compiler->template->nodes[open->node].kind) {
    case NODE_PARENT:
        close_parent(compiler, tag, open);
        break;
    case NODE_BLOCK:
        (open->argument ? close_argument : close_block)(compiler, tag, open);
        break;
    default:
        parse_text_before(compiler, tag);
    }
    compiler->template->nodes[open->node].end = compiler->template->node_count;
    compiler->depth--;
}

/* May the one name be the other, misspelt? */
static bool is_slip(struct slice a, struct slice b)
{
    char one[64], other[64];
    if (a.len >= sizeof one || b.len >= sizeof other)
        return false;
    *(char *)mempcpy(one, a.at, a.len) = '\0';
    *(char *)mempcpy(other, b.at, b.len) = '\0';
    return diag_nearest(one, (const char *const[]){other, NULL}) != NULL;
}

static void report_stray(struct compiler *compiler, const struct tag *tag)
{
    int len = (int)tag->name.len;
    if (compiler->depth == 0) {
        compile_error(compiler, tag, "{{/%.*s}} closes nothing: nothing is open here", len, tag->name.at);
        return;
    }
    const struct tag *open = &compiler->open[compiler->depth - 1].tag;
    compile_error(compiler, tag, "{{/%.*s}} closes nothing; open is {{%c%.*s}} of line %u", len, tag->name.at,
                  open->kind, (int)open->name.len, open->name.at, open->line);
    /* Taken as closed, so that what follows makes sense again. */
    if (is_slip(tag->name, open->name))
        compiler->depth--;
}

static void report_unclosed(struct compiler *compiler, const struct open *open, const struct tag *before)
{
    const struct tag *tag = &open->tag;
    if (before)
        compile_error(compiler, tag, "{{%c%.*s}} is not closed before {{/%.*s}} of line %u", tag->kind,
                      (int)tag->name.len, tag->name.at, (int)before->name.len, before->name.at, before->line);
    else
        compile_error(compiler, tag, "{{%c%.*s}} is never closed", tag->kind, (int)tag->name.len,
                      tag->name.at);
}

void element_close(struct compiler *compiler, const struct tag *tag)
{
    size_t level = compiler->depth;
    while (level > 0 && !slice_is(compiler->open[level - 1].tag.name, tag->name))
        level--;
    if (level == 0) {
        report_stray(compiler, tag);
        compiler->from = tag->end;
        return;
    }
    for (; compiler->depth > level; compiler->depth--)
        report_unclosed(compiler, &compiler->open[compiler->depth - 1], tag);
    close_top(compiler, tag);
}

void element_check_closed(struct compiler *compiler)
{
    for (size_t i = 0; i < compiler->depth; i++)
        report_unclosed(compiler, &compiler->open[i], NULL);
}
