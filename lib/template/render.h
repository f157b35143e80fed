/*
 * render: nodes and data on their way to text, and what render.c, include.c, lookup.c and value.c do with
 * them between them; internal to this room.
 */
#ifndef GUICHET_TEMPLATE_RENDER_H
#define GUICHET_TEMPLATE_RENDER_H

#include "../buf.h"
#include "nodes.h"

enum {
    NESTING_MAX = 256,      /* elements within each other while rendering, over all templates */
    STACK_MAX = 320,        /* objects of data: the caller's and one for each section */
    STEPS_MAX = 1 << 22,    /* nodes rendered for one page */
    MARGIN_MAX = 64 * 1024, /* bytes of indentation */
    REPORTS_MAX = 32,       /* unknown names told of for one page */
};

/* --- render.c, include.c --- */

/* Arguments that a parent was given, and what surrounds them. The outermost that fits fills a block. */
struct frame {
    const struct frame *outer; /* also what holds inside these arguments: they belong to who wrote them */
    const struct template *owner;
    uint32_t parent; /* the node whose blocks are the arguments */
};

struct render {
    const struct template_set *set;
    const struct template_options *options;
    struct buf *out;
    struct diag *diag;               /* NULL while baking: whatever is wrong only ends it */
    struct bake *bake;               /* NULL: all data is there */
    const struct template *template; /* whose nodes are walked */
    const struct frame *frames;
    struct buf margin;  /* all indentations in force, outer ones first */
    size_t margin_from; /* where the ones that hold here begin */
    bool skip_margin;   /* the line is begun already: the next start of a line needs no margin */
    const json_t *stack[STACK_MAX];
    size_t depth;
    unsigned partials, nesting;
    unsigned long steps;
    const struct node *reported[REPORTS_MAX];
    size_t report_count;
    bool failed, stopped;
};

void render_nodes(struct render *render, uint32_t from, uint32_t to);

/* The same one level deeper; an error when that is too deep. */
void render_inside(struct render *render, const struct node *node, uint32_t from, uint32_t to);

/* What a section holds, once, with `value` on top of the stack. */
void render_with(struct render *render, const struct node *node, const json_t *value);

/* The whole of render->template. False: something was wrong. */
bool render_all(struct render *render);

/* The margin, where a line starts. */
void render_margin(struct render *render);

static inline bool render_has_margin(const struct render *render)
{
    return render->margin.len > render->margin_from;
}

struct place render_place(const struct render *render, const struct node *node);

/* Report an error that ends the rendering. */
void render_stop(struct render *render, const struct node *node, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The outermost argument of this name, and who gives it. NULL: none. */
const struct node *frame_argument(const struct frame *frames, uint32_t name, const struct frame **giver);

void include_template(struct render *render, const struct node *node);
void include_block(struct render *render, const struct node *block);

/* --- lookup.c --- */

/* The value that a node names. NULL: nothing; in strict rendering an unknown name has been reported. */
const json_t *lookup(struct render *render, const struct node *node);

/* Report, once for each node, what is wrong with a name; rendering goes on. */
void lookup_report(struct render *render, const struct node *node, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* --- value.c --- */

bool value_is_true(const json_t *value);

enum shown { SHOWN, SHOWN_NOT, SHOWN_UNSAFE };

/*
 * Write what a VALUE or RAW node shows, escaped for the place where it stands. SHOWN_NOT: nothing, since it
 * is a list or an object. SHOWN_UNSAFE: nothing, since it is no address that a page may lead to.
 */
enum shown value_show(struct buf *out, uint8_t kind, uint8_t flags, const json_t *value,
                      const struct template_options *options);

/* "a string", "an object", ... */
const char *value_kind(const json_t *value);

#endif
