#include "bake.h"
#include "lines.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void render_stop(struct render *render, const struct node *node, const char *format, ...)
{
    char text[512];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (!render->stopped && render->diag)
        diag_error(render->diag, render_place(render, node), "%s", text);
    render->failed = render->stopped = true;
}

void render_margin(struct render *render)
{
    if (!render->skip_margin)
        buf_add(render->out, render->margin.data + render->margin_from,
                render->margin.len - render->margin_from);
    render->skip_margin = false;
}

static void render_text(struct render *render, const struct node *node)
{
    const char *text = render->template->text + node->text.at;
    size_t len = node->text.len, from = 0;
    if (!render_has_margin(render) || !(node->flags & (NODE_AT_LINE_START | NODE_LINES))) {
        buf_add(render->out, text, len);
        return;
    }
    if (node->flags & NODE_AT_LINE_START)
        render_margin(render);
    while (from < len) {
        const char *end = memchr(text + from, '\n', len - from);
        size_t next = end ? (size_t)(end - text) + 1 : len;
        buf_add(render->out, text + from, next - from);
        /* Empty lines get no margin; a line that begins with a tag has it in the next node. */
        if (next < len && !line_ends(text, len, next))
            render_margin(render);
        from = next;
    }
}

static void render_value(struct render *render, const struct node *node)
{
    const json_t *value = lookup(render, node);
    const char *name = render->template->paths[node->name].text;
    enum shown shown = value_show(render->out, node->kind, node->flags, value, render->options);
    if (!render->options->strict)
        return;
    if (shown == SHOWN_NOT)
        lookup_report(render, node, "\"%s\" is %s; only a text, a number, a yes or no can be shown", name,
                      value_kind(value));
    else if (shown == SHOWN_UNSAFE)
        lookup_report(
            render, node,
            "\"%s\" is \"%.100s\"; a page leads only to http:, https:, mailto: and tel: addresses, and "
            "to relative ones",
            name, json_string_value(value));
}

void render_with(struct render *render, const struct node *node, const json_t *value)
{
    if (render->depth == STACK_MAX) {
        render_stop(render, node, "more than %d objects of data within each other", STACK_MAX);
        return;
    }
    render->stack[render->depth++] = value;
    uint32_t at = (uint32_t)(node - render->template->nodes);
    render_inside(render, node, at + 1, node->end);
    render->depth--;
}

static void render_section(struct render *render, const struct node *node)
{
    const json_t *value = lookup(render, node);
    bool shown = value_is_true(value);
    if (node->kind == NODE_INVERTED) {
        uint32_t at = (uint32_t)(node - render->template->nodes);
        if (!shown)
            render_inside(render, node, at + 1, node->end);
    } else if (json_is_array(value)) {
        for (size_t i = 0; i < json_array_size(value) && !render->stopped; i++)
            render_with(render, node, json_array_get(value, i));
    } else if (shown) {
        render_with(render, node, value);
    }
}

static void render_node(struct render *render, const struct node *node)
{
    if (render->bake && bake_defers(render, node))
        return;
    switch (node->kind) {
    case NODE_TEXT:
        render_text(render, node);
        break;
    case NODE_VALUE:
    case NODE_RAW:
        render_value(render, node);
        break;
    case NODE_SECTION:
    case NODE_INVERTED:
        render_section(render, node);
        break;
    case NODE_PARTIAL:
    case NODE_PARENT:
        include_template(render, node);
        break;
    case NODE_BLOCK:
        include_block(render, node);
    }
}

void render_nodes(struct render *render, uint32_t from, uint32_t to)
{
    const struct node *nodes = render->template->nodes;
    for (uint32_t i = from; i < to && !render->stopped; i = nodes[i].end) {
        if (++render->steps > STEPS_MAX)
            render_stop(render, &nodes[i],
                        "this page takes more than %d steps: do lists within lists repeat?", STEPS_MAX);
        else if (!buf_ok(render->out))
            render_stop(render, &nodes[i], "this page grows over %zu bytes", render->out->ceiling);
        else
            render_node(render, &nodes[i]);
    }
}

void render_inside(struct render *render, const struct node *node, uint32_t from, uint32_t to)
{
    if (render->nesting == NESTING_MAX) {
        render_stop(render, node, "more than %d sections and blocks within each other", NESTING_MAX);
        return;
    }
    render->nesting++;
    render_nodes(render, from, to);
    render->nesting--;
}

/* What no node could notice: the last one may have been the one too much. */
static bool finish(struct render *render)
{
    struct place place = {render->template->file, 0, 0};
    if (render->diag && !render->failed && !buf_ok(render->out))
        diag_error(render->diag, place, "this page grows over %zu bytes", render->out->ceiling);
    else if (render->diag && !render->failed && !buf_ok(&render->margin))
        diag_error(render->diag, place, "no memory left for the margin");
    bool good = !render->failed && buf_ok(render->out) && buf_ok(&render->margin);
    buf_release(&render->margin);
    return good;
}

bool render_all(struct render *render)
{
    buf_init(&render->margin, MARGIN_MAX);
    render_nodes(render, 0, render->template->node_count);
    return finish(render);
}

bool template_render(const struct template_set *set, const char *name, json_t *const *data, size_t count,
                     const struct template_options *options, struct buf *out, struct diag *diag)
{
    struct place nowhere = {0};
    const struct template *template = set_find(set, name, strlen(name));
    if (!template) {
        const char *near = set_nearest(set, name);
        diag_error(diag, nowhere, "there is no template \"%s\"%s%s%s", name, near ? "; did you mean \"" : "",
                   near ? near : "", near ? "\"?" : "");
        return false;
    }
    if (count > STACK_MAX) {
        diag_error(diag, nowhere, "a page may have %d objects of data, \"%s\" has %zu", STACK_MAX, name,
                   count);
        return false;
    }
    struct render render = {
        .set = set, .options = options, .out = out, .diag = diag, .template = template, .depth = count};
    for (size_t i = 0; i < count; i++)
        render.stack[i] = data[i];
    return render_all(&render);
}
