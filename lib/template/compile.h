/*
 * compile: a template's source on its way to nodes, and what parse.c, element.c and compile.c do with it
 * between them; internal to this room.
 */
#ifndef GUICHET_TEMPLATE_COMPILE_H
#define GUICHET_TEMPLATE_COMPILE_H

#include "../buf.h"
#include "nodes.h"
#include "scan.h"

enum {
    SOURCE_MAX = 16 * 1024 * 1024, /* bytes of one template */
    OPEN_MAX = 64,                 /* elements open at once in one template */
    ERRORS_MAX = 100,              /* after so many in one template the rest is not read */
};

/* An element whose end is still to come. */
struct open {
    struct tag tag;
    uint32_t node;
    bool standalone;
    bool argument;         /* a block inside a parent */
    struct slice before;   /* the blanks before the tag, when there is nothing else on its line */
    struct slice inside;   /* the indentation of what it holds */
    size_t first;          /* where that begins in the source */
    struct slice stripped; /* what was taken off each line outside of it */
    uint32_t blanks;       /* parents: the node that holds the blanks before it; NO_NAME: none */
};

struct compiler {
    struct scanner scan;
    struct template_set *set;
    struct template *template;
    uint32_t node_cap, path_cap, segment_cap;
    struct buf text;
    size_t from;        /* where the source has not been made into nodes yet */
    struct slice strip; /* what is taken off the start of each line */
    struct open open[OPEN_MAX];
    size_t depth;
    size_t errors_before;
    struct node spare; /* written in place of a node that there is no memory for */
    bool no_memory, stopped;
};

/* --- compile.c --- */

/* A new node at the end; `tag` may be NULL. Never NULL: without memory it is `spare`, and we stop. */
struct node *compile_node(struct compiler *compiler, enum node_kind kind, const struct tag *tag);

/* The source from `from` to `to`, with what is stripped taken off its lines, added to the template's text. */
struct span compile_span(struct compiler *compiler, size_t from, size_t to);
struct span compile_slice(struct compiler *compiler, struct slice slice);

/* The path that a name spells; an error when it spells none. */
uint32_t compile_path(struct compiler *compiler, const struct tag *tag);

/* The name of a block; of a partial or a parent. */
uint32_t compile_name(struct compiler *compiler, struct slice name);
uint32_t compile_template_name(struct compiler *compiler, struct slice name);

struct place compile_place(const struct compiler *compiler, const struct tag *tag);

/* Report what is wrong with a tag. */
void compile_error(struct compiler *compiler, const struct tag *tag, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* --- parse.c --- */

void parse_all(struct compiler *compiler);

/* The text up to `to` becomes nodes. `tag_follows`: a tag that stays on its line begins there. */
void parse_text(struct compiler *compiler, size_t to, bool tag_follows);

/* The text before a tag becomes nodes; the line is taken away when the tag stands alone on it. */
bool parse_text_before(struct compiler *compiler, const struct tag *tag);

/* --- element.c --- */

void element_open(struct compiler *compiler, const struct tag *tag, enum node_kind kind);
void element_close(struct compiler *compiler, const struct tag *tag);

/* At the end of the source: report what is still open. */
void element_check_closed(struct compiler *compiler);

/* Are we in a parent, but in none of its blocks? What stands there is not shown. */
bool element_is_parent(const struct compiler *compiler);

#endif
