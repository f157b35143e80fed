/* db_inside: what the files behind db.h share. */
#ifndef GUICHET_STORE_DB_INSIDE_H
#define GUICHET_STORE_DB_INSIDE_H

#include "db.h"
#include "pool.h"
#include "round.h"
#include "search_later.h"

#include <stdatomic.h>

struct db {
    struct conn *writer;
    struct rounds rounds;      /* of writers */
    bool shows;                /* somebody in this round wrote what shows somewhere */
    struct search_later later; /* the words that this round wrote */
    size_t later_before;       /* how many lists of them there were before this turn */
    struct conn *readers;
    int reader_count;
    struct pool pool; /* of readers */
    int wal_pages;    /* the writer's: after its last commit */
    atomic_uint_fast64_t version;
};

/* Run a statement that takes nothing and gives nothing. */
enum rc db_run(struct conn *conn, enum statement statement);

#endif
