#include "compile.h"

#include "../utf8.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* Room for one item more. NULL: no memory, and the old items stay. */
static void *room_for(struct compiler *compiler, void *items, uint32_t count, uint32_t *cap, size_t size)
{
    if (count < *cap)
        return items;
    uint32_t more = *cap < 16 ? 16 : *cap * 2;
    void *bigger = reallocarray(items, more, size);
    if (bigger)
        *cap = more;
    else
        compiler->no_memory = compiler->stopped = true;
    return bigger;
}

struct node *compile_node(struct compiler *compiler, enum node_kind kind, const struct tag *tag)
{
    struct template *template = compiler->template;
    struct node *nodes =
        room_for(compiler, template->nodes, template->node_count, &compiler->node_cap, sizeof *nodes);
    if (!nodes)
        return &compiler->spare;
    template->nodes = nodes;
    struct node *node = &nodes[template->node_count++];
    *node = (struct node){.kind = (uint8_t)kind, .end = template->node_count, .name = NO_NAME};
    if (tag) {
        node->line = tag->line;
        node->col = tag->col;
    }
    return node;
}

/* How much of what is stripped from each line stands at `at`. */
static size_t strippable(const struct compiler *compiler, size_t at, size_t to)
{
    size_t len = 0;
    while (len < compiler->strip.len && at + len < to &&
           compiler->scan.source[at + len] == compiler->strip.at[len])
        len++;
    return len;
}

struct span compile_span(struct compiler *compiler, size_t from, size_t to)
{
    const char *source = compiler->scan.source;
    size_t before = compiler->text.len;
    if (line_starts(source, from))
        from += strippable(compiler, from, to);
    while (from < to) {
        const char *end = compiler->strip.len ? memchr(source + from, '\n', to - from) : NULL;
        size_t next = end ? (size_t)(end - source) + 1 : to;
        buf_add(&compiler->text, source + from, next - from);
        from = end ? next + strippable(compiler, next, to) : to;
    }
    return (struct span){(uint32_t)before, (uint32_t)(compiler->text.len - before)};
}

struct span compile_slice(struct compiler *compiler, struct slice slice)
{
    size_t from = slice.len ? (size_t)(slice.at - compiler->scan.source) : 0;
    return slice.len ? compile_span(compiler, from, from + slice.len) : (struct span){0, 0};
}

struct place compile_place(const struct compiler *compiler, const struct tag *tag)
{
    return (struct place){compiler->scan.file, tag->line, tag->col};
}

void compile_error(struct compiler *compiler, const struct tag *tag, const char *format, ...)
{
    char text[512];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    diag_error(compiler->scan.diag, compile_place(compiler, tag), "%s", text);
}

uint32_t compile_name(struct compiler *compiler, struct slice name)
{
    uint32_t number = set_name(compiler->set, name.at, name.len);
    if (number == NO_NAME)
        compiler->no_memory = compiler->stopped = true;
    return number;
}

uint32_t compile_template_name(struct compiler *compiler, struct slice name)
{
    uint32_t number = set_template_name(compiler->set, name.at, name.len);
    if (number == NO_NAME)
        compiler->no_memory = compiler->stopped = true;
    return number;
}

static bool add_segment(struct compiler *compiler, struct slice text)
{
    struct template *template = compiler->template;
    uint32_t name = compile_name(compiler, text);
    if (name == NO_NAME)
        return false;
    struct segment *segments = room_for(compiler, template->segments, template->segment_count,
                                        &compiler->segment_cap, sizeof *segments);
    if (!segments)
        return false;
    template->segments = segments;
    /* A name's text stays where it is as long as the set lives. */
    segments[template->segment_count++] =
        (struct segment){compiler->set->names[name].text, (uint32_t)text.len};
    return true;
}

static bool add_segments(struct compiler *compiler, const struct tag *tag)
{
    const char *at = tag->name.at, *end = at + tag->name.len;
    if (tag->name.len == 1 && *at == '.')
        return true;
    for (;;) {
        const char *dot = memchr(at, '.', (size_t)(end - at));
        struct slice part = {at, (size_t)((dot ? dot : end) - at)};
        if (part.len == 0) {
            compile_error(compiler, tag, "\"%.*s\" is no name: a part before or after a dot is missing",
                          (int)tag->name.len, tag->name.at);
            return true;
        }
        if (!add_segment(compiler, part))
            return false;
        if (!dot)
            return true;
        at = dot + 1;
    }
}

uint32_t compile_path(struct compiler *compiler, const struct tag *tag)
{
    struct template *template = compiler->template;
    uint32_t first = template->segment_count;
    uint32_t name = compile_name(compiler, tag->name);
    struct path *paths =
        room_for(compiler, template->paths, template->path_count, &compiler->path_cap, sizeof *paths);
    if (!paths)
        return NO_NAME;
    template->paths = paths;
    if (name == NO_NAME || !add_segments(compiler, tag))
        return NO_NAME;
    paths[template->path_count] =
        (struct path){compiler->set->names[name].text, first, template->segment_count - first};
    return template->path_count++;
}

void template_free(struct template *template)
{
    while (template) {
        struct template *under = template->under;
        free(template->file);
        free(template->text);
        free(template->nodes);
        free(template->paths);
        free(template->segments);
        free(template);
        template = under;
    }
}

static bool is_readable(struct diag *diag, const char *file, const char *source, size_t len)
{
    struct place place = {file, 0, 0};
    if (len > SOURCE_MAX) {
        diag_error(diag, place, "a template may have %d bytes, this one has %zu", SOURCE_MAX, len);
        return false;
    }
    size_t at = 0;
    while (at < len) {
        uint32_t code;
        size_t size = utf8_next(source + at, len - at, &code);
        if (code == UTF8_BAD) {
            struct scanner scanner;
            scan_begin(&scanner, file, source, len, diag);
            diag_error(diag, scan_place(&scanner, at), "this is not UTF-8; save the file in that encoding");
            return false;
        }
        at += size;
    }
    return true;
}

/* What the compiler has built goes into the template, unless anything was wrong. */
static bool finish(struct compiler *compiler, struct diag *diag)
{
    struct template *template = compiler->template;
    bool failed = compiler->no_memory || !buf_ok(&compiler->text) || !template->file;
    template->text = buf_take(&compiler->text, NULL);
    if (failed || !template->text)
        diag_error(diag, (struct place){compiler->scan.file, 0, 0}, "no memory left for this template");
    return diag_errors(diag) == compiler->errors_before;
}

struct template *template_compile(struct template_set *set, const char *file, const char *source, size_t len,
                                  struct diag *diag)
{
    if (!is_readable(diag, file, source, len))
        return NULL;
    if (len >= 3 && memcmp(source, "\xEF\xBB\xBF", 3) == 0) { /* a byte order mark belongs to no page */
        source += 3;
        len -= 3;
    }
    struct compiler *compiler = calloc(1, sizeof *compiler);
    struct template *template = calloc(1, sizeof *template);
    if (!compiler || !template) {
        diag_error(diag, (struct place){file, 0, 0}, "no memory left for this template");
        free(compiler);
        free(template);
        return NULL;
    }
    compiler->set = set;
    compiler->template = template;
    compiler->errors_before = diag_errors(diag);
    template->file = strdup(file);
    scan_begin(&compiler->scan, file, source, len, diag);
    buf_init(&compiler->text, UINT32_MAX / 2);
    parse_all(compiler);
    if (!finish(compiler, diag)) {
        template_free(template);
        template = NULL;
    }
    free(compiler);
    return template;
}
