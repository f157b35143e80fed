/*
 * bakery: every template baked once for each language that has pages of it; internal to this room.
 */
#ifndef GUICHET_BAKERY_H
#define GUICHET_BAKERY_H

#include "render.h"

/* What the pages of one template in one language have in common. */
struct baking {
    const char *template;
    const char *file;         /* where it stands, for messages */
    const struct page *first; /* the first of its pages */
    struct template_baked *baked;
    bool sound; /* else it was refused, and its pages are not rendered */
};

struct bakery {
    struct baking *bakings;
    size_t count;
    size_t *of_page; /* of each page: which one is its own */
};

/* Bake all that the list asks for and that is sound. False: errors in `diag`. Release it in either case. */
bool bakery_init(struct bakery *bakery, const struct page_list *list, const struct render *render,
                 struct parallel *parallel, struct diag *diag);
void bakery_release(struct bakery *bakery);

#endif
