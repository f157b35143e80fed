/*
 * db: the connections to a store's database; internal to this room.
 *
 * One connection writes and checkpoints, for one thread at a time; the others read, each used by one thread
 * at a time. SQLite before 3.51.3 can corrupt a WAL database when two connections write or checkpoint at
 * once, so readers are opened with query_only, wal_autocheckpoint=0 and no checkpoint on close.
 *
 * A thread that holds a reader never asks for the writer: give the reader back first. A checkpoint that must
 * shorten the WAL holds the writer and waits for every reader.
 */
#ifndef GUICHET_STORE_DB_H
#define GUICHET_STORE_DB_H

#include "../../lib/diag.h"
#include "../../lib/rc.h"
#include "kept.h"
#include "statements.h"

#include <sqlite3.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

struct db;

struct conn {
    struct db *db;
    sqlite3 *sqlite;
    sqlite3_stmt *prepared[SQL_COUNT]; /* prepared when first asked for, kept until the connection closes */
    struct kept kept;                  /* those that were put together at run time */
    bool writes;                       /* it is the one that may */
    bool quiet;                        /* the writer's: what this transaction writes shows nowhere */
    bool follows;                      /* the writer's: others of its round wrote before */
    enum rc rc;                        /* the writer's: what went wrong first in this transaction */
    struct conn *next;                 /* in the pool of idle readers */
};

/* Open dir/guichet.db, made when it is not there, bring it to the known shape and open `readers` more. */
struct db *db_open(const char *dir, int readers, struct diag *diag);
void db_close(struct db *db);

/*
 * Readers alone, beside the process that holds the folder or without one: no connection of these writes or
 * checkpoints. db_write() must not be called. A database of another shape is an error.
 */
struct db *db_open_to_look(const char *dir, int readers, struct diag *diag);

/* Borrow a reader; waits for one. Give it back with db_done(). */
struct conn *db_read(struct db *db);
void db_done(struct conn *conn);

/* All that this reader reads from here until db_done() is as one moment has it. Not for long: see above. */
enum rc db_hold(struct conn *conn);

/*
 * Begin the write transaction; waits for its turn. When beginning fails, conn->rc says so and every query on
 * it answers the same. End it with db_end().
 */
struct conn *db_write(struct db *db);

/* The same as the first of its round (conn->follows is false). NULL: there was no such turn for long. */
struct conn *db_write_first(struct db *db);

/*
 * Commit when `rc` is RC_OK and nothing failed on the way, else roll back; give the writer back. The answer
 * is what became of it: RC_OK only when the commit is on disk. Writers who wait for each other are committed
 * together (round.h); what one of them rolls back is nobody else's.
 */
enum rc db_end(struct conn *conn, enum rc rc);

/*
 * Write the whole database anew, so that nothing of what was deleted is left in it or in the WAL. Everybody
 * who writes waits, readers for its end only. RC_CONFLICT: it was given up, and nothing is changed: somebody
 * waited to write when it had taken so long, or *stopping (NULL: nobody stops it) was set. The last third of
 * it cannot be given up.
 */
enum rc db_scrub(struct db *db, int64_t patience_ms, const atomic_bool *stopping);

/* Does somebody wait for their turn to write? */
bool db_is_pressed(struct db *db);

/* Counts the transactions that were not quiet; moves before db_end() answers. */
uint64_t db_version(struct db *db);

/*
 * What an SQLite error means to a caller. `error` is errno as the failed call left it: a commit does not tell
 * SQLite's own record of it why a write failed.
 */
enum rc db_rc(sqlite3 *sqlite, int code, int error);

#endif
