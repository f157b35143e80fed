#include "bake.h"

#include <stdlib.h>
#include <string.h>

/* More is not worth its memory: it is one page with all articles on it, or something that never ends. */
enum { TEXT_CEILING = 16 * 1024 * 1024, BAKE_STEPS_MAX = 1 << 18, OWN_LEVEL = 1 };

/* Where a name leads, as far as can be told without the page. */
struct binding {
    bool waits;           /* an object of the page may have it */
    bool known;           /* the shared object has it, when none of those does */
    uint32_t floor;       /* those are the ones from here up */
    const json_t *shared; /* its value there; NULL: nothing */
};

/* Baking ends, and every page is rendered in the ordinary way. */
static void give_up(struct render *render)
{
    render->failed = render->stopped = true;
}

/* The rest of a path whose first name is found. False: it leads to something that has no such name. */
static bool follow(const struct segment *segments, uint32_t count, const json_t **value)
{
    for (uint32_t i = 1; i < count; i++) {
        const json_t *inner = json_object_getn(*value, segments[i].text, segments[i].len);
        bool absent = json_is_null(*value) || json_is_false(*value);
        *value = inner;
        if (!inner)
            return absent;
    }
    return true;
}

/* The last object is what "." means. */
static struct binding bind_dot(const struct render *render)
{
    const json_t *top = render->stack[render->depth - 1];
    bool waits = !top || render->depth == OWN_LEVEL + 1;
    return (struct binding){
        .waits = waits, .known = !waits, .floor = render->bake->unknown - 1, .shared = top};
}

static struct binding bind_name(const struct render *render, const struct path *path)
{
    const struct segment *segments = render->template->segments + path->first;
    struct binding binding = {.floor = render->bake->unknown};
    for (size_t i = render->depth; i-- > 0;) {
        if (!render->stack[i]) {
            binding.waits = true;
            binding.floor--;
            continue;
        }
        const json_t *value = json_object_getn(render->stack[i], segments->text, segments->len);
        if (value && i == OWN_LEVEL)
            return (struct binding){.waits = true};
        if (value) {
            binding.known = follow(segments, path->count, &value) || !render->options->strict;
            binding.shared = value;
            return binding;
        }
    }
    return binding;
}

/* The text since the last node becomes one; without memory baking ends. */
static struct baked_node *add_node(struct render *render)
{
    struct template_baked *baked = render->bake->baked;
    if (baked->node_count == baked->node_cap) {
        uint32_t cap = baked->node_cap ? baked->node_cap * 2 : 32;
        struct baked_node *nodes = reallocarray(baked->nodes, cap, sizeof *nodes);
        if (!nodes) {
            give_up(render);
            return NULL;
        }
        baked->nodes = nodes;
        baked->node_cap = cap;
    }
    struct baked_node *node = &baked->nodes[baked->node_count++];
    *node = (struct baked_node){.kind = NODE_TEXT, .end = baked->node_count};
    return node;
}

static void end_text(struct render *render)
{
    struct bake *bake = render->bake;
    size_t len = bake->baked->text.len;
    struct baked_node *node = len > bake->done ? add_node(render) : NULL;
    if (node)
        node->text = (struct span){(uint32_t)bake->done, (uint32_t)(len - bake->done)};
    bake->done = len;
}

/* What a section holds is baked once, for whatever value it will have. */
static void bake_inside(struct render *render, const struct node *node)
{
    uint32_t at = (uint32_t)(node - render->template->nodes);
    if (node->kind == NODE_INVERTED) {
        render_inside(render, node, at + 1, node->end);
        return;
    }
    render->bake->unknown++;
    render_with(render, node, NULL);
    render->bake->unknown--;
}

static void defer(struct render *render, const struct node *node, const struct binding *binding)
{
    struct template_baked *baked = render->bake->baked;
    const struct path *path = &render->template->paths[node->name];
    end_text(render);
    struct baked_node *waiting = add_node(render);
    if (!waiting)
        return;
    uint32_t at = baked->node_count - 1;
    *waiting = (struct baked_node){.kind = node->kind,
                                   .flags = node->flags,
                                   .end = baked->node_count,
                                   .floor = binding->floor,
                                   .else_value = binding->shared,
                                   .else_known = binding->known,
                                   .segments = path->count ? render->template->segments + path->first : NULL,
                                   .segment_count = path->count};
    if (node->kind != NODE_SECTION && node->kind != NODE_INVERTED)
        return;
    /* Whether the line's start is behind it would hang on the page. */
    if (render->skip_margin)
        give_up(render);
    bake_inside(render, node);
    end_text(render);
    baked->nodes[at].end = baked->node_count;
}

bool bake_defers(struct render *render, const struct node *node)
{
    if (node->kind != NODE_VALUE && node->kind != NODE_RAW && node->kind != NODE_SECTION &&
        node->kind != NODE_INVERTED)
        return false;
    if (render->steps > BAKE_STEPS_MAX) {
        give_up(render);
        return true;
    }
    const struct path *path = &render->template->paths[node->name];
    struct binding binding = path->count == 0 ? bind_dot(render) : bind_name(render, path);
    if (!binding.waits)
        return false;
    defer(render, node, &binding);
    return true;
}

/* The texts, one after the other, as somebody wants them to be. */
static bool edit_texts(struct template_baked *baked)
{
    struct buf edited;
    buf_init(&edited, TEXT_CEILING);
    for (uint32_t i = 0; i < baked->node_count; i++) {
        struct span *span = &baked->nodes[i].text;
        if (baked->nodes[i].kind != NODE_TEXT)
            continue;
        size_t at = edited.len;
        baked->edit->edit(baked->edit->context, baked->text.data + span->at, span->len, &edited);
        *span = (struct span){(uint32_t)at, (uint32_t)(edited.len - at)};
    }
    buf_release(&baked->text);
    baked->text = edited;
    return buf_ok(&edited);
}

static bool bake(struct template_baked *baked)
{
    struct bake bake = {.baked = baked, .unknown = 1};
    struct render render = {.set = baked->set,
                            .options = &baked->options,
                            .out = &baked->text,
                            .bake = &bake,
                            .template = set_find(baked->set, baked->name, strlen(baked->name)),
                            .stack = {baked->shared, baked->own},
                            .depth = 2};
    if (!render.template || !json_is_object(baked->own) || !render_all(&render))
        return false;
    end_text(&render);
    return !render.failed && (!baked->edit || edit_texts(baked));
}

struct template_baked *template_bake(const struct template_set *set, const char *name, json_t *shared,
                                     json_t *own, const struct template_options *options,
                                     const struct template_edit *edit)
{
    struct template_baked *baked = calloc(1, sizeof *baked);
    if (!baked)
        return NULL;
    *baked = (struct template_baked){.set = set,
                                     .name = strdup(name),
                                     .shared = shared,
                                     .own = json_incref(own),
                                     .options = *options,
                                     .edit = edit};
    buf_init(&baked->text, TEXT_CEILING);
    if (!baked->name) {
        template_baked_free(baked);
        return NULL;
    }
    baked->options.paste = NULL;
    baked->baked = bake(baked);
    return baked;
}

void template_baked_free(struct template_baked *baked)
{
    if (!baked)
        return;
    json_decref(baked->own);
    buf_release(&baked->text);
    free(baked->nodes);
    free(baked->name);
    free(baked);
}
