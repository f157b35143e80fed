/*
 * nodes: a template as the rooms of the engine share it, and the set of all templates; nobody outside
 * lib/template includes this or what includes it.
 *
 *   scan.c     finds the tags of a text, with their places, and minds the delimiters
 *   lines.c    which tags stand alone on a line, and how far lines are indented
 *   parse.c    turns tags and text into nodes
 *   element.c  what has an end: sections, parents, blocks; and how they close
 *   compile.c  grows a template: nodes, text, paths
 *   set.c      templates by name
 *   check.c    do all names lead somewhere?
 *   html.c     where in a page's HTML a text leads
 *   context.c  where in a page's HTML tags stand
 *   lookup.c   names to values, by the stack of data; "did you mean"
 *   value.c    values to text
 *   render.c   walks nodes: text, values, sections
 *   include.c  walks from one template into another: partials, parents, blocks
 *   bake.c     walks with half of the data: what follows from it becomes text, the rest waits
 *   baked.c    what waited, rendered with the other half
 *
 * What reads sources (lines.h, scan.h, compile.h) and what shows nodes (render.h, bake.h) know nothing of
 * each other: between them are the nodes.
 *
 * A template is an array of nodes in the order of its text. An element (a section, a parent, a block) is
 * followed by what it holds; `end` leads past it. A parent holds blocks only, its arguments.
 *
 * Indentation. A partial, a parent or a block that stands alone on its line indents every line that it
 * brings. While rendering, that is the margin; while parsing, text nodes learn where their lines begin. What
 * an argument holds is freed of its own indentation by the parser, since it takes on that of the place where
 * it is shown.
 */
#ifndef GUICHET_TEMPLATE_NODES_H
#define GUICHET_TEMPLATE_NODES_H

#include "../arena.h"
#include "../diag.h"
#include "../template.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PARTIAL_MAX = 64 }; /* partials and parents within each other */

#define NO_NAME UINT32_MAX

/* A piece of template->text. */
struct span {
    uint32_t at, len;
};

enum node_kind {
    NODE_TEXT,
    NODE_VALUE, /* {{x}} */
    NODE_RAW,   /* {{{x}}}, {{&x}} */
    NODE_SECTION,
    NODE_INVERTED,
    NODE_PARTIAL,
    NODE_PARENT,
    NODE_BLOCK, /* in a parent: an argument; elsewhere: a place that an argument can fill */
};

enum {
    NODE_AT_LINE_START = 1, /* TEXT: the margin comes before it; may be of no length */
    NODE_LINES = 2,         /* TEXT: holds line ends, so the margin may come inside it */
    NODE_STANDALONE = 4,    /* PARTIAL, PARENT, BLOCK: alone on its line, which is gone */
    NODE_FRESH = 8,         /* an argument: what it holds begins on a line of its own */
    NODE_URL = 16,          /* VALUE: stands in an address */
    NODE_URL_START = 32,    /* the same, and may decide its scheme */
    NODE_PLACED = 64,       /* VALUE: it is known where it stands */
    NODE_TOLD = 128,        /* what is wrong with its place has been reported */
};

struct node {
    uint8_t kind;
    uint8_t flags;
    uint32_t end;     /* the first node after this one and all that it holds */
    uint32_t name;    /* VALUE, RAW, SECTION, INVERTED: a path; PARTIAL, PARENT, BLOCK: a name of the set */
    struct span text; /* TEXT: itself; PARTIAL, PARENT, BLOCK: the indentation */
    uint32_t line, col;
};

/* "a.b.c": `count` segments; none for ".". */
struct path {
    const char *text;
    uint32_t first, count;
};

struct segment {
    const char *text;
    uint32_t len;
};

struct template
{
    char *file;
    char *text;
    struct node *nodes;
    struct path *paths;
    struct segment *segments;
    uint32_t node_count, path_count, segment_count;
    uint32_t layer;
    bool odd;               /* something is wrong with it that has been told */
    struct template *under; /* owned; of the same name, from an earlier layer */
};

struct name {
    const char *text;
    size_t len;
    struct template *template; /* NULL: only spoken of */
    bool refused;              /* one of that name did not compile: it is not missing */
    bool alias;                /* "parent:name" in one layer; the template belongs to another name */
};

struct template_set {
    struct arena *arena; /* the texts of names; they outlive templates, since others may hold them */
    struct name *names;
    uint32_t name_count, name_cap;
    uint32_t *slots; /* name + 1 by hash; 0: free */
    uint32_t slot_count;
    uint32_t layer;
};

/* --- set.c --- */

/* The number of this name, which is made when it is new. NO_NAME: no memory. */
uint32_t set_name(struct template_set *set, const char *text, size_t len);

/* The number of a template's name as the templates of this layer write it: "parent:name" is another in each.
 */
uint32_t set_template_name(struct template_set *set, const char *text, size_t len);

/* The template of this name. NULL: none. */
const struct template *set_find(const struct template_set *set, const char *text, size_t len);

/* --- check.c --- */

/* The name of a template that is close to this one. NULL: none. */
const char *set_nearest(const struct template_set *set, const char *text);

/* --- compile.c --- */

/* NULL: errors are in `diag`. */
struct template *template_compile(struct template_set *set, const char *file, const char *source, size_t len,
                                  struct diag *diag);
void template_free(struct template *template);

#endif
