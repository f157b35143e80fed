#include "inbound.h"

#include "inside.h"

#include <string.h>

#define DAY_MS INT64_C(86400000)

enum rc inbound_seen(struct store *store, const unsigned char key[INBOUND_KEY_BYTES])
{
    struct conn *conn = db_read(store->db);
    struct query query = query_begin(conn, SQL_INBOUND_SEEN);
    query_bind_blob(&query, ":key", key, INBOUND_KEY_BYTES);
    bool found = query_step(&query);
    enum rc rc = query_end(&query);
    db_done(conn);
    return rc == RC_OK && !found ? RC_NOT_FOUND : rc;
}

/* What is too old, and of what waits the oldest beyond the bound. */
static void make_room(struct conn *conn, int64_t now)
{
    struct query query = query_begin(conn, SQL_INBOUND_SWEEP);
    query_bind_int(&query, ":before", now - INBOUND_DAYS * DAY_MS);
    query_run(&query, NULL);
    query = query_begin(conn, SQL_INBOUND_CROWDED);
    query_bind_int(&query, ":most", INBOUND_WAITING_MAX);
    query_run(&query, NULL);
}

enum rc inbound_add(struct store *store, const struct inbound_row *row, const char *raw, size_t len)
{
    int64_t changes = 0;
    struct conn *conn = db_write(store->db);
    make_room(conn, row->received_at);
    struct query query = query_begin(conn, SQL_INBOUND_ADD);
    query_bind_blob(&query, ":key", row->key, sizeof row->key);
    query_bind_int(&query, ":now", row->received_at);
    query_bind_text(&query, ":state", row->state);
    query_bind_text(&query, ":reason", row->reason);
    query_bind_text(&query, ":sender", row->sender);
    query_bind_text(&query, ":subject", row->subject);
    query_bind_id(&query, ":person", row->person_id);
    query_bind_id(&query, ":number", row->number);
    query_bind_blob(&query, ":raw", raw, len);
    query_bind_blob(&query, ":words", row->words, row->words ? INBOUND_KEY_BYTES : 0);
    enum rc rc = query_run(&query, &changes);
    if (rc == RC_OK && changes > 0 && raw)
        audit_add(conn, row->received_at, 0, "mail.quarantine", 0, row->reason);
    return db_end(conn, rc == RC_OK && changes == 0 ? RC_CONFLICT : rc);
}

enum rc inbound_count(struct store *store, int64_t person_id, bool tickets, int64_t since, int64_t *count)
{
    struct conn *conn = db_read(store->db);
    struct query query = query_begin(conn, SQL_INBOUND_COUNT);
    query_bind_int(&query, ":person", person_id);
    query_bind_int(&query, ":tickets", tickets);
    query_bind_int(&query, ":since", since);
    *count = query_step(&query) ? query_int(&query, 0) : 0;
    enum rc rc = query_end(&query);
    db_done(conn);
    return rc;
}

enum rc inbound_alike(struct store *store, int64_t person_id, int64_t number, const unsigned char *words,
                      int64_t since, int64_t *count, int64_t *alike)
{
    struct conn *conn = db_read(store->db);
    struct query query = query_begin(conn, SQL_INBOUND_ALIKE);
    query_bind_int(&query, ":person", person_id);
    query_bind_int(&query, ":number", number);
    query_bind_blob(&query, ":words", words, words ? INBOUND_KEY_BYTES : 0);
    query_bind_int(&query, ":since", since);
    bool found = query_step(&query);
    *count = found ? query_int(&query, 0) : 0;
    *alike = found ? query_int(&query, 1) : 0;
    enum rc rc = query_end(&query);
    db_done(conn);
    return rc;
}

static void read_row(struct query *query, struct arena *arena, struct inbound_row *row)
{
    *row = (struct inbound_row){
        .id = query_int(query, 0),
        .received_at = query_int(query, 1),
        .state = query_text(query, 2, arena),
        .reason = query_text(query, 3, arena),
        .sender = query_text(query, 4, arena),
        .subject = query_text(query, 5, arena),
        .size = (size_t)query_int(query, 6),
    };
}

enum rc inbound_walk(struct store *store, struct arena *arena, inbound_visit *visit, void *context)
{
    struct inbound_row row;
    struct conn *conn = db_read(store->db);
    struct query query = query_begin(conn, SQL_INBOUND_LIST);
    for (bool more = true; more && query_step(&query);) {
        read_row(&query, arena, &row);
        more = query.rc == RC_OK && visit(context, &row);
    }
    enum rc rc = query_end(&query);
    db_done(conn);
    return rc;
}

enum rc inbound_get(struct store *store, struct arena *arena, int64_t id, struct inbound_row *row,
                    const char **raw, size_t *len)
{
    struct conn *conn = db_read(store->db);
    struct query query = query_begin(conn, SQL_INBOUND_GET);
    query_bind_int(&query, ":id", id);
    bool found = query_step(&query);
    if (found)
        read_row(&query, arena, row);
    if (found && raw) {
        const void *bytes = query_blob(&query, 7, row->size);
        char *copy = arena_alloc(arena, row->size + 1);
        if (!bytes || !copy)
            query_fail(&query, RC_INTERNAL);
        else
            memcpy(copy, bytes, row->size);
        *raw = copy;
        *len = row->size;
    }
    enum rc rc = query_end(&query);
    db_done(conn);
    return rc == RC_OK && !found ? RC_NOT_FOUND : rc;
}

enum rc inbound_decide(struct store *store, int64_t id, const char *state, int64_t person_id, int64_t number,
                       int64_t by, int64_t now)
{
    int64_t changes = 0;
    struct conn *conn = db_write(store->db);
    struct query query = query_begin(conn, SQL_INBOUND_DECIDE);
    query_bind_int(&query, ":id", id);
    query_bind_text(&query, ":state", state);
    query_bind_id(&query, ":person", person_id);
    query_bind_id(&query, ":number", number);
    enum rc rc = query_run(&query, &changes);
    if (rc == RC_OK && changes > 0)
        audit_add(conn, now, by, strcmp(state, "accepted") == 0 ? "mail.accept" : "mail.discard", number,
                  NULL);
    return db_end(conn, rc == RC_OK && changes == 0 ? RC_NOT_FOUND : rc);
}

enum rc outbox_bounced(struct store *store, int64_t id, const char *why, int64_t now)
{
    int64_t changes = 0;
    struct conn *conn = db_write(store->db);
    struct query query = query_begin(conn, SQL_OUTBOX_BOUNCED);
    query_bind_int(&query, ":id", id);
    query_bind_text(&query, ":why", why);
    query_bind_int(&query, ":now", now);
    enum rc rc = query_run(&query, &changes);
    return db_end(conn, rc == RC_OK && changes == 0 ? RC_NOT_FOUND : rc);
}
