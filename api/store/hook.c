#include "hook.h"

#include "inside.h"

#include <stdio.h>
#include <string.h>

#define DAY_MS INT64_C(86400000)

const char *const hook_kinds[] = {"ticket.created",
                                  "ticket.changed",
                                  "ticket.closed",
                                  "ticket.reopened",
                                  "ticket.rated",
                                  "message.added",
                                  "contact.created",
                                  "contact.changed",
                                  "contact.erased",
                                  HOOK_NOTE,
                                  NULL};

static void audit_of(struct conn *conn, const char *action, const char *what, int64_t id, int64_t now)
{
    char detail[40];
    snprintf(detail, sizeof detail, "%s %lld", what, (long long)id);
    audit_add(conn, now, 0, action, 0, detail);
}

static void audit_hook(struct conn *conn, const char *action, int64_t id, int64_t now)
{
    audit_of(conn, action, "webhook", id, now);
}

enum rc hook_add(struct store *store, const struct hook *hook, int64_t now, int64_t *id)
{
    int64_t changes = 0;
    struct conn *conn = db_write(store->db);
    struct query query = query_begin(conn, SQL_HOOK_ADD);
    query_bind_text(&query, ":url", hook->url);
    query_bind_blob(&query, ":secret", hook->secret, HOOK_SECRET_BYTES);
    query_bind_text(&query, ":events", hook->events);
    query_bind_int(&query, ":now", now);
    query_bind_int(&query, ":most", HOOK_MAX);
    enum rc rc = query_run(&query, &changes);
    *id = changes > 0 ? sqlite3_last_insert_rowid(conn->sqlite) : 0;
    if (*id)
        audit_hook(conn, "webhook.add", *id, now);
    return db_end(conn, rc == RC_OK && changes == 0 ? RC_FULL : rc);
}

enum rc hook_remove(struct store *store, int64_t id, int64_t now)
{
    int64_t changes = 0;
    struct conn *conn = db_write(store->db);
    struct query query = query_begin(conn, SQL_HOOK_REMOVE);
    query_bind_int(&query, ":id", id);
    enum rc rc = query_run(&query, &changes);
    if (changes > 0)
        audit_hook(conn, "webhook.remove", id, now);
    return db_end(conn, rc == RC_OK && changes == 0 ? RC_NOT_FOUND : rc);
}

enum rc hook_test(struct store *store, int64_t id, int64_t now, int64_t *delivery)
{
    int64_t changes = 0;
    struct conn *conn = db_write(store->db);
    conn->quiet = true;
    struct query query = query_begin(conn, SQL_HOOK_TEST);
    query_bind_int(&query, ":id", id);
    query_bind_text(&query, ":kind", HOOK_TEST);
    query_bind_int(&query, ":now", now);
    enum rc rc = query_run(&query, &changes);
    *delivery = changes > 0 ? sqlite3_last_insert_rowid(conn->sqlite) : 0;
    if (*delivery)
        audit_hook(conn, "webhook.test", id, now);
    return db_end(conn, rc == RC_OK && changes == 0 ? RC_NOT_FOUND : rc);
}

/* The columns that HOOK_LIST and HOOK_ALL have in common. */
static void read_hook(struct query *query, struct arena *arena, struct hook *hook)
{
    const void *secret = query_blob(query, 4, HOOK_SECRET_BYTES);
    *hook = (struct hook){
        .id = query_int(query, 0),
        .url = query_text(query, 1, arena),
        .events = query_text(query, 2, arena),
        .created_at = query_int(query, 3),
    };
    unsigned char *copy = secret ? arena_alloc(arena, HOOK_SECRET_BYTES) : NULL;
    if (copy)
        hook->secret = memcpy(copy, secret, HOOK_SECRET_BYTES);
    else
        query_fail(query, RC_INTERNAL);
}

enum rc hook_walk(struct store *store, struct arena *arena, hook_visit *each, void *context)
{
    bool more = true;
    struct hook hook;
    struct conn *conn = db_read(store->db);
    struct query query = query_begin(conn, SQL_HOOK_LIST);
    while (more && query_step(&query)) {
        read_hook(&query, arena, &hook);
        hook.secret = NULL; /* nobody is shown it again */
        hook.owed = query_int(&query, 5);
        hook.given_up = query_int(&query, 6);
        more = each(context, &hook);
    }
    enum rc rc = query_end(&query);
    db_done(conn);
    return rc;
}

enum rc hook_all(struct store *store, struct arena *arena, struct hook *hooks, size_t *count)
{
    struct conn *conn = db_read(store->db);
    struct query query = query_begin(conn, SQL_HOOK_ALL);
    query_bind_int(&query, ":limit", HOOK_MAX);
    for (*count = 0; query_step(&query); (*count)++)
        read_hook(&query, arena, &hooks[*count]);
    enum rc rc = query_end(&query);
    db_done(conn);
    return rc;
}

/* --- deliveries ------------------------------------------------------------------------------------------
 */

static void read_delivery(struct query *query, struct arena *arena, struct hook_delivery *delivery)
{
    *delivery = (struct hook_delivery){
        .id = query_int(query, 0),
        .hook_id = query_int(query, 1),
        .kind = query_text(query, 2, arena),
        .ticket = query_int(query, 3),
        .message_id = query_int(query, 4),
        .person_id = query_int(query, 5),
        .changed = query_text(query, 6, arena),
        .created_at = query_int(query, 7),
        .since_at = query_int(query, 8),
        .attempts = (int)query_int(query, 9),
        .due_at = query_int(query, 10),
        .tried_at = query_int(query, 11),
        .took_ms = query_int(query, 12),
        .status = (int)query_int(query, 13),
        .answer = query_text(query, 14, arena),
        .why = query_text(query, 15, arena),
        .ended_at = query_int(query, 16),
        .given_up = query_int(query, 17) != 0,
    };
}

enum rc hook_due(struct store *store, struct arena *arena, int64_t hook_id, int64_t now,
                 struct hook_delivery *deliveries, size_t *count)
{
    struct conn *conn = db_read(store->db);
    struct query query = query_begin(conn, SQL_HOOK_DUE);
    query_bind_int(&query, ":hook", hook_id);
    query_bind_int(&query, ":now", now);
    query_bind_int(&query, ":limit", (int64_t)*count);
    for (*count = 0; query_step(&query); (*count)++)
        read_delivery(&query, arena, &deliveries[*count]);
    enum rc rc = query_end(&query);
    db_done(conn);
    return rc;
}

static void let_next(struct conn *conn, int64_t id, int64_t now)
{
    struct query query = query_begin(conn, SQL_HOOK_NEXT);
    query_bind_int(&query, ":id", id);
    query_bind_int(&query, ":now", now);
    query_run(&query, NULL);
}

enum rc hook_note(struct store *store, int64_t id, const struct hook_tried *tried)
{
    int64_t changes = 0;
    int64_t next_at = tried->why ? tried->next_at : 0;
    struct conn *conn = db_write(store->db);
    conn->quiet = true;
    struct query query = query_begin(conn, SQL_HOOK_TRIED);
    query_bind_int(&query, ":id", id);
    query_bind_int(&query, ":at", tried->at);
    query_bind_int(&query, ":took", tried->took_ms);
    query_bind_id(&query, ":status", tried->status);
    query_bind_text(&query, ":answer", tried->answer);
    query_bind_text(&query, ":why", tried->why);
    query_bind_id(&query, ":next_at", next_at);
    enum rc rc = query_run(&query, &changes);
    if (next_at == 0)
        let_next(conn, id, tried->at);
    return db_end(conn, rc == RC_OK && changes == 0 ? RC_NOT_FOUND : rc);
}

enum rc hook_resend(struct store *store, int64_t id, int64_t now)
{
    int64_t changes = 0;
    struct conn *conn = db_write(store->db);
    conn->quiet = true;
    struct query query = query_begin(conn, SQL_HOOK_RESEND);
    query_bind_int(&query, ":id", id);
    query_bind_int(&query, ":now", now);
    enum rc rc = query_run(&query, &changes);
    if (changes > 0)
        audit_of(conn, "webhook.resend", "delivery", id, now);
    return db_end(conn, rc == RC_OK && changes == 0 ? RC_NOT_FOUND : rc);
}

enum rc hook_log(struct store *store, struct arena *arena, const struct hook_log_query *wanted,
                 hook_log_visit *each, void *context)
{
    bool more = true;
    struct hook_delivery delivery;
    struct conn *conn = db_read(store->db);
    struct query query = query_begin(conn, SQL_HOOK_LOG);
    query_bind_id(&query, ":hook", wanted->hook_id);
    query_bind_int(&query, ":given_up", wanted->given_up);
    query_bind_int(&query, ":limit", wanted->limit);
    while (more && query_step(&query)) {
        read_delivery(&query, arena, &delivery);
        more = each(context, &delivery);
    }
    enum rc rc = query_end(&query);
    db_done(conn);
    return rc;
}

static void sweep_many(struct conn *conn, int64_t hook_id)
{
    struct query query = query_begin(conn, SQL_HOOK_SWEEP_MANY);
    query_bind_int(&query, ":hook", hook_id);
    query_bind_int(&query, ":most", HOOK_KEPT_MAX);
    query_run(&query, NULL);
}

enum rc hook_sweep(struct store *store, int64_t now)
{
    size_t count = 0;
    struct hook hooks[HOOK_MAX];
    struct arena *arena = arena_new(256 * 1024);
    enum rc rc = arena ? hook_all(store, arena, hooks, &count) : RC_INTERNAL;
    if (rc == RC_OK && count > 0) {
        struct conn *conn = db_write(store->db);
        conn->quiet = true;
        struct query query = query_begin(conn, SQL_HOOK_SWEEP_OLD);
        query_bind_int(&query, ":before", now - HOOK_KEPT_DAYS * DAY_MS);
        query_run(&query, NULL);
        for (size_t i = 0; i < count; i++)
            sweep_many(conn, hooks[i].id);
        rc = db_end(conn, RC_OK);
    }
    arena_free(arena);
    return rc;
}

/* --- what is said ----------------------------------------------------------------------------------------
 */

enum rc hook_person(struct store *store, struct arena *arena, int64_t id, struct hook_person *person)
{
    struct conn *conn = db_read(store->db);
    struct query query = query_begin(conn, SQL_HOOK_PERSON);
    query_bind_int(&query, ":id", id);
    bool found = query_step(&query);
    if (found)
        *person = (struct hook_person){
            .id = id,
            .role = query_text(&query, 0, arena),
            .email = query_text(&query, 1, arena),
            .first_name = query_text(&query, 2, arena),
            .last_name = query_text(&query, 3, arena),
            .locale = query_text(&query, 4, arena),
            .company = query_text(&query, 5, arena),
            .properties = query_text(&query, 6, arena),
            .manager = query_int(&query, 7) != 0,
            .disabled = query_int(&query, 8) != 0,
            .erased = query_int(&query, 9) != 0,
        };
    enum rc rc = query_end(&query);
    db_done(conn);
    return rc == RC_OK && !found ? RC_NOT_FOUND : rc;
}

enum rc hook_rating(struct store *store, struct arena *arena, int64_t number, const char **score,
                    const char **comment)
{
    struct conn *conn = db_read(store->db);
    struct query query = query_begin(conn, SQL_HOOK_RATING);
    query_bind_int(&query, ":number", number);
    bool found = query_step(&query);
    if (found) {
        *score = query_text(&query, 0, arena);
        *comment = query_text(&query, 1, arena);
    }
    enum rc rc = query_end(&query);
    db_done(conn);
    return rc == RC_OK && !found ? RC_NOT_FOUND : rc;
}
