#include "db_inside.h"

#include "../../lib/log.h"
#include "filter.h"
#include "migrations.h"
#include "query.h"
#include "search.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { BUSY_MS = 5000, PATH_ROOM = 4096 };

static bool is_full(int error)
{
    return error == ENOSPC || error == EDQUOT || error == EFBIG;
}

enum rc db_rc(sqlite3 *sqlite, int code, int error)
{
    switch (code & 0xff) {
    case SQLITE_OK:
    case SQLITE_ROW:
    case SQLITE_DONE:
        return RC_OK;
    case SQLITE_FULL:
    case SQLITE_TOOBIG:
        return RC_FULL;
    case SQLITE_IOERR:
        return is_full(sqlite3_system_errno(sqlite)) || is_full(error) ? RC_FULL : RC_INTERNAL;
    case SQLITE_CONSTRAINT:
        return code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY ? RC_CONFLICT
                                                                                        : RC_BAD_INPUT;
    default:
        return RC_INTERNAL;
    }
}

static bool exec(struct conn *conn, const char *sql)
{
    return sqlite3_exec(conn->sqlite, sql, NULL, NULL, NULL) == SQLITE_OK;
}

static bool conn_harden(struct conn *conn)
{
    sqlite3 *sqlite = conn->sqlite;
    sqlite3_extended_result_codes(sqlite, 1);
    sqlite3_busy_timeout(sqlite, BUSY_MS);
    return sqlite3_db_config(sqlite, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL) == SQLITE_OK &&
           sqlite3_db_config(sqlite, SQLITE_DBCONFIG_DQS_DML, 0, NULL) == SQLITE_OK &&
           sqlite3_db_config(sqlite, SQLITE_DBCONFIG_DQS_DDL, 0, NULL) == SQLITE_OK &&
           exec(conn, "PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY");
}

static bool conn_open(struct conn *conn, struct db *db, const char *path, int create)
{
    int flags = SQLITE_OPEN_READWRITE | create | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    conn->db = db;
    return sqlite3_open_v2(path, &conn->sqlite, flags, NULL) == SQLITE_OK && conn_harden(conn) &&
           search_functions(conn->sqlite) && filter_functions(conn->sqlite);
}

static void conn_close(struct conn *conn)
{
    for (int i = 0; i < SQL_COUNT; i++)
        sqlite3_finalize(conn->prepared[i]);
    kept_release(&conn->kept);
    sqlite3_close(conn->sqlite);
}

static bool is_wal(struct conn *conn)
{
    sqlite3_stmt *stmt = NULL;
    bool wal = sqlite3_prepare_v2(conn->sqlite, "PRAGMA journal_mode = WAL", -1, &stmt, NULL) == SQLITE_OK &&
               sqlite3_step(stmt) == SQLITE_ROW &&
               sqlite3_stricmp((const char *)sqlite3_column_text(stmt, 0), "wal") == 0;
    sqlite3_finalize(stmt);
    return wal;
}

static int note_wal(void *context, sqlite3 *sqlite, const char *name, int pages)
{
    (void)sqlite;
    (void)name;
    struct db *db = context;
    db->wal_pages = pages;
    return SQLITE_OK;
}

/*
 * A new database, and the WAL beside it, which takes its mode, are for their owner only. Only a file that was
 * not there is opened and closed here: with one in use that would drop SQLite's locks.
 */
static void make_private(const char *path)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd >= 0)
        close(fd);
}

static bool writer_open(struct db *db, const char *dir, const char *path, struct diag *diag)
{
    struct conn *writer = db->writer;
    make_private(path);
    if (!conn_open(writer, db, path, SQLITE_OPEN_CREATE) || !is_wal(writer) ||
        !exec(writer,
              "PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0; PRAGMA cache_size = -3000")) {
        diag_error(diag, (struct place){.file = dir}, "guichet.db cannot be opened: %s",
                   writer->sqlite ? sqlite3_errmsg(writer->sqlite) : "no memory");
        return false;
    }
    sqlite3_wal_hook(writer->sqlite, note_wal, db);
    size_t count;
    const struct migration *known = migrations_known(&count);
    return migrations_run(writer->sqlite, dir, known, count, diag);
}

static bool readers_open(struct db *db, const char *dir, const char *path, struct diag *diag)
{
    for (int i = 0; i < db->reader_count; i++) {
        struct conn *reader = &db->readers[i];
        if (!conn_open(reader, db, path, 0) ||
            sqlite3_db_config(reader->sqlite, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL) != SQLITE_OK ||
            !exec(reader,
                  "PRAGMA query_only = ON; PRAGMA wal_autocheckpoint = 0; PRAGMA cache_size = -1500")) {
            diag_error(diag, (struct place){.file = dir}, "guichet.db cannot be opened for reading");
            return false;
        }
        pool_add(&db->pool, reader);
    }
    return true;
}

static struct db *db_new(const char *dir, int readers, char path[PATH_ROOM], struct diag *diag)
{
    struct db *db = calloc(1, sizeof *db);
    struct conn *conns = calloc((size_t)readers + 1, sizeof *conns);
    if (!db || !conns || snprintf(path, PATH_ROOM, "%s/guichet.db", dir) >= PATH_ROOM) {
        free(db);
        free(conns);
        diag_error(diag, (struct place){.file = dir}, "no memory, or the path is too long");
        return NULL;
    }
    db->writer = &conns[0];
    db->writer->writes = true;
    db->readers = &conns[1];
    db->reader_count = readers;
    rounds_init(&db->rounds);
    pool_init(&db->pool);
    return db;
}

struct db *db_open(const char *dir, int readers, struct diag *diag)
{
    char path[PATH_ROOM];
    struct db *db = db_new(dir, readers, path, diag);
    if (db && writer_open(db, dir, path, diag) && readers_open(db, dir, path, diag))
        return db;
    db_close(db);
    return NULL;
}

struct db *db_open_to_look(const char *dir, int readers, struct diag *diag)
{
    char path[PATH_ROOM];
    struct db *db = db_new(dir, readers, path, diag);
    if (db && readers_open(db, dir, path, diag) && migrations_are_done(db->readers[0].sqlite, dir, diag))
        return db;
    db_close(db);
    return NULL;
}

void db_close(struct db *db)
{
    if (!db)
        return;
    /* The writer last: who closes last checkpoints. */
    for (int i = 0; i < db->reader_count; i++)
        conn_close(&db->readers[i]);
    conn_close(db->writer);
    search_later_release(&db->later);
    rounds_destroy(&db->rounds);
    pool_destroy(&db->pool);
    free(db->writer);
    free(db);
}

struct conn *db_read(struct db *db)
{
    return pool_take(&db->pool);
}

enum rc db_hold(struct conn *conn)
{
    return db_run(conn, SQL_HOLD);
}

void db_done(struct conn *conn)
{
    if (!sqlite3_get_autocommit(conn->sqlite))
        db_run(conn, SQL_ROLLBACK);
    pool_give(&conn->db->pool, conn);
}

bool db_is_pressed(struct db *db)
{
    return round_is_awaited(&db->rounds);
}

uint64_t db_version(struct db *db)
{
    return atomic_load(&db->version);
}
