/*
 * found: which tickets the search's index has the words of; internal to this room.
 *
 * A bit for each number between the lowest and the highest that was found, so that a walk over tickets in
 * any order can ask of each.
 */
#ifndef GUICHET_STORE_FOUND_H
#define GUICHET_STORE_FOUND_H

#include "../../lib/rc.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct conn;

struct found {
    int64_t first; /* the number of the first bit */
    uint64_t *bits;
    size_t words; /* of bits */
    int64_t count;
};

/* Ask the index; `match` is what search_expression() made. Release it even after an error. */
enum rc found_read(struct found *found, struct conn *conn, const char *match);
void found_release(struct found *found);

bool found_has(const struct found *found, int64_t number);

#endif
