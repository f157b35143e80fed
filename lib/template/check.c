#include "nodes.h"

#include <stdlib.h>
#include <string.h>

enum { BLOCKS_MAX = 1500 };

/* The names but `text` for which `wanted` holds, ended by NULL, to be freed by the caller. NULL: no memory.
 */
static const char **names_where(const struct template_set *set, const bool *wanted, const char *text)
{
    const char **names = calloc((size_t)set->name_count + 1, sizeof *names);
    size_t count = 0;
    for (uint32_t i = 0; names && i < set->name_count; i++)
        if ((wanted ? wanted[i] : set->names[i].template != NULL) && strcmp(set->names[i].text, text) != 0)
            names[count++] = set->names[i].text;
    return names;
}

static const char *nearest(const struct template_set *set, const bool *wanted, const char *text)
{
    const char **names = names_where(set, wanted, text);
    const char *near = names ? diag_nearest(text, names) : NULL;
    free(names);
    return near;
}

const char *set_nearest(const struct template_set *set, const char *text)
{
    return nearest(set, NULL, text);
}

static struct place place_of(const struct template *template, const struct node *node)
{
    return (struct place){template->file, node->line, node->col};
}

static bool leads_on(const struct node *node)
{
    return node->kind == NODE_PARTIAL || node->kind == NODE_PARENT;
}

static void report_missing(const struct template_set *set, const struct template *template,
                           const struct node *node, struct diag *diag)
{
    const char *name = set->names[node->name].text;
    const char *near = set_nearest(set, name);
    diag_error(diag, place_of(template, node), "there is no template \"%s\"%s%s%s", name,
               near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "");
}

/*
 * Mark the blocks that a template offers, and what it leads on to offers, too: arguments reach through.
 * `seen` holds the templates that were walked already. `blocks` may be NULL. False: some of what it leads on
 * to is not there.
 */
static bool mark_blocks(const struct template_set *set, uint32_t start, bool *seen, bool *blocks,
                        uint32_t *queue)
{
    bool all = true;
    uint32_t count = 0;
    queue[count++] = start;
    seen[start] = true;
    while (count > 0) {
        const struct template *template = set->names[queue[--count]].template;
        all = all && template;
        for (uint32_t i = 0; template && i < template->node_count; i++) {
            const struct node *node = &template->nodes[i];
            if (node->kind == NODE_BLOCK && blocks)
                blocks[node->name] = true;
            if (leads_on(node) && !seen[node->name]) {
                seen[node->name] = true;
                queue[count++] = node->name;
            }
        }
    }
    return all;
}

/* "did you mean", and all that there are. */
static void report_block(const struct template_set *set, const struct template *template,
                         const struct node *parent, const struct node *block, const bool *blocks,
                         struct diag *diag)
{
    const char *name = set->names[block->name].text, *near = nearest(set, blocks, name);
    struct buf list;
    buf_init(&list, BLOCKS_MAX);
    for (uint32_t i = 0; i < set->name_count; i++)
        if (blocks[i])
            buf_addf(&list, "%s\"%s\"", list.len > 0 ? ", " : "", set->names[i].text);
    diag_error(diag, place_of(template, block), "\"%s\" has no block \"%s\"%s%s%s%s",
               set->names[parent->name].text, name, near ? "; did you mean \"" : "", near ? near : "",
               near           ? "\"? Its blocks: "
               : list.len > 0 ? "; its blocks: "
                              : "; it has none",
               list.len > 0 && buf_ok(&list) ? list.data : "");
    buf_release(&list);
}

/* What stands in an argument that fills nothing would be lost. */
static void check_arguments(const struct template_set *set, struct template *template,
                            const struct node *parent, struct diag *diag)
{
    bool *marks = calloc((size_t)set->name_count * 2, sizeof *marks);
    uint32_t *queue = calloc(set->name_count, sizeof *queue);
    if (marks && queue) {
        bool *blocks = marks + set->name_count;
        bool known = mark_blocks(set, parent->name, marks, blocks, queue);
        const struct node *end = template->nodes + parent->end;
        for (const struct node *block = parent + 1; block < end; block = template->nodes + block->end) {
            if (blocks[block->name])
                continue;
            template->odd = true;
            if (known) /* else it may be a block of what is not there */
                report_block(set, template, parent, block, blocks, diag);
        }
    }
    free(marks);
    free(queue);
}

static bool was_refused(const struct template_set *set, uint32_t name)
{
    static const char parent[] = "parent:";
    const char *text = set->names[name].text;
    size_t skip = strncmp(text, parent, strlen(parent)) == 0 ? strlen(parent) : 0;
    for (uint32_t i = 0; i < set->name_count; i++) {
        if (set->names[i].refused && strcmp(set->names[i].text, text + skip) == 0)
            return true;
    }
    return false;
}

static void check_template(const struct template_set *set, struct template *template, struct diag *diag)
{
    for (uint32_t n = 0; n < template->node_count; n++) {
        const struct node *node = &template->nodes[n];
        if (leads_on(node) && !set->names[node->name].template) {
            template->odd = true;
            if (!was_refused(set, node->name))
                report_missing(set, template, node, diag);
        }
        if (node->kind == NODE_PARENT && node->end > n + 1)
            check_arguments(set, template, node, diag);
    }
}

bool template_set_check(struct template_set *set, struct diag *diag)
{
    size_t before = diag_errors(diag);
    for (uint32_t i = 0; i < set->name_count; i++) {
        struct template *template = set->names[i].alias ? NULL : set->names[i].template;
        for (; template; template = template->under)
            check_template(set, template, diag);
    }
    return diag_errors(diag) == before;
}

void template_set_doubt(struct template_set *set, const char *name)
{
    uint32_t number = set_name(set, name, strlen(name));
    if (number != NO_NAME && set->names[number].template)
        set->names[number].template->odd = true;
}

static bool is_odd(const struct template *template)
{
    bool odd = template->odd;
    for (uint32_t n = 0; n < template->node_count; n++)
        odd = odd || (template->nodes[n].flags & NODE_TOLD);
    return odd;
}

static bool is_sound(const struct template_set *set, uint32_t name, bool *seen, uint32_t *queue)
{
    bool sound = !set->names[name].refused && mark_blocks(set, name, seen, NULL, queue);
    for (uint32_t i = 0; sound && i < set->name_count; i++)
        sound = !seen[i] || !is_odd(set->names[i].template);
    return sound;
}

bool template_set_is_sound(const struct template_set *set, const char *name)
{
    bool *seen = calloc((size_t)set->name_count + 1, sizeof *seen), sound = false;
    uint32_t *queue = calloc((size_t)set->name_count + 1, sizeof *queue);
    for (uint32_t i = 0; seen && queue && i < set->name_count; i++) {
        if (set->names[i].len == strlen(name) && strcmp(set->names[i].text, name) == 0)
            sound = is_sound(set, i, seen, queue);
    }
    free(seen);
    free(queue);
    return sound;
}
