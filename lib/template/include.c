#include "render.h"

/* The indentation of a node that stands alone on its line is added to the margin; else none holds inside. */
static void margin_enter(struct render *render, const struct node *node)
{
    if (node->flags & NODE_STANDALONE)
        buf_add(&render->margin, render->template->text + node->text.at, node->text.len);
    else
        render->margin_from = render->margin.len;
}

static void walk_template(struct render *render, const struct template *template, const struct frame *frames)
{
    const struct template *outer_template = render->template;
    const struct frame *outer_frames = render->frames;
    render->template = template;
    render->frames = frames;
    render_nodes(render, 0, template->node_count);
    render->template = outer_template;
    render->frames = outer_frames;
}

static void report_missing(struct render *render, const struct node *node)
{
    const char *name = render->set->names[node->name].text;
    const char *near = set_nearest(render->set, name);
    lookup_report(render, node, "there is no template \"%s\"%s%s%s", name, near ? "; did you mean \"" : "",
                  near ? near : "", near ? "\"?" : "");
}

void include_template(struct render *render, const struct node *node)
{
    const struct template *template = render->set->names[node->name].template;
    if (!template) {
        if (render->options->strict)
            report_missing(render, node);
        return;
    }
    if (render->partials == PARTIAL_MAX) {
        render_stop(render, node,
                    "more than %d templates within each other: does \"%s\" lead back to itself?", PARTIAL_MAX,
                    render->set->names[node->name].text);
        return;
    }
    size_t margin_from = render->margin_from, margin_len = render->margin.len;
    struct frame frame = {render->frames, render->template, (uint32_t)(node - render->template->nodes)};
    bool has_arguments = node->kind == NODE_PARENT && node[0].end > frame.parent + 1;

    render->partials++;
    margin_enter(render, node);
    walk_template(render, template, has_arguments ? &frame : render->frames);
    render->margin_from = margin_from;
    buf_cut(&render->margin, margin_len);
    render->partials--;
}

static const struct node *argument_of(const struct frame *frame, uint32_t name)
{
    const struct node *nodes = frame->owner->nodes;
    for (uint32_t i = frame->parent + 1; i < nodes[frame->parent].end; i = nodes[i].end)
        if (nodes[i].name == name)
            return &nodes[i];
    return NULL;
}

/* Who uses a template may overrule what it gives to its parent. */
const struct node *frame_argument(const struct frame *frames, uint32_t name, const struct frame **giver)
{
    const struct node *found = NULL;
    for (const struct frame *frame = frames; frame; frame = frame->outer) {
        const struct node *argument = argument_of(frame, name);
        if (argument) {
            found = argument;
            *giver = frame;
        }
    }
    return found;
}

static void walk_argument(struct render *render, const struct node *argument, const struct frame *giver)
{
    const struct template *outer_template = render->template;
    const struct frame *outer_frames = render->frames;
    render->template = giver->owner;
    render->frames = giver->outer;
    uint32_t first = (uint32_t)(argument - giver->owner->nodes) + 1;
    render_inside(render, argument, first, argument->end);
    render->template = outer_template;
    render->frames = outer_frames;
}

/*
 * The first line of an argument may begin on a line of its own where it was written, but not where it is
 * shown, and the other way round. The margin comes where it is shown.
 */
static void fill_block(struct render *render, const struct node *block, const struct node *argument,
                       const struct frame *giver)
{
    size_t margin_len = render->margin.len;
    bool alone = block->flags & NODE_STANDALONE, fresh = argument->flags & NODE_FRESH;
    buf_add(&render->margin, render->template->text + block->text.at, block->text.len);
    if (alone && !fresh && argument->end > (uint32_t)(argument - giver->owner->nodes) + 1)
        render_margin(render);
    if (!alone && fresh)
        render->skip_margin = render_has_margin(render);
    walk_argument(render, argument, giver);
    if (!alone)
        render->skip_margin = false;
    buf_cut(&render->margin, margin_len);
}

void include_block(struct render *render, const struct node *block)
{
    const struct frame *giver = NULL;
    const struct node *argument = frame_argument(render->frames, block->name, &giver);
    uint32_t at = (uint32_t)(block - render->template->nodes);
    if (argument)
        fill_block(render, block, argument, giver);
    else
        render_inside(render, block, at + 1, block->end);
}
