/*
 * store: everything that is kept, and the only room that knows SQL.
 *
 * A store is a data folder: guichet.db (SQLite in WAL, synchronous=FULL), files/ (attachments under random
 * names), mail/ (outgoing mail as .eml when no SMTP server is configured), lock. One process holds it at a
 * time. Exactly one connection writes and checkpoints, behind a mutex; a small pool of others reads.
 *
 * Every function is thread-safe, takes an arena where it returns text, and answers with an `enum rc`.
 * Times are milliseconds since 1970 in UTC; the caller passes `now`, so tests can shorten the clock.
 * Whatever returns tickets, messages or files takes a viewer and asks visible.h inside the query itself.
 */
#ifndef GUICHET_STORE_H
#define GUICHET_STORE_H

#include "../../lib/arena.h"
#include "../../lib/diag.h"
#include "../../lib/rc.h"

#include <stdbool.h>
#include <stdint.h>

struct store;

struct store_options {
    int readers; /* reading connections; 0: 8 */
    bool create; /* make an empty store when there is none; otherwise that is an error */
    bool fresh;  /* refuse when the folder already holds a store */
    bool *held;  /* set, and no error said, when another process holds it; NULL: that is an error as well */
    bool look;   /* only read, beside whoever holds it: no lock, and nothing that writes may be called */
};

/*
 * Open a data folder: take its lock, check its version, run what migrations are missing. NULL: one clear
 * error in `diag` ("data: held by another guichet-api (process 4711)", "data: made by a newer version (9;
 * this program knows up to 3)").
 */
struct store *store_open(const char *dir, const struct store_options *options, struct diag *diag);
void store_close(struct store *store);

/* The data folder's path, as given. */
const char *store_dir(const struct store *store);

/* Can the database be read? For the health page. */
enum rc store_ping(struct store *store);

/*
 * Does somebody wait for their turn to write at this moment? Who can wait themself, as mail can, then lets
 * those go first who look at a page meanwhile.
 */
bool store_is_pressed(struct store *store);

/*
 * A number that is another one after every write that people could see the effect of. What was read after it
 * was asked for stays true for as long as it stays the same.
 */
uint64_t store_version(struct store *store);

/* Now, in the store's unit. */
int64_t store_now(void);

/* 16 random bytes as 22 characters of base64url: names of files, request ids. */
void store_random_id(char id[23]);

#endif
