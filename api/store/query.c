#include "query.h"

#include "../../lib/log.h"
#include "prepare.h"
#include "visible_inside.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static void fail(struct query *query, enum rc rc, const char *why)
{
    if (query->rc != RC_OK)
        return;
    query->rc = rc;
    if (rc == RC_INTERNAL || rc == RC_FULL)
        log_event(LOG_ERROR, "store", "statement", query->name, "error", why, NULL);
}

static void fail_sqlite(struct query *query, int code)
{
    int error = errno;
    sqlite3 *sqlite = query->conn->sqlite;
    fail(query, db_rc(sqlite, code, error), sqlite3_errmsg(sqlite));
}

void query_fail(struct query *query, enum rc rc)
{
    fail(query, rc, "a row could not be read");
}

struct query query_begin(struct conn *conn, enum statement statement)
{
    struct query query = {.conn = conn, .name = statements[statement].name, .rc = conn->rc};
    sqlite3_stmt **slot = &conn->prepared[statement];
    if (query.rc == RC_OK && !*slot) {
        int code = prepare(conn->sqlite, statements[statement].text, slot);
        if (code != SQLITE_OK)
            fail_sqlite(&query, code);
    }
    query.stmt = *slot;
    return query;
}

struct query query_begin_text(struct conn *conn, const char *name, const char *text)
{
    struct query query = {.conn = conn, .name = name, .rc = conn->rc};
    int code = SQLITE_OK;
    if (query.rc == RC_OK)
        query.stmt = kept_take(&conn->kept, conn->sqlite, text, &code);
    if (code != SQLITE_OK)
        fail_sqlite(&query, code);
    else if (query.stmt && sqlite3_bind_parameter_count(query.stmt) > QUERY_PARAMETERS_MAX)
        fail(&query, RC_INTERNAL, "too many parameters");
    return query;
}

struct query query_begin_sql(struct conn *conn, const char *name, const struct sql *sql)
{
    if (!sql->failed) {
        struct query query = query_begin_text(conn, name, sql->text);
        query_bind_values(&query, sql);
        return query;
    }
    struct query query = {.conn = conn, .name = name, .rc = conn->rc};
    fail(&query, RC_INTERNAL, "it could not be put together");
    return query;
}

static void note_bound(struct query *query, int index)
{
    query->bound[(index - 1) / 64] |= UINT64_C(1) << (index - 1) % 64;
}

static bool is_bound(const struct query *query, int index)
{
    return query->bound[(index - 1) / 64] & UINT64_C(1) << (index - 1) % 64;
}

/* The parameter's index; 0: something is wrong. */
static int find(struct query *query, const char *name)
{
    if (query->rc != RC_OK)
        return 0;
    int index = sqlite3_bind_parameter_index(query->stmt, name);
    if (index == 0)
        fail(query, RC_INTERNAL, name);
    else
        note_bound(query, index);
    return index;
}

static void check(struct query *query, int code)
{
    if (code != SQLITE_OK)
        fail_sqlite(query, code);
}

void query_bind_int(struct query *query, const char *name, int64_t value)
{
    int index = find(query, name);
    if (index)
        check(query, sqlite3_bind_int64(query->stmt, index, value));
}

void query_bind_id(struct query *query, const char *name, int64_t value)
{
    int index = find(query, name);
    if (index)
        check(query,
              value ? sqlite3_bind_int64(query->stmt, index, value) : sqlite3_bind_null(query->stmt, index));
}

void query_bind_text(struct query *query, const char *name, const char *text)
{
    int index = find(query, name);
    if (index) /* NULL binds NULL */
        check(query, sqlite3_bind_text(query->stmt, index, text, -1, SQLITE_STATIC));
}

void query_bind_blob(struct query *query, const char *name, const void *bytes, size_t len)
{
    int index = find(query, name);
    if (index)
        check(query, sqlite3_bind_blob64(query->stmt, index, bytes, len, SQLITE_STATIC));
}

void query_bind_values(struct query *query, const struct sql *sql)
{
    char name[32];
    for (size_t i = 0; query->rc == RC_OK && i < sql->count; i++) {
        const struct sql_value *value = &sql->values[i];
        snprintf(name, sizeof name, ":%c%zu", sql->prefix, i);
        int index = sqlite3_bind_parameter_index(query->stmt, name);
        if (index == 0)
            continue;
        note_bound(query, index);
        check(query, value->text ? sqlite3_bind_text(query->stmt, index, value->text, -1, SQLITE_STATIC)
                                 : sqlite3_bind_double(query->stmt, index, value->number));
    }
}

static void bind_if_named(struct query *query, const char *name, int64_t value)
{
    if (query->rc == RC_OK && sqlite3_bind_parameter_index(query->stmt, name) != 0)
        query_bind_int(query, name, value);
}

static void bind_viewer(struct query *query, const struct viewer *viewer)
{
    bind_if_named(query, ":staff", viewer->staff);
    bind_if_named(query, ":person", viewer->person_id);
    bind_if_named(query, ":clock", viewer->now);
    if (query->rc == RC_OK && sqlite3_bind_parameter_index(query->stmt, ":company") != 0)
        query_bind_id(query, ":company", viewer->company_id);
    bind_if_named(query, ":ticket_shows", 1);
    bind_if_named(query, ":thread_shows", 1);
    bind_if_named(query, ":message_shows", 1);
    bind_if_named(query, ":shared_shows", 1);
    for (int i = 0; viewer->rule && i < VISIBLE_PIECES; i++)
        query_bind_values(query, &viewer->rule->pieces[i].sql);
}

struct query query_begin_as(struct conn *conn, enum statement statement, const struct viewer *viewer)
{
    const char *text = viewer->rule ? viewer->rule->texts[statement] : NULL;
    struct query query =
        text ? query_begin_text(conn, statements[statement].name, text) : query_begin(conn, statement);
    bind_viewer(&query, viewer);
    return query;
}

struct query query_begin_sql_as(struct conn *conn, const char *name, const struct sql *sql,
                                const struct viewer *viewer)
{
    struct sql composed = *sql;
    composed.text = (char *)visible_compose(sql->arena, viewer->rule, sql->text);
    composed.failed = composed.failed || !composed.text;
    struct query query = query_begin_sql(conn, name, &composed);
    bind_viewer(&query, viewer);
    return query;
}

static bool all_bound(struct query *query)
{
    int count = sqlite3_bind_parameter_count(query->stmt);
    for (int index = 1; index <= count; index++) {
        if (is_bound(query, index))
            continue;
        fail(query, RC_INTERNAL, sqlite3_bind_parameter_name(query->stmt, index));
        return false;
    }
    return true;
}

bool query_step(struct query *query)
{
    if (query->rc != RC_OK || (!query->started && !all_bound(query)))
        return false;
    query->started = true;
    errno = 0;
    int code = sqlite3_step(query->stmt);
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        fail_sqlite(query, code);
    return code == SQLITE_ROW;
}

int64_t query_int(struct query *query, int column)
{
    return sqlite3_column_int64(query->stmt, column);
}

bool query_is_null(struct query *query, int column)
{
    return sqlite3_column_type(query->stmt, column) == SQLITE_NULL;
}

char *query_text(struct query *query, int column, struct arena *arena)
{
    const char *text = (const char *)sqlite3_column_text(query->stmt, column);
    if (!text) {
        if (!query_is_null(query, column))
            fail(query, RC_INTERNAL, "no memory");
        return NULL;
    }
    char *copy = arena_strndup(arena, text, (size_t)sqlite3_column_bytes(query->stmt, column));
    if (!copy)
        fail(query, RC_INTERNAL, "no memory");
    return copy;
}

const char *query_span(struct query *query, int column, size_t *len)
{
    const char *text = (const char *)sqlite3_column_text(query->stmt, column);
    *len = text ? (size_t)sqlite3_column_bytes(query->stmt, column) : 0;
    return text;
}

const void *query_blob(struct query *query, int column, size_t len)
{
    const void *bytes = sqlite3_column_blob(query->stmt, column);
    return (size_t)sqlite3_column_bytes(query->stmt, column) == len ? bytes : NULL;
}

size_t query_choice(struct query *query, int column, const char *const *words, size_t count)
{
    const char *text = (const char *)sqlite3_column_text(query->stmt, column);
    for (size_t i = 0; text && i < count; i++) {
        if (strcmp(text, words[i]) == 0)
            return i;
    }
    fail(query, RC_INTERNAL, "an unknown word");
    return 0;
}

enum rc query_end(struct query *query)
{
    if (query->stmt) {
        sqlite3_reset(query->stmt);
        sqlite3_clear_bindings(query->stmt);
        kept_give(&query->conn->kept, query->stmt);
    }
    /* Some errors end SQLite's transaction at once: nothing more may run as if it went on. */
    if (query->conn->writes && query->conn->rc == RC_OK)
        query->conn->rc = query->rc;
    return query->rc;
}

enum rc query_run(struct query *query, int64_t *changes)
{
    while (query_step(query))
        ;
    if (changes)
        *changes = query->rc == RC_OK ? sqlite3_changes64(query->conn->sqlite) : 0;
    return query_end(query);
}
