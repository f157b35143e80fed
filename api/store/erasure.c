#include "erasure.h"

#include "inside.h"

#include <stdio.h>
#include <string.h>

static void read_row(struct query *query, struct arena *arena, struct erasure *erasure)
{
    *erasure = (struct erasure){
        .id = query_int(query, 0),
        .person_id = query_int(query, 1),
        .email = query_text(query, 2, arena),
        .first_name = query_text(query, 3, arena),
        .last_name = query_text(query, 4, arena),
        .company = query_text(query, 5, arena),
        .asked_at = query_int(query, 6),
        .due_at = query_int(query, 7),
        .approved_at = query_int(query, 8),
        .approver_first_name = query_text(query, 9, arena),
        .approver_last_name = query_text(query, 10, arena),
        .begun_at = query_int(query, 11),
        .ended_at = query_int(query, 12),
        .outcome = query_text(query, 13, arena),
        .reason = query_text(query, 14, arena),
    };
}

static enum rc find(struct conn *conn, enum statement statement, const char *name, int64_t id,
                    struct arena *arena, struct erasure *erasure)
{
    struct query query = query_begin(conn, statement);
    query_bind_int(&query, name, id);
    bool found = query_step(&query);
    if (found)
        read_row(&query, arena, erasure);
    enum rc rc = query_end(&query);
    return rc == RC_OK && !found ? RC_NOT_FOUND : rc;
}

static enum rc find_last(struct conn *conn, struct arena *arena, int64_t person_id, struct erasure *erasure)
{
    return find(conn, SQL_ERASURE_LAST, ":person", person_id, arena, erasure);
}

enum rc erasure_last(struct store *store, struct arena *arena, int64_t person_id, struct erasure *erasure)
{
    struct conn *conn = db_read(store->db);
    enum rc rc = find_last(conn, arena, person_id, erasure);
    db_done(conn);
    return rc;
}

enum rc erasure_walk(struct store *store, struct arena *arena, int64_t after, int64_t limit,
                     bool (*each)(void *context, const struct erasure *erasure), void *context)
{
    struct erasure erasure;
    struct conn *conn = db_read(store->db);
    struct query query = query_begin(conn, SQL_ERASURE_LIST);
    query_bind_int(&query, ":after", after);
    query_bind_int(&query, ":limit", limit);
    for (bool more = true; more && query_step(&query);) {
        read_row(&query, arena, &erasure);
        more = query.rc == RC_OK && each(context, &erasure);
    }
    enum rc rc = query_end(&query);
    db_done(conn);
    return rc;
}

enum rc erasure_measure(struct store *store, int64_t id, struct erasure_extent *extent)
{
    struct conn *conn = db_read(store->db);
    struct query query = query_begin(conn, SQL_ERASE_EXTENT);
    query_bind_int(&query, ":id", id);
    bool found = query_step(&query);
    if (found)
        *extent = (struct erasure_extent){query_int(&query, 0), query_int(&query, 1), query_int(&query, 2)};
    enum rc rc = query_end(&query);
    db_done(conn);
    return rc == RC_OK && !found ? RC_NOT_FOUND : rc;
}

/* --- steps -----------------------------------------------------------------------------------------------
 */

/* In the log it concerns a person by number, whoever does it. */
static void write_down(struct conn *conn, const char *action, int64_t by, int64_t person_id, int64_t now)
{
    char detail[32];
    snprintf(detail, sizeof detail, "person %lld", (long long)person_id);
    if (by == person_id || by == 0)
        audit_add(conn, now, person_id, action, 0, NULL);
    else
        audit_add(conn, now, by, action, 0, detail);
}

enum rc erasure_ask(struct store *store, int64_t person_id, int64_t due_at, int64_t now)
{
    int64_t changes = 0;
    struct erasure last = {0};
    struct arena *arena = arena_new(64 * 1024);
    if (!arena)
        return RC_INTERNAL;
    struct conn *conn = db_write(store->db);
    struct query query = query_begin(conn, SQL_ERASURE_ASK);
    query_bind_int(&query, ":person", person_id);
    query_bind_int(&query, ":due", due_at);
    query_bind_int(&query, ":now", now);
    enum rc rc = query_run(&query, &changes);
    if (rc == RC_OK && changes == 0) {
        rc = find_last(conn, arena, person_id, &last);
        rc = rc == RC_OK && last.ended_at == 0 ? RC_CONFLICT : RC_DENIED;
    } else if (rc == RC_OK) {
        outbox_add(conn, OUTBOX_ERASURE_ASKED, person_id, 0, 0, now);
        write_down(conn, "erasure.ask", person_id, person_id, now);
    }
    arena_free(arena);
    return db_end(conn, rc);
}

/* RC_NOT_FOUND: it has ended before. RC_CONFLICT: it has begun. */
static enum rc end(struct conn *conn, const struct erasure *erasure, const char *outcome, const char *reason,
                   int64_t now)
{
    int64_t changes = 0;
    if (erasure->ended_at)
        return RC_NOT_FOUND;
    struct query query = query_begin(conn, SQL_ERASURE_END);
    query_bind_int(&query, ":id", erasure->id);
    query_bind_text(&query, ":outcome", outcome);
    query_bind_text(&query, ":reason", reason);
    query_bind_int(&query, ":now", now);
    enum rc rc = query_run(&query, &changes);
    return rc == RC_OK && changes == 0 ? RC_CONFLICT : rc;
}

enum rc erasure_withdraw(struct store *store, int64_t person_id, int64_t now)
{
    struct erasure erasure;
    struct arena *arena = arena_new(64 * 1024);
    if (!arena)
        return RC_INTERNAL;
    struct conn *conn = db_write(store->db);
    enum rc rc = find_last(conn, arena, person_id, &erasure);
    if (rc == RC_OK)
        rc = end(conn, &erasure, "withdrawn", NULL, now);
    if (rc == RC_OK) {
        outbox_add(conn, OUTBOX_ERASURE_WITHDRAWN, person_id, 0, 0, now);
        write_down(conn, "erasure.withdraw", person_id, person_id, now);
    }
    arena_free(arena);
    return db_end(conn, rc);
}

static enum rc approve(struct conn *conn, const struct erasure *erasure, int64_t by, int64_t now)
{
    int64_t changes = 0;
    if (erasure->ended_at)
        return RC_NOT_FOUND;
    struct query query = query_begin(conn, SQL_ERASURE_APPROVE);
    query_bind_int(&query, ":id", erasure->id);
    query_bind_id(&query, ":by", by);
    query_bind_int(&query, ":now", now);
    enum rc rc = query_run(&query, &changes);
    if (rc == RC_OK && changes > 0)
        write_down(conn, "erasure.approve", by, erasure->person_id, now);
    return rc;
}

enum rc erasure_approve(struct store *store, int64_t id, int64_t by, int64_t now)
{
    struct erasure erasure;
    struct arena *arena = arena_new(64 * 1024);
    if (!arena)
        return RC_INTERNAL;
    struct conn *conn = db_write(store->db);
    enum rc rc = find(conn, SQL_ERASURE_GET, ":id", id, arena, &erasure);
    if (rc == RC_OK)
        rc = approve(conn, &erasure, by, now);
    arena_free(arena);
    return db_end(conn, rc);
}

enum rc erasure_decline(struct store *store, int64_t id, int64_t by, const char *reason, int64_t now)
{
    struct erasure erasure;
    struct arena *arena = arena_new(64 * 1024);
    if (!arena)
        return RC_INTERNAL;
    struct conn *conn = db_write(store->db);
    enum rc rc = find(conn, SQL_ERASURE_GET, ":id", id, arena, &erasure);
    if (rc == RC_OK)
        rc = end(conn, &erasure, "declined", reason, now);
    if (rc == RC_OK) {
        outbox_add_to(conn, OUTBOX_ERASURE_DECLINED, erasure.person_id, NULL, reason, now);
        write_down(conn, "erasure.decline", by, erasure.person_id, now);
    }
    arena_free(arena);
    return db_end(conn, rc);
}
