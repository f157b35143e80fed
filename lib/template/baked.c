#include "bake.h"

#include <string.h>

/*
 * A page from what was baked. It knows nothing of places and messages: when anything is wrong, what was
 * written is taken back, and the page is rendered in the ordinary way, which tells what it is.
 */
struct filling {
    const struct template_baked *baked;
    struct template_options options;
    struct buf *out;
    const json_t *stack[STACK_MAX]; /* the page's own object, and one for each section that waited */
    size_t depth;
    unsigned long steps;
    bool failed;
};

/* The rest of a path; what lies below null and false is absent. */
static const json_t *below(struct filling *filling, const struct baked_node *node, const json_t *value)
{
    for (uint32_t i = 1; i < node->segment_count; i++) {
        const json_t *inner = json_object_getn(value, node->segments[i].text, node->segments[i].len);
        if (!inner) {
            filling->failed |= filling->options.strict && !json_is_null(value) && !json_is_false(value);
            return NULL;
        }
        value = inner;
    }
    return value;
}

static const json_t *find(struct filling *filling, const struct baked_node *node)
{
    if (node->segment_count == 0)
        return filling->stack[filling->depth - 1];
    for (size_t i = filling->depth; i > node->floor; i--) {
        const json_t *value =
            json_object_getn(filling->stack[i - 1], node->segments->text, node->segments->len);
        if (value)
            return node->segment_count > 1 ? below(filling, node, value) : value;
    }
    filling->failed |= filling->options.strict && !node->else_known;
    return node->else_value;
}

static void fill_nodes(struct filling *filling, const struct baked_node *node, const struct baked_node *end);

static void fill_with(struct filling *filling, const struct baked_node *node, const json_t *value)
{
    filling->stack[filling->depth++] =
        value; /* never too many: the walk that baked would have been refused */
    fill_nodes(filling, node + 1, filling->baked->nodes + node->end);
    filling->depth--;
}

static void fill_section(struct filling *filling, const struct baked_node *node)
{
    const json_t *value = find(filling, node);
    bool shown = value_is_true(value);
    if (node->kind == NODE_INVERTED) {
        if (!shown)
            fill_nodes(filling, node + 1, filling->baked->nodes + node->end);
    } else if (json_is_array(value)) {
        for (size_t i = 0; i < json_array_size(value) && !filling->failed; i++)
            fill_with(filling, node, json_array_get(value, i));
    } else if (shown) {
        fill_with(filling, node, value);
    }
}

static void fill_nodes(struct filling *filling, const struct baked_node *node, const struct baked_node *end)
{
    for (; node < end && !filling->failed; node = filling->baked->nodes + node->end) {
        if (++filling->steps > STEPS_MAX || !buf_ok(filling->out))
            filling->failed = true;
        else if (node->kind == NODE_TEXT)
            buf_add(filling->out, filling->baked->text.data + node->text.at, node->text.len);
        else if (node->kind == NODE_SECTION || node->kind == NODE_INVERTED)
            fill_section(filling, node);
        else if (value_show(filling->out, node->kind, node->flags, find(filling, node), &filling->options))
            filling->failed |= filling->options.strict;
    }
}

/* Does the page's object have the keys that were counted on, and no other? */
static bool has_its_keys(const struct template_baked *baked, const json_t *own)
{
    const char *key;
    json_t *value;
    if (json_object_size(own) != json_object_size(baked->own))
        return false;
    json_object_foreach(baked->own, key, value)
    {
        if (!json_object_get(own, key))
            return false;
    }
    return true;
}

static bool fill(const struct template_baked *baked, const json_t *own, const struct template_paste *paste,
                 struct buf *out)
{
    struct filling filling = {.baked = baked, .options = baked->options, .out = out, .depth = 1};
    filling.options.paste = paste;
    filling.stack[0] = own;
    if (baked->node_count > 0) /* else the page is empty */
        fill_nodes(&filling, baked->nodes, baked->nodes + baked->node_count);
    return !filling.failed && buf_ok(out);
}

static bool render_plainly(const struct template_baked *baked, json_t *own,
                           const struct template_paste *paste, struct buf *out, struct diag *diag)
{
    json_t *const data[] = {baked->shared, own};
    struct template_options options = baked->options;
    options.paste = paste;
    if (!baked->edit)
        return template_render(baked->set, baked->name, data, 2, &options, out, diag);
    struct buf page;
    buf_init(&page, out->ceiling - out->len);
    bool good = template_render(baked->set, baked->name, data, 2, &options, &page, diag);
    if (good)
        baked->edit->edit(baked->edit->context, page.data, page.len, out);
    if (good && !buf_ok(out)) {
        diag_error(diag, (struct place){0}, "this page grows over %zu bytes", out->ceiling);
        good = false;
    }
    buf_release(&page);
    return good;
}

bool template_render_baked(const struct template_baked *baked, json_t *own,
                           const struct template_paste *paste, struct buf *out, struct diag *diag)
{
    size_t before = out->len;
    if (baked->baked && has_its_keys(baked, own)) {
        if (fill(baked, own, paste, out))
            return true;
        out->failed = false;
        buf_cut(out, before);
    }
    return render_plainly(baked, own, paste, out, diag);
}
