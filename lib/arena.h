/*
 * arena: memory with one owner and one end.
 *
 * An arena hands out pieces of memory that all live until the arena is freed.
 * Every request of the API and every page of the generator has one, so that a
 * handler frees nothing and leaks nothing.
 *
 * Not thread-safe: an arena belongs to the thread that works with it.
 */
#ifndef GUICHET_ARENA_H
#define GUICHET_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct arena;

/* A new, empty arena that never holds more than `ceiling` bytes (0: no ceiling). NULL: no memory. */
struct arena *arena_new(size_t ceiling);

/* Free the arena and all that came from it. NULL is fine. */
void arena_free(struct arena *arena);

/* Give all memory back to the arena for reuse, keeping its first block. */
void arena_reset(struct arena *arena);

/* `size` zeroed bytes, aligned for any type. NULL: the ceiling or no memory. */
void *arena_alloc(struct arena *arena, size_t size);

/* The same with whatever was in them, for who writes to all of them. */
void *arena_room(struct arena *arena, size_t size);

/*
 * Room for one item more after `count` of `size` bytes each; `*cap`, 0 to begin with, is how many there is
 * room for. The items themselves while there is room, else a copy of them with room for twice as many. NULL:
 * the ceiling or no memory; the items and `*cap` are as they were.
 */
void *arena_more(struct arena *arena, void *items, size_t count, size_t *cap, size_t size);

/* Copies with a closing NUL. NULL: the ceiling or no memory. */
char *arena_strdup(struct arena *arena, const char *text);
char *arena_strndup(struct arena *arena, const char *text, size_t len);
char *arena_printf(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Bytes handed out so far. */
size_t arena_used(const struct arena *arena);

#endif
