/* Write transactions, and the checkpoints between them. */
#include "db_inside.h"

#include "../../lib/log.h"
#include "query.h"

#include <errno.h>
#include <time.h>

/*
 * Few pages are written back quickly, and under load each round has its own to write back: with ten times as
 * many, one round in three waited ten times as long, and no more replies were written in a second.
 */
enum {
    WAL_CHECKPOINT_PAGES = 100, /* write them back as far as readers allow */
    WAL_TRUNCATE_PAGES = 16000, /* readers never let go of it: wait for them and begin it anew */
};

enum { FIRST_TRIES = 1000 };

enum rc db_run(struct conn *conn, enum statement statement)
{
    struct query query = query_begin(conn, statement);
    return query_run(&query, NULL);
}

/* What others of the round wrote before is kept apart from what is written now. */
struct conn *db_write(struct db *db)
{
    round_enter(&db->rounds);
    struct conn *conn = db->writer;
    conn->rc = RC_OK;
    conn->follows = !sqlite3_get_autocommit(conn->sqlite);
    db->later_before = db->later.count;
    db_run(conn, conn->follows ? SQL_SAVEPOINT : SQL_BEGIN);
    return conn;
}

static void wal_report(struct conn *conn, int code)
{
    if (code != SQLITE_OK && code != SQLITE_BUSY)
        log_event(LOG_WARNING, "store checkpoint", "error", sqlite3_errmsg(conn->sqlite), NULL);
}

/* With no reader on it, the WAL can be begun anew whatever the load. */
static void wal_truncate(struct db *db)
{
    pool_drain(&db->pool);
    wal_report(db->writer,
               sqlite3_wal_checkpoint_v2(db->writer->sqlite, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL));
    pool_refill(&db->pool);
}

static void wal_tend(struct db *db)
{
    int pages = db->wal_pages;
    db->wal_pages = 0;
    if (pages >= WAL_TRUNCATE_PAGES)
        wal_truncate(db);
    else if (pages >= WAL_CHECKPOINT_PAGES)
        wal_report(db->writer, sqlite3_wal_checkpoint_v2(db->writer->sqlite, NULL, SQLITE_CHECKPOINT_PASSIVE,
                                                         NULL, NULL));
}

static void undo(struct conn *conn)
{
    struct db *db = conn->db;
    conn->rc = RC_OK;
    search_later_undo(&db->later, db->later_before);
    if (sqlite3_get_autocommit(conn->sqlite))
        return; /* SQLite has undone it all already */
    if (!conn->follows) {
        db_run(conn, SQL_ROLLBACK);
        return;
    }
    db_run(conn, SQL_UNDO);
    db_run(conn, SQL_RELEASE);
}

/* Keep what was written in this turn for the round's commit, or undo it. */
static enum rc end_turn(struct conn *conn, enum rc rc)
{
    if (rc == RC_OK)
        rc = conn->rc;
    if (rc == RC_OK && conn->follows)
        rc = db_run(conn, SQL_RELEASE);
    if (rc != RC_OK)
        undo(conn);
    conn->db->shows |= !conn->quiet;
    conn->quiet = false;
    return rc;
}

/* Everything that the round wrote, to disk. */
static enum rc commit(struct conn *conn)
{
    search_later_write(&conn->db->later, conn);
    return conn->rc == RC_OK ? db_run(conn, SQL_COMMIT) : conn->rc;
}

/*
 * `rc` is how the last turn ended: when nothing is left to be committed, it says why. The WAL is tended after
 * the others have been told; who writes next waits for it.
 */
static enum rc end_round(struct conn *conn, enum rc rc)
{
    struct db *db = conn->db;
    bool lost = sqlite3_get_autocommit(conn->sqlite);
    enum rc committed = lost && rc == RC_OK ? RC_INTERNAL : lost ? rc : commit(conn);
    conn->rc = RC_OK;
    search_later_undo(&db->later, 0);
    if (!sqlite3_get_autocommit(conn->sqlite))
        db_run(conn, SQL_ROLLBACK);
    if (db->shows)
        atomic_fetch_add(&db->version, 1);
    db->shows = false;
    round_settle(&db->rounds, committed);
    wal_tend(db);
    round_pass(&db->rounds);
    return rc == RC_OK ? committed : rc;
}

enum rc db_end(struct conn *conn, enum rc rc)
{
    struct rounds *rounds = &conn->db->rounds;
    rc = end_turn(conn, rc);
    if (sqlite3_get_autocommit(conn->sqlite) || round_closes(rounds))
        return end_round(conn, rc);
    if (rc == RC_OK)
        return round_wait(rounds);
    round_pass(rounds);
    return rc;
}

static bool exec(struct conn *conn, const char *sql)
{
    return sqlite3_exec(conn->sqlite, sql, NULL, NULL, NULL) == SQLITE_OK;
}

/* --- writing it all anew ---------------------------------------------------------------------------------
 */

enum { LOOK_STEPS = 1000 };

struct scrub {
    struct db *db;
    int64_t until; /* until then who writes has to wait */
    const atomic_bool *stopping;
};

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Other than 0: give it up. */
static int look_up(void *context)
{
    const struct scrub *scrub = context;
    if (scrub->stopping && atomic_load(scrub->stopping))
        return 1;
    return now_ms() >= scrub->until && round_is_awaited(&scrub->db->rounds);
}

/* The copy that it makes may be larger than memory. */
static enum rc write_anew(struct conn *conn, struct scrub *scrub)
{
    sqlite3_progress_handler(conn->sqlite, LOOK_STEPS, look_up, scrub);
    int code = sqlite3_exec(conn->sqlite, "PRAGMA temp_store = FILE; VACUUM", NULL, NULL, NULL);
    enum rc rc = (code & 0xff) == SQLITE_INTERRUPT ? RC_CONFLICT : db_rc(conn->sqlite, code, errno);
    if (rc != RC_OK && rc != RC_CONFLICT)
        log_event(LOG_ERROR, "store scrub", "error", sqlite3_errmsg(conn->sqlite), NULL);
    sqlite3_progress_handler(conn->sqlite, 0, NULL, NULL);
    return exec(conn, "PRAGMA temp_store = MEMORY") ? rc : RC_INTERNAL;
}

struct conn *db_write_first(struct db *db)
{
    for (int tries = 0; tries < FIRST_TRIES; tries++) {
        struct conn *conn = db_write(db);
        if (!conn->follows && conn->rc == RC_OK)
            return conn;
        conn->quiet = true;
        db_end(conn, RC_OK);
    }
    return NULL;
}

/* It is done outside any transaction: the one that was begun is given up, and its round has nothing else. */
enum rc db_scrub(struct db *db, int64_t patience_ms, const atomic_bool *stopping)
{
    struct scrub scrub = {db, now_ms() + patience_ms, stopping};
    struct conn *conn = db_write_first(db);
    if (!conn)
        return RC_CONFLICT;
    conn->quiet = true;
    db_run(conn, SQL_ROLLBACK);
    enum rc rc = write_anew(conn, &scrub);
    if (rc == RC_OK)
        db->wal_pages = WAL_TRUNCATE_PAGES;
    db_end(conn, RC_CONFLICT);
    return rc;
}
