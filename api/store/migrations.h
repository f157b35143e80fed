/*
 * migrations: brings a database to the shape that this program knows.
 *
 * The shapes are numbered files, migrations/NNNN_name.sql, built into the program. PRAGMA user_version says
 * how many a database has seen. Each runs in one transaction together with its number, and must leave no
 * broken foreign key: it happens whole or not at all. A file that was released is never edited.
 */
#ifndef GUICHET_STORE_MIGRATIONS_H
#define GUICHET_STORE_MIGRATIONS_H

#include "../../lib/diag.h"

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>

/* "Gcht": marks a database as ours (PRAGMA application_id). */
#define MIGRATIONS_APPLICATION_ID 0x47636874

struct migration {
    const char *name;
    const char *sql;
};

/* What is built in, in order; the last one's number is `*count`. */
const struct migration *migrations_known(size_t *count);

/*
 * Run those of `list` that are missing. False: an error in `diag` that speaks of the folder `dir` (newer than
 * we know, not ours, or a failed step; the steps before it stay done).
 */
bool migrations_run(sqlite3 *sqlite, const char *dir, const struct migration *list, size_t count,
                    struct diag *diag);

/* Is it one of ours that those built in can bring up to date? False: an error in `diag`. Changes nothing. */
bool migrations_may_run(sqlite3 *sqlite, const char *dir, struct diag *diag);

/* Has it the shape that is built in? False: an error in `diag` that says what to do. For who only reads. */
bool migrations_are_done(sqlite3 *sqlite, const char *dir, struct diag *diag);

#endif
