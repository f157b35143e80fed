/*
 * pseudo: a language that shows what a layout bears: each letter accented, each text longer and in brackets,
 * still to be read. What a template or script says by itself, instead of by a string, stands there plain, and
 * pages/pseudo.js marks it.
 */
#ifndef GUICHET_PREVIEW_PSEUDO_H
#define GUICHET_PREVIEW_PSEUDO_H

#include "../../lib/buf.h"

#include <jansson.h>

/* A text, with its {placeholders} as they are. An empty one stays empty. */
void pseudo_text(const char *text, struct buf *out);

/* All texts of what the pages of a language share (gen/render/render.h), in place; `settings` are the
 * theme's. */
void pseudo_apply(json_t *shared, const json_t *settings);

#endif
