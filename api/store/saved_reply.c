#include "saved_reply.h"

#include "inside.h"

#include <stdio.h>

/* --- reading ---------------------------------------------------------------------------------------------
 */

static void read_row(struct query *query, struct arena *arena, struct saved_reply *reply)
{
    *reply = (struct saved_reply){
        .id = query_int(query, 0),
        .version = query_int(query, 1),
        .title = query_text(query, 2, arena),
        .body = query_text(query, 3, arena),
        .locale = query_text(query, 4, arena),
        .inbox = query_text(query, 5, arena),
        .first_name = query_text(query, 6, arena),
        .last_name = query_text(query, 7, arena),
        .changed_at = query_int(query, 8),
    };
}

enum rc saved_reply_walk(struct store *store, struct arena *arena, const struct saved_reply_query *wanted,
                         saved_reply_visit *visit, void *context)
{
    struct saved_reply reply;
    struct conn *conn = db_read(store->db);
    struct query query = query_begin(conn, SQL_SAVED_REPLY_LIST);
    query_bind_text(&query, ":locale", wanted->locale);
    query_bind_text(&query, ":inbox", wanted->inbox);
    query_bind_int(&query, ":start", SAVED_REPLY_START);
    while (query_step(&query)) {
        read_row(&query, arena, &reply);
        visit(context, &reply);
    }
    enum rc rc = query_end(&query);
    db_done(conn);
    return rc;
}

enum rc saved_reply_get(struct store *store, struct arena *arena, int64_t id, struct saved_reply *reply)
{
    struct conn *conn = db_read(store->db);
    struct query query = query_begin(conn, SQL_SAVED_REPLY_GET);
    query_bind_int(&query, ":id", id);
    bool found = query_step(&query);
    if (found)
        read_row(&query, arena, reply);
    enum rc rc = query_end(&query);
    db_done(conn);
    return rc == RC_OK && !found ? RC_NOT_FOUND : rc;
}

/* --- writing ---------------------------------------------------------------------------------------------
 */

static void audit_reply(struct conn *conn, const char *action, int64_t id, int64_t person_id, int64_t now)
{
    char detail[40];
    snprintf(detail, sizeof detail, "saved reply %lld", (long long)id);
    audit_add(conn, now, person_id, action, 0, detail);
}

/* No ticket and no list shows it, so what is remembered of them stays. */
static struct conn *begin(struct store *store)
{
    struct conn *conn = db_write(store->db);
    conn->quiet = true;
    return conn;
}

static void bind_reply(struct query *query, const struct saved_reply *reply)
{
    query_bind_text(query, ":title", reply->title);
    query_bind_text(query, ":locale", reply->locale);
    query_bind_text(query, ":inbox", reply->inbox);
}

/* May it be written under this title, beside all others? */
static enum rc check(struct conn *conn, const struct saved_reply *reply)
{
    struct query query = query_begin(conn, SQL_SAVED_REPLY_ROOM);
    bind_reply(&query, reply);
    query_bind_int(&query, ":id", reply->id);
    bool found = query_step(&query);
    bool taken = found && query_int(&query, 0) != 0;
    int64_t others = found ? query_int(&query, 1) : 0;
    enum rc rc = query_end(&query);
    if (rc != RC_OK)
        return rc;
    return taken ? RC_BAD_INPUT : others >= SAVED_REPLIES_MAX ? RC_DENIED : RC_OK;
}

static enum rc check_version(struct conn *conn, int64_t id, int64_t version)
{
    struct query query = query_begin(conn, SQL_SAVED_REPLY_VERSION);
    query_bind_int(&query, ":id", id);
    bool found = query_step(&query);
    bool same = found && query_int(&query, 0) == version;
    enum rc rc = query_end(&query);
    return rc != RC_OK ? rc : !found ? RC_NOT_FOUND : same ? RC_OK : RC_CONFLICT;
}

static enum rc write(struct conn *conn, enum statement statement, const struct saved_reply *reply,
                     int64_t person_id, int64_t now)
{
    struct query query = query_begin(conn, statement);
    bind_reply(&query, reply);
    if (statement == SQL_SAVED_REPLY_CHANGE)
        query_bind_int(&query, ":id", reply->id);
    query_bind_text(&query, ":body", reply->body);
    query_bind_int(&query, ":person", person_id);
    query_bind_int(&query, ":now", now);
    return query_run(&query, NULL);
}

enum rc saved_reply_add(struct store *store, const struct saved_reply *reply, int64_t person_id, int64_t now,
                        int64_t *id)
{
    struct conn *conn = begin(store);
    enum rc rc = check(conn, reply);
    if (rc == RC_OK)
        rc = write(conn, SQL_SAVED_REPLY_ADD, reply, person_id, now);
    *id = rc == RC_OK ? sqlite3_last_insert_rowid(conn->sqlite) : 0;
    if (*id)
        audit_reply(conn, "saved_reply.add", *id, person_id, now);
    return db_end(conn, rc);
}

enum rc saved_reply_change(struct store *store, const struct saved_reply *reply, int64_t person_id,
                           int64_t now)
{
    struct conn *conn = begin(store);
    enum rc rc = check_version(conn, reply->id, reply->version);
    if (rc == RC_OK)
        rc = check(conn, reply);
    if (rc == RC_OK)
        rc = write(conn, SQL_SAVED_REPLY_CHANGE, reply, person_id, now);
    if (rc == RC_OK)
        audit_reply(conn, "saved_reply.change", reply->id, person_id, now);
    return db_end(conn, rc);
}

enum rc saved_reply_remove(struct store *store, int64_t id, int64_t version, int64_t person_id, int64_t now)
{
    struct conn *conn = begin(store);
    enum rc rc = check_version(conn, id, version);
    if (rc == RC_OK) {
        struct query query = query_begin(conn, SQL_SAVED_REPLY_REMOVE);
        query_bind_int(&query, ":id", id);
        query_run(&query, NULL);
        audit_reply(conn, "saved_reply.remove", id, person_id, now);
    }
    return db_end(conn, rc);
}
