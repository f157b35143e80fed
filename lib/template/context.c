/* Where the tags of HTML templates stand, and so how they escape: over partials, parents and blocks. */
#include "html.h"
#include "render.h"

#include <stdlib.h>
#include <string.h>

/* A template that leads back to itself is not followed for ever; what it begins in, it ends in. */
enum { WITHIN_ITSELF_MAX = 3, WALK_STEPS_MAX = 1 << 18 };

struct walk {
    struct template_set *set;
    struct diag *diag;
    struct html_spot spot;
    const struct template *template;
    const struct frame *frames;
    uint8_t *within; /* of each name: how often we are in its template now */
    bool *walked;    /* of each name: was it ever? */
    unsigned depth, steps;
    struct node *value; /* shown last */
    const struct template *value_in;
};

static void walk_nodes(struct walk *walk, uint32_t from, uint32_t to);

static struct node *node_of(const struct walk *walk, uint32_t at)
{
    return &walk->template->nodes[at];
}

static void report(const struct template *template, struct node *node, const struct walk *walk,
                   const char *what)
{
    static const char *const marks[] = {
        [NODE_VALUE] = "",    [NODE_RAW] = "{",    [NODE_SECTION] = "#", [NODE_INVERTED] = "^",
        [NODE_PARTIAL] = ">", [NODE_PARENT] = "<", [NODE_BLOCK] = "$"};
    bool is_path = node->kind < NODE_PARTIAL;
    const char *name = is_path ? template->paths[node->name].text : walk->set->names[node->name].text;
    if (!(node->flags & NODE_TOLD))
        diag_error(walk->diag, (struct place){template->file, node->line, node->col}, "{{%s%s%s}} %s",
                   marks[node->kind], name, node->kind == NODE_RAW ? "}" : "", what);
    node->flags |= NODE_TOLD;
}

/* May this tag stand here? */
static bool stands(const struct walk *walk, struct node *node)
{
    bool shows = node->kind == NODE_VALUE || node->kind == NODE_RAW;
    const char *wrong = html_refuses(&walk->spot, shows, node->kind == NODE_RAW);
    if (wrong)
        report(walk->template, node, walk, wrong);
    return !wrong;
}

/* A value of a partial that stands in several places must be escaped in one way. */
static void walk_value(struct walk *walk, struct node *node)
{
    bool url = walk->spot.state == HTML_VALUE && walk->spot.url != HTML_NO_URL;
    if (stands(walk, node)) {
        if ((node->flags & NODE_PLACED) && url != ((node->flags & NODE_URL) != 0))
            report(walk->template, node, walk,
                   "stands in an address here and in a text there; use two partials");
        node->flags |= NODE_PLACED | (url ? NODE_URL : 0);
        node->flags |= url && walk->spot.url > HTML_URL_LATER ? NODE_URL_START : 0;
    }
    html_shown(&walk->spot);
    walk->value = node;
    walk->value_in = walk->template;
}

static void walk_section(struct walk *walk, uint32_t at)
{
    struct node *node = node_of(walk, at);
    struct html_spot before = walk->spot;
    if (!stands(walk, node))
        return;
    walk_nodes(walk, at + 1, node->end);
    if (!html_join(&walk->spot, &before)) {
        report(walk->template, node, walk,
               "holds text that begins in one part of the HTML (an attribute, a tag) and ends in "
               "another; let it hold the whole");
        walk->spot = before;
    }
}

static void walk_template(struct walk *walk, uint32_t name, const struct frame *frames)
{
    const struct template *template = walk->set->names[name].template, *outer = walk->template;
    const struct frame *outer_frames = walk->frames;
    if (!template || walk->within[name] == WITHIN_ITSELF_MAX || walk->depth == PARTIAL_MAX)
        return;
    walk->walked[name] = true;
    walk->within[name]++;
    walk->depth++;
    walk->template = template;
    walk->frames = frames;
    walk_nodes(walk, 0, template->node_count);
    walk->template = outer;
    walk->frames = outer_frames;
    walk->depth--;
    walk->within[name]--;
}

static void walk_include(struct walk *walk, uint32_t at)
{
    struct node *node = node_of(walk, at);
    struct frame frame = {walk->frames, walk->template, at};
    if (stands(walk, node))
        walk_template(walk, node->name, node->end > at + 1 ? &frame : walk->frames);
}

static void walk_block(struct walk *walk, uint32_t at)
{
    struct node *node = node_of(walk, at);
    const struct frame *giver = NULL, *outer_frames = walk->frames;
    const struct template *outer = walk->template;
    if (!stands(walk, node))
        return;
    const struct node *argument = frame_argument(walk->frames, node->name, &giver);
    if (!argument) {
        walk_nodes(walk, at + 1, node->end);
        return;
    }
    walk->template = giver->owner;
    walk->frames = giver->outer;
    walk_nodes(walk, (uint32_t)(argument - giver->owner->nodes) + 1, argument->end);
    walk->template = outer;
    walk->frames = outer_frames;
}

static void walk_text(struct walk *walk, const struct node *node)
{
    html_read(&walk->spot, walk->template->text + node->text.at, node->text.len);
    if (walk->spot.scheme_cut)
        report(walk->value_in, walk->value, walk,
               "stands before the \":\" of an address; write its scheme out, as https:");
    walk->spot.scheme_cut = false;
}

static void walk_nodes(struct walk *walk, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to && ++walk->steps < WALK_STEPS_MAX; i = node_of(walk, i)->end) {
        struct node *node = node_of(walk, i);
        switch (node->kind) {
        case NODE_TEXT:
            walk_text(walk, node);
            break;
        case NODE_VALUE:
        case NODE_RAW:
            walk_value(walk, node);
            break;
        case NODE_SECTION:
        case NODE_INVERTED:
            walk_section(walk, i);
            break;
        case NODE_BLOCK:
            walk_block(walk, i);
            break;
        default:
            walk_include(walk, i);
        }
    }
}

static bool is_html(const struct template *template)
{
    const char *dot = template ? strrchr(template->file, '.') : NULL;
    return template && !(dot && strcmp(dot, ".txt") == 0);
}

/* Which templates does another one lead to? */
static void mark_led(const struct template_set *set, bool *led)
{
    for (uint32_t i = 0; i < set->name_count; i++) {
        const struct template *template = set->names[i].template;
        for (uint32_t n = 0; template && n < template->node_count; n++) {
            const struct node *node = &template->nodes[n];
            if (node->kind == NODE_PARTIAL || node->kind == NODE_PARENT)
                led[node->name] = true;
        }
    }
}

static void walk_from(struct walk *walk, const bool *led)
{
    for (uint32_t i = 0; i < walk->set->name_count; i++) {
        if (!is_html(walk->set->names[i].template) || (led ? led[i] : walk->walked[i]))
            continue;
        walk->spot = (struct html_spot){.state = HTML_TEXT};
        walk->steps = 0;
        walk_template(walk, i, NULL);
    }
}

bool template_set_check_html(struct template_set *set, struct diag *diag)
{
    size_t before = diag_errors(diag), count = set->name_count + 1;
    bool *led = calloc(count, sizeof *led);
    struct walk walk = {
        .set = set, .diag = diag, .within = calloc(count, 1), .walked = calloc(count, sizeof(bool))};
    if (led && walk.within && walk.walked) {
        mark_led(set, led);
        walk_from(&walk, led);
        walk_from(&walk, NULL); /* those that only lead to each other */
    } else {
        diag_error(diag, (struct place){0}, "no memory left to look at templates");
    }
    free(led);
    free(walk.within);
    free(walk.walked);
    return diag_errors(diag) == before;
}
