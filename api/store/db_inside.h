/* db_inside: what the files behind db.h share. */
#ifndef GUICHET_STORE_DB_INSIDE_H
#define GUICHET_STORE_DB_INSIDE_H

#include "db.h"
#include "round.h"

#include <pthread.h>
#include <stdatomic.h>

struct db {
    struct conn *writer;
    struct rounds rounds; /* of writers */
    bool shows;           /* somebody in this round wrote what shows somewhere */
    struct conn *readers;
    int reader_count;
    pthread_mutex_t pool;
    pthread_cond_t returned;
    struct conn *idle;
    int idle_count;
    bool draining; /* no reader is handed out: the WAL is being begun anew */
    int wal_pages; /* the writer's: after its last commit */
    atomic_uint_fast64_t version;
};

/* Run a statement that takes nothing and gives nothing. */
enum rc db_run(struct conn *conn, enum statement statement);

#endif
