#include "compile.h"

/* What stands in a parent outside of its blocks is dropped; somebody may have meant it to be seen. */
static void drop_text(struct compiler *compiler, size_t to)
{
    const char *source = compiler->scan.source;
    size_t at = compiler->from;
    while (at < to && is_space(source[at]))
        at++;
    const struct tag *parent = &compiler->open[compiler->depth - 1].tag;
    if (at < to)
        diag_warning(compiler->scan.diag, scan_place(&compiler->scan, at),
                     "text in {{< %.*s}} outside of its blocks is never shown", (int)parent->name.len,
                     parent->name.at);
    compiler->from = to;
}

static uint8_t text_flags(const struct compiler *compiler, struct span span, bool at_line_start)
{
    const char *text = compiler->text.data + span.at;
    uint8_t flags = at_line_start && !line_ends(text, span.len, 0) ? NODE_AT_LINE_START : 0;
    for (uint32_t i = 0; i + 1 < span.len; i++)
        if (text[i] == '\n')
            return flags | NODE_LINES;
    return flags;
}

void parse_text(struct compiler *compiler, size_t to, bool tag_follows)
{
    if (element_is_parent(compiler)) {
        drop_text(compiler, to);
        return;
    }
    bool at_line_start = line_starts(compiler->scan.source, compiler->from);
    struct span span = compile_span(compiler, compiler->from, to);
    compiler->from = to;
    if (!buf_ok(&compiler->text)) {
        compiler->stopped = true;
        return;
    }
    if (span.len > 0) {
        struct node *node = compile_node(compiler, NODE_TEXT, NULL);
        node->text = span;
        node->flags = text_flags(compiler, span, at_line_start);
        at_line_start = compiler->text.data[compiler->text.len - 1] == '\n';
    }
    /* A line that begins with a tag begins with no text: but its margin needs a place. */
    if (tag_follows && at_line_start)
        compile_node(compiler, NODE_TEXT, NULL)->flags = NODE_AT_LINE_START;
}

bool parse_text_before(struct compiler *compiler, const struct tag *tag)
{
    const struct scanner *scan = &compiler->scan;
    size_t start, next;
    bool alone = line_is_clean_before(scan->source, tag->start, &start) &&
                 line_is_clean_after(scan->source, scan->len, tag->end, &next);
    parse_text(compiler, alone ? start : tag->start, !alone);
    compiler->from = alone ? next : tag->end;
    return alone;
}

static void report_name(struct compiler *compiler, const struct tag *tag, const char *why)
{
    compile_error(compiler, tag, "\"%.*s\" is no name: %s", (int)tag->name.len, tag->name.at, why);
}

/* A name that is none is reported, and cut where it goes wrong: {{#if x}} still finds its {{/if}}. */
static void name_check(struct compiler *compiler, struct tag *tag)
{
    struct slice *name = &tag->name;
    size_t len = 0;
    while (len < name->len && (unsigned char)name->at[len] > ' ' && name->at[len] != 0x7F)
        len++;
    if (name->at[0] == '*')
        report_name(compiler, tag, "dynamic names are not part of these templates");
    else if (scan_is_mark(name->at[0]))
        report_name(compiler, tag, "a mark stands right behind the opening braces");
    else if (len < name->len)
        report_name(compiler, tag, "it has a space or a control character in it");
    name->len = len;
}

static void parse_value(struct compiler *compiler, const struct tag *tag)
{
    parse_text(compiler, tag->start, true);
    compiler->from = tag->end;
    uint32_t path = compile_path(compiler, tag);
    compile_node(compiler, tag->kind ? NODE_RAW : NODE_VALUE, tag)->name = path;
}

static void parse_partial(struct compiler *compiler, const struct tag *tag)
{
    size_t start;
    line_is_clean_before(compiler->scan.source, tag->start, &start);
    bool alone = parse_text_before(compiler, tag);
    struct node *node = compile_node(compiler, NODE_PARTIAL, tag);
    node->name = compile_template_name(compiler, tag->name);
    if (alone) {
        node->flags = NODE_STANDALONE;
        node->text = compile_span(compiler, start, tag->start);
    }
}

/* Only blocks, comments and delimiters make sense between a parent's two tags. */
static void place_check(struct compiler *compiler, const struct tag *tag)
{
    if (!element_is_parent(compiler) || tag->kind == '$' || tag->kind == '/')
        return;
    const struct tag *parent = &compiler->open[compiler->depth - 1].tag;
    compile_error(compiler, tag,
                  "{{%.*s%.*s}} stands in {{< %.*s}} outside of its blocks, where nothing is shown",
                  tag->kind ? 1 : 0, &tag->kind, (int)tag->name.len, tag->name.at, (int)parent->name.len,
                  parent->name.at);
}

static void parse_tag(struct compiler *compiler, struct tag *tag)
{
    if (tag->kind == '!' || tag->kind == '=') {
        parse_text_before(compiler, tag);
        return;
    }
    name_check(compiler, tag);
    place_check(compiler, tag);
    switch (tag->kind) {
    case '#':
        element_open(compiler, tag, NODE_SECTION);
        break;
    case '^':
        element_open(compiler, tag, NODE_INVERTED);
        break;
    case '<':
        element_open(compiler, tag, NODE_PARENT);
        break;
    case '$':
        element_open(compiler, tag, NODE_BLOCK);
        break;
    case '/':
        element_close(compiler, tag);
        break;
    case '>':
        parse_partial(compiler, tag);
        break;
    default:
        parse_value(compiler, tag);
    }
}

void parse_all(struct compiler *compiler)
{
    struct tag tag;
    enum scan found;
    while (!compiler->stopped && (found = scan_next(&compiler->scan, &tag)) != SCAN_END) {
        if (found == SCAN_TAG)
            parse_tag(compiler, &tag);
        else
            compiler->from = compiler->scan.at;
        if (diag_errors(compiler->scan.diag) - compiler->errors_before >= ERRORS_MAX) {
            compile_error(compiler, &tag, "too many errors: the rest is not read");
            return;
        }
    }
    if (compiler->stopped || compiler->scan.swallowed)
        return;
    parse_text(compiler, compiler->scan.len, false);
    element_check_closed(compiler);
}
