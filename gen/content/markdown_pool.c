#include "markdown_pool.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* So much is taken from the arena at a time. */
enum { SLAB = 32 * 1024 };

union piece {
    size_t size; /* with what alignment costs */
    max_align_t align;
};

static _Thread_local struct {
    struct arena *arena;
    char *at, *end; /* what is left of the slab */
} pool;

static size_t rounded(size_t size)
{
    return (size + sizeof(union piece) - 1) / sizeof(union piece) * sizeof(union piece);
}

static void *slab(size_t size)
{
    char *bytes = arena_room(pool.arena, size);
    if (!bytes)
        abort();
    return bytes;
}

static union piece *take(size_t size)
{
    size_t whole = sizeof(union piece) + size;
    if (whole > SLAB / 4)
        return slab(whole);
    if (whole > (size_t)(pool.end - pool.at)) {
        pool.at = slab(SLAB);
        pool.end = pool.at + SLAB;
    }
    union piece *piece = (union piece *)pool.at;
    pool.at += whole;
    return piece;
}

static void *new_piece(size_t size)
{
    size = rounded(size);
    union piece *piece = take(size);
    piece->size = size;
    return piece + 1;
}

void *markdown_pool_calloc(size_t count, size_t size)
{
    size_t total;
    if (__builtin_mul_overflow(count, size, &total) || total > SIZE_MAX / 2)
        abort();
    return memset(new_piece(total), 0, total);
}

/* The last piece of the slab grows where it is: most texts are built up piece by piece. */
static bool grows(union piece *piece, size_t size)
{
    char *behind = (char *)(piece + 1) + piece->size;
    if (behind != pool.at || size - piece->size > (size_t)(pool.end - pool.at))
        return false;
    pool.at += size - piece->size;
    piece->size = size;
    return true;
}

void *markdown_pool_realloc(void *old, size_t size)
{
    if (size > SIZE_MAX / 2)
        abort();
    if (!old)
        return new_piece(size);
    union piece *piece = (union piece *)old - 1;
    if (size <= piece->size || (size < SLAB && grows(piece, rounded(size))))
        return old;
    void *bytes = new_piece(size);
    return memcpy(bytes, old, piece->size);
}

void markdown_pool_free(void *bytes)
{
    (void)bytes;
}

void markdown_pool_begin(struct arena *arena)
{
    arena_reset(arena);
    pool.arena = arena;
    pool.at = pool.end = NULL;
}

void markdown_pool_end(void)
{
    pool.arena = NULL;
}
