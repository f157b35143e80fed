#include "migrations.h"

#include "migrations_embedded.h"

#include <stdio.h>

const struct migration *migrations_known(size_t *count)
{
    *count = sizeof migrations / sizeof migrations[0];
    return migrations;
}

/* A pragma or count that answers one number; -1: it could not be read. */
static int read_number(sqlite3 *sqlite, const char *sql)
{
    sqlite3_stmt *stmt = NULL;
    int number = -1;
    if (sqlite3_prepare_v2(sqlite, sql, -1, &stmt, NULL) == SQLITE_OK && sqlite3_step(stmt) == SQLITE_ROW)
        number = sqlite3_column_int(stmt, 0);
    sqlite3_finalize(stmt);
    return number;
}

static bool exec(sqlite3 *sqlite, const char *sql)
{
    return sqlite3_exec(sqlite, sql, NULL, NULL, NULL) == SQLITE_OK;
}

/* PRAGMA takes no parameters; both numbers are ours. */
static bool mark(sqlite3 *sqlite, size_t version)
{
    char sql[96];
    snprintf(sql, sizeof sql, "PRAGMA application_id = %d; PRAGMA user_version = %zu",
             MIGRATIONS_APPLICATION_ID, version);
    return exec(sqlite, sql);
}

static bool run_one(sqlite3 *sqlite, const struct migration *migration, size_t version)
{
    return exec(sqlite, "BEGIN IMMEDIATE") && exec(sqlite, migration->sql) && mark(sqlite, version) &&
           read_number(sqlite, "SELECT count(*) FROM pragma_foreign_key_check") == 0 &&
           exec(sqlite, "COMMIT");
}

static bool is_ours(sqlite3 *sqlite)
{
    return read_number(sqlite, "PRAGMA application_id") == MIGRATIONS_APPLICATION_ID ||
           read_number(sqlite, "SELECT count(*) FROM sqlite_schema") == 0;
}

/* The number of migrations that it has seen; -1: it is none of ours, or newer, as `diag` says. */
static int known_version(sqlite3 *sqlite, const char *dir, size_t count, struct diag *diag)
{
    struct place place = {.file = dir};
    int version = read_number(sqlite, "PRAGMA user_version");
    if (version < 0) {
        diag_error(diag, place, "guichet.db cannot be read: %s", sqlite3_errmsg(sqlite));
    } else if (!is_ours(sqlite)) {
        diag_error(diag, place, "guichet.db was not made by guichet-api");
    } else if ((size_t)version > count) {
        diag_error(
            diag, place,
            "made by a newer version (%d; this program knows up to %zu); start that one, or put back a "
            "backup from before",
            version, count);
    } else {
        return version;
    }
    return -1;
}

bool migrations_run(sqlite3 *sqlite, const char *dir, const struct migration *list, size_t count,
                    struct diag *diag)
{
    int version = known_version(sqlite, dir, count, diag);
    if (version < 0)
        return false;
    for (size_t next = (size_t)version; next < count; next++) {
        if (run_one(sqlite, &list[next], next + 1))
            continue;
        diag_error(diag, (struct place){.file = dir}, "migration %s failed, nothing of it was kept: %s",
                   list[next].name, sqlite3_errmsg(sqlite));
        exec(sqlite, "ROLLBACK");
        return false;
    }
    return true;
}

bool migrations_may_run(sqlite3 *sqlite, const char *dir, struct diag *diag)
{
    size_t count;
    migrations_known(&count);
    return known_version(sqlite, dir, count, diag) >= 0;
}

bool migrations_are_done(sqlite3 *sqlite, const char *dir, struct diag *diag)
{
    size_t count;
    migrations_known(&count);
    int version = read_number(sqlite, "PRAGMA user_version");
    if (is_ours(sqlite) && version >= 0 && (size_t)version == count)
        return true;
    diag_error(diag, (struct place){.file = dir},
               "made by another version (%d; this program knows %zu): guichet-api serve brings an older one "
               "up to date",
               version, count);
    return false;
}
