/*
 * kept: the prepared statements of a connection that were put together at run time, found by their text;
 * internal to this room.
 *
 * There are few places: what was not used for longest makes room. A statement that runs is never given twice
 * nor thrown away.
 */
#ifndef GUICHET_STORE_KEPT_H
#define GUICHET_STORE_KEPT_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

enum { KEPT_MAX = 64 };

struct kept_statement {
    sqlite3_stmt *stmt; /* NULL: nothing is here */
    uint64_t hash;      /* of its text */
    uint64_t used;      /* when, in uses */
    bool running;
};

struct kept {
    struct kept_statement statements[KEPT_MAX];
    uint64_t uses;
};

/* A statement of this text that is not running, marked as running. NULL: sqlite3_errmsg() says why. */
sqlite3_stmt *kept_take(struct kept *kept, sqlite3 *sqlite, const char *text, int *code);

/* It runs no more, and was reset. */
void kept_give(struct kept *kept, const sqlite3_stmt *stmt);

void kept_release(struct kept *kept);

#endif
