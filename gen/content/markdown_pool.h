/*
 * markdown_pool: the memory of cmark's trees: thousands of small pieces that all end with the text; internal
 * to this room.
 *
 * What cmark asks for has no context to it, so the thread remembers whose memory is meant.
 */
#ifndef GUICHET_MARKDOWN_POOL_H
#define GUICHET_MARKDOWN_POOL_H

#include "../../lib/arena.h"

/* Empty the arena and let this thread's pieces come from it, until the end. Nothing is ever given back. */
void markdown_pool_begin(struct arena *arena);
void markdown_pool_end(void);

/* As cmark wants them; without memory they end the program, since it has no way to be told. */
void *markdown_pool_calloc(size_t count, size_t size);
void *markdown_pool_realloc(void *old, size_t size);
void markdown_pool_free(void *bytes);

#endif
