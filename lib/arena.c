#include "arena.h"

#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_POISON 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#define ARENA_POISON 1
#endif

/* Under the address sanitizer, memory that nobody was given is poisoned, so that an overrun is found. */
#ifdef ARENA_POISON
#include <sanitizer/asan_interface.h>
#define poison(at, size) ASAN_POISON_MEMORY_REGION(at, size)
#define unpoison(at, size) ASAN_UNPOISON_MEMORY_REGION(at, size)
#else
#define poison(at, size) ((void)(at), (void)(size))
#define unpoison(at, size) ((void)(at), (void)(size))
#endif

enum { ALIGN = alignof(max_align_t), BLOCK_MIN = 4096 - 64, BLOCK_MAX = 256 * 1024 };

struct block {
    struct block *older;
    size_t size; /* of bytes[] */
    size_t used;
    alignas(max_align_t) char bytes[];
};

struct arena {
    struct block *newest; /* the only one that still hands out */
    size_t ceiling;
    size_t held; /* the sizes of all blocks */
    size_t used; /* bytes handed out, with what alignment costs */
};

struct arena *arena_new(size_t ceiling)
{
    struct arena *arena = calloc(1, sizeof *arena);
    if (arena)
        arena->ceiling = ceiling ? ceiling : SIZE_MAX;
    return arena;
}

static struct block *block_free(struct block *block)
{
    struct block *older = block->older;
    unpoison(block->bytes, block->size);
    free(block);
    return older;
}

void arena_free(struct arena *arena)
{
    if (!arena)
        return;
    for (struct block *block = arena->newest; block;)
        block = block_free(block);
    free(arena);
}

void arena_reset(struct arena *arena)
{
    struct block *block = arena->newest;
    while (block && block->older)
        block = block_free(block);
    arena->newest = block;
    arena->held = block ? block->size : 0;
    arena->used = 0;
    if (block) {
        block->used = 0;
        poison(block->bytes, block->size);
    }
}

/* Blocks double, so that big arenas take few of them, but never over what the ceiling leaves. */
static struct block *block_add(struct arena *arena, size_t need)
{
    size_t left = arena->ceiling - arena->held;
    if (need > left || need > SIZE_MAX - sizeof(struct block))
        return NULL;
    size_t size = arena->newest ? arena->newest->size * 2 : BLOCK_MIN;
    if (size > BLOCK_MAX)
        size = BLOCK_MAX;
    if (size < need)
        size = need;
    if (size > left)
        size = left;

    struct block *block = malloc(sizeof *block + size);
    if (!block)
        return NULL;
    block->older = arena->newest;
    block->size = size;
    block->used = 0;
    poison(block->bytes, size);
    arena->newest = block;
    arena->held += size;
    return block;
}

/* What a request takes of its block; 0 when that overflows. Empty requests have an address of their own. */
static size_t rounded(size_t size)
{
    if (size == 0)
        return ALIGN;
    return size > SIZE_MAX - ALIGN ? 0 : (size + ALIGN - 1) / ALIGN * ALIGN;
}

static void *take(struct arena *arena, size_t size)
{
    size_t step = rounded(size);
    if (step == 0)
        return NULL;
    struct block *block = arena->newest;
    /* The last request of a block may end unaligned, where only a ceiling bounds it. */
    if (!block || size > block->size - block->used) {
        block = block_add(arena, size ? size : 1);
        if (!block)
            return NULL;
    }
    if (step > block->size - block->used)
        step = block->size - block->used;
    char *bytes = block->bytes + block->used;
    block->used += step;
    arena->used += step;
    unpoison(bytes, size);
    return bytes;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    void *bytes = take(arena, size);
    return bytes ? memset(bytes, 0, size) : NULL;
}

void *arena_room(struct arena *arena, size_t size)
{
    return take(arena, size);
}

char *arena_strndup(struct arena *arena, const char *text, size_t len)
{
    char *copy = len == SIZE_MAX ? NULL : take(arena, len + 1);
    if (!copy)
        return NULL;
    if (len > 0)
        memcpy(copy, text, len);
    copy[len] = '\0';
    return copy;
}

void *arena_more(struct arena *arena, void *items, size_t count, size_t *cap, size_t size)
{
    enum { FIRST = 32 };
    if (count < *cap)
        return items;
    size_t more = *cap ? *cap * 2 : FIRST;
    void *copy = more > *cap && more <= SIZE_MAX / size ? arena_alloc(arena, more * size) : NULL;
    if (!copy)
        return NULL;
    if (count > 0)
        memcpy(copy, items, count * size);
    *cap = more;
    return copy;
}

char *arena_strdup(struct arena *arena, const char *text)
{
    return arena_strndup(arena, text, strlen(text));
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
    char small[256];
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    char *text = NULL;
    int len = vsnprintf(small, sizeof small, format, args);
    if (len >= 0 && (size_t)len < sizeof small)
        text = arena_strndup(arena, small, (size_t)len);
    else if (len >= 0 && (text = take(arena, (size_t)len + 1)))
        vsnprintf(text, (size_t)len + 1, format, again);
    va_end(again);
    va_end(args);
    return text;
}

size_t arena_used(const struct arena *arena)
{
    return arena->used;
}
