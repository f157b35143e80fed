/*
 * own_page: the preview's own pages, made from the templates that it carries.
 */
#ifndef GUICHET_PREVIEW_OWN_PAGE_H
#define GUICHET_PREVIEW_OWN_PAGE_H

#include "../../lib/buf.h"

#include <jansson.h>
#include <stdbool.h>

/* The first of `templates` (ended by NULL), whose partials the others are: "grid" is pages/grid.html. False:
 * said on stderr; none of that depends on what people write. */
bool own_page_render(const char *const *templates, json_t *data, struct buf *out);

#endif
