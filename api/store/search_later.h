/*
 * search_later: words of tickets on their way into the search's index; internal to this room.
 *
 * FTS5 writes what it was given at every savepoint, as a segment of its own that is to be merged with others
 * later, and begins anew where a ticket's number is not above the one before. So it is not given words turn
 * by turn (round.h) but once for a round, just before the commit, in the order of the tickets' numbers: they
 * are on disk together with what they come from, and cost a segment for all.
 *
 * Used by whose turn it is only.
 */
#ifndef GUICHET_STORE_SEARCH_LATER_H
#define GUICHET_STORE_SEARCH_LATER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct conn;
struct search_word_list;

struct search_later {
    struct search_word_list *lists;
    size_t count, room;
};

void search_later_release(struct search_later *later);

/* Add these words, `len` bytes as the index takes them. False: no memory. */
bool search_later_add(struct search_later *later, int64_t number, const char *words, size_t len);

/* Take back all but the first `count`: their turn is undone. */
void search_later_undo(struct search_later *later, size_t count);

/* Within the round's transaction and outside any savepoint: write them. What went wrong is in conn->rc. */
void search_later_write(struct search_later *later, struct conn *conn);

#endif
