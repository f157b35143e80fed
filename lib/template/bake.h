/*
 * bake: a template rendered with what all pages share, as far as that goes, and finished for each page with
 * its own data; bake.c and baked.c; internal to this room.
 */
#ifndef GUICHET_TEMPLATE_BAKE_H
#define GUICHET_TEMPLATE_BAKE_H

#include "render.h"

struct baked_node {
    uint8_t kind;             /* TEXT, VALUE, RAW, SECTION, INVERTED */
    uint8_t flags;            /* of the node that it was made from */
    uint32_t end;             /* the first node after this one and all that it holds */
    uint32_t floor;           /* objects of the page's stack from this one up may have the name */
    const json_t *else_value; /* what the shared object says when none has; NULL: nothing */
    bool else_known;          /* it says something, if only that there is nothing */
    struct span text;         /* TEXT: itself */
    const struct segment *segments;
    uint32_t segment_count; /* none for "." */
};

struct template_baked {
    const struct template_set *set;
    char *name;
    json_t *shared;
    json_t *own; /* an owned reference */
    struct template_options options;
    const struct template_edit *edit;
    struct buf text;
    struct baked_node *nodes;
    uint32_t node_count, node_cap;
    bool baked; /* else each page is rendered as if nothing had been tried */
};

/*
 * A walk with the shared object and the keys of the page's own. In its stack the page's own object has its
 * keys but not its values, and the value of a section that waits is NULL.
 */
struct bake {
    struct template_baked *baked;
    uint32_t unknown; /* objects of the stack whose values are not known: the page's own, and those NULLs */
    size_t done;      /* how much of the text is in nodes */
};

/* Leave the node for later when what it shows depends on the page. False: it is constant. */
bool bake_defers(struct render *render, const struct node *node);

#endif
