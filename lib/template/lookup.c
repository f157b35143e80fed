#include "render.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { NAMES_LISTED = 12 };

struct place render_place(const struct render *render, const struct node *node)
{
    return (struct place){render->template->file, node->line, node->col};
}

void lookup_report(struct render *render, const struct node *node, const char *format, ...)
{
    render->failed = true;
    if (!render->diag) {
        render->stopped = true;
        return;
    }
    for (size_t i = 0; i < render->report_count; i++)
        if (render->reported[i] == node)
            return;
    if (render->report_count == REPORTS_MAX) {
        render->stopped = true;
        return;
    }
    render->reported[render->report_count++] = node;

    char text[512];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    diag_error(render->diag, render_place(render, node), "%s", text);
}

static size_t keys_of(const json_t *object, const char **keys)
{
    size_t count = 0;
    for (void *at = json_object_iter((json_t *)object); at; at = json_object_iter_next((json_t *)object, at))
        keys[count++] = json_object_iter_key(at);
    return count;
}

/* The key closest to `word` among `count` objects. */
static const char *nearest_key(const char *word, const json_t *const *objects, size_t count)
{
    size_t total = 0, used = 0;
    for (size_t i = 0; i < count; i++)
        total += json_object_size(objects[i]);
    const char **keys = calloc(total + 1, sizeof *keys);
    for (size_t i = count; keys && i > 0; i--)
        used += keys_of(objects[i - 1], keys + used);
    const char *near = keys ? diag_nearest(word, keys) : NULL;
    free(keys);
    return near;
}

/* `; "t.list" has "empty", "title" and 3 more`: what there is, where nothing is near. */
static void list_names(char *out, size_t size, int len, const char *text, const json_t *object)
{
    size_t total = json_object_size(object), listed = 0, at;
    const char **keys = total > 0 ? calloc(total, sizeof *keys) : NULL;
    out[0] = '\0';
    if (!keys)
        return;
    keys_of(object, keys);
    at = (size_t)snprintf(out, size, "; \"%.*s\" has", len, text);
    for (; listed < total && listed < NAMES_LISTED && at < size; listed++)
        at += (size_t)snprintf(out + at, size - at, "%s \"%s\"", listed > 0 ? "," : "", keys[listed]);
    if (listed < total && at < size)
        snprintf(out + at, size - at, " and %zu more", total - listed);
    free(keys);
}

/* The part `missing` of the path is in none of the objects. */
static void report_unknown(struct render *render, const struct node *node, uint32_t missing,
                           const json_t *const *objects, size_t count)
{
    const struct path *path = &render->template->paths[node->name];
    const struct segment *segments = render->template->segments + path->first;
    size_t prefix = 0;
    for (uint32_t i = 0; i < missing; i++)
        prefix += segments[i].len + 1;
    const char *rest = path->text + prefix + segments[missing].len;
    const char *near = nearest_key(segments[missing].text, objects, count);
    char names[400] = "";
    if (!near && missing > 0)
        list_names(names, sizeof names, (int)prefix - 1, path->text, objects[0]);
    if (near)
        lookup_report(render, node, "unknown name \"%s\"; did you mean \"%.*s%s%s\"?", path->text,
                      (int)prefix, path->text, near, rest);
    else
        lookup_report(render, node, "unknown name \"%s\"%s", path->text, names);
}

static const json_t *lookup_first(const struct render *render, const struct segment *segment)
{
    for (size_t i = render->depth; i > 0; i--) {
        const json_t *value = json_object_getn(render->stack[i - 1], segment->text, segment->len);
        if (value)
            return value;
    }
    return NULL;
}

/* What lies below a text, a number or a list has no name; below null and false everything is absent. */
static const json_t *lookup_below(struct render *render, const struct node *node, const json_t *value)
{
    const struct path *path = &render->template->paths[node->name];
    const struct segment *segments = render->template->segments + path->first;
    for (uint32_t i = 1; i < path->count; i++) {
        const json_t *inner = json_object_getn(value, segments[i].text, segments[i].len);
        if (!inner) {
            if (render->options->strict && !json_is_null(value) && !json_is_false(value))
                report_unknown(render, node, i, &value, 1);
            return NULL;
        }
        value = inner;
    }
    return value;
}

const json_t *lookup(struct render *render, const struct node *node)
{
    const struct path *path = &render->template->paths[node->name];
    if (path->count == 0)
        return render->depth > 0 ? render->stack[render->depth - 1] : NULL;
    const json_t *value = lookup_first(render, &render->template->segments[path->first]);
    if (value)
        return path->count > 1 ? lookup_below(render, node, value) : value;
    if (render->options->strict)
        report_unknown(render, node, 0, render->stack, render->depth);
    return NULL;
}
