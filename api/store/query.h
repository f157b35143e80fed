/*
 * query: one run of one statement; internal to this room.
 *
 *     struct query query = query_begin(conn, SQL_PERSON_BY_ID);
 *     query_int(&query, ":id", id);
 *     if (query_step(&query))
 *         name = query_text(&query, 1, arena);
 *     enum rc rc = query_end(&query);
 *
 * Parameters are bound by name; an unknown name, or a parameter that nobody bound, is RC_INTERNAL and a line
 * in the log, never a silent NULL. The first error stays: later calls do nothing and query_end() tells it.
 */
#ifndef GUICHET_STORE_QUERY_H
#define GUICHET_STORE_QUERY_H

#include "../../lib/arena.h"
#include "db.h"
#include "sql.h"
#include "ticket.h"

#include <stddef.h>

enum { QUERY_PARAMETERS_MAX = 1024 };

struct query {
    struct conn *conn;
    sqlite3_stmt *stmt;
    const char *name;                          /* for the log */
    uint64_t bound[QUERY_PARAMETERS_MAX / 64]; /* a bit for each parameter */
    bool started;
    enum rc rc;
};

struct query query_begin(struct conn *conn, enum statement statement);

/* A statement that was put together; `name` is for the log. Its own values are bound already. */
struct query query_begin_sql(struct conn *conn, const char *name, const struct sql *sql);

/* The same of a text of which others have the values. */
struct query query_begin_text(struct conn *conn, const char *name, const char *text);

/* Bind the values of a part of the statement; those that it does not name are passed over. */
void query_bind_values(struct query *query, const struct sql *sql);

void query_bind_int(struct query *query, const char *name, int64_t value);
void query_bind_id(struct query *query, const char *name, int64_t value);      /* 0: NULL */
void query_bind_text(struct query *query, const char *name, const char *text); /* NULL: NULL; not copied */
void query_bind_blob(struct query *query, const char *name, const void *bytes, size_t len); /* not copied */

/*
 * The same with the viewer's rule in it (visible.h), and with :staff, :person, :company and :clock bound, as
 * far as the statement names them.
 */
struct query query_begin_as(struct conn *conn, enum statement statement, const struct viewer *viewer);
struct query query_begin_sql_as(struct conn *conn, const char *name, const struct sql *sql,
                                const struct viewer *viewer);

/* True: a row stands ready. False: no more, or an error. */
bool query_step(struct query *query);

int64_t query_int(struct query *query, int column);
bool query_is_null(struct query *query, int column);
char *query_text(struct query *query, int column,
                 struct arena *arena); /* NULL: NULL, or no memory (an error) */
/* A text as it stands, valid until the next step; NULL: NULL. Numbers read as their digits. */
const char *query_span(struct query *query, int column, size_t *len);
/* Valid until the next step; NULL when it has not exactly `len` bytes. */
const void *query_blob(struct query *query, int column, size_t len);

/* Which of `count` words stands there. None of them is an error, and the first. */
size_t query_choice(struct query *query, int column, const char *const *words, size_t count);

/* Note that something else failed while reading a row. */
void query_fail(struct query *query, enum rc rc);

/* RC_OK, or what went wrong. On the writer an error also fails the transaction. */
enum rc query_end(struct query *query);

/* Step a writing statement to its end, and end it. `*changes` (may be NULL): the rows it touched. */
enum rc query_run(struct query *query, int64_t *changes);

#endif
