/* The outbox for those who look after it: what waits and why, what was given up, and sending that after all.
 */
#include "inside.h"

#include <stdio.h>
#include <string.h>

/* --- what keeps all mail ---------------------------------------------------------------------------------
 */

void outbox_hold(struct store *store, const char *why, int64_t now)
{
    struct outbox_hold *hold = &store->hold;
    pthread_mutex_lock(&hold->lock);
    if (!why)
        hold->since = 0;
    else if (hold->since == 0)
        hold->since = now;
    snprintf(hold->why, sizeof hold->why, "%s", why ? why : "");
    pthread_mutex_unlock(&hold->lock);
}

int64_t outbox_held(struct store *store, struct arena *arena, const char **why)
{
    struct outbox_hold *hold = &store->hold;
    pthread_mutex_lock(&hold->lock);
    int64_t since = hold->since;
    *why = since ? arena_strndup(arena, hold->why, strlen(hold->why)) : NULL;
    pthread_mutex_unlock(&hold->lock);
    return since;
}

/* --- the list --------------------------------------------------------------------------------------------
 */

enum rc outbox_count(struct store *store, struct outbox_counts *counts)
{
    struct conn *conn = db_read(store->db);
    struct query query = query_begin(conn, SQL_OUTBOX_COUNT);
    bool found = query_step(&query);
    *counts = (struct outbox_counts){0};
    if (found)
        *counts = (struct outbox_counts){query_int(&query, 0), query_int(&query, 1), query_int(&query, 2)};
    enum rc rc = query_end(&query);
    db_done(conn);
    return rc;
}

static enum outbox_waits waits_for(const struct outbox_entry *entry, bool shut_out, bool held, int64_t now)
{
    if (entry->failed_at)
        return OUTBOX_GIVEN_UP;
    if (shut_out)
        return OUTBOX_WAITS_PERSON;
    if (entry->due_at > now)
        return entry->attempts > 0 ? OUTBOX_WAITS_RETRY : OUTBOX_WAITS_TIME;
    return held ? OUTBOX_WAITS_SERVER : OUTBOX_WAITS_TURN;
}

static void read_entry(struct query *query, struct arena *arena, struct outbox_entry *entry)
{
    *entry = (struct outbox_entry){
        .id = query_int(query, 0),
        .kind = query_text(query, 1, arena),
        .address = query_text(query, 2, arena),
        .number = query_int(query, 3),
        .created_at = query_int(query, 4),
        .due_at = query_int(query, 5),
        .attempts = (int)query_int(query, 6),
        .why = query_text(query, 7, arena),
        .failed_at = query_int(query, 8),
        .inbox = query_text(query, 10, arena),
    };
}

enum rc outbox_walk(struct store *store, struct arena *arena, const struct outbox_wanted *wanted,
                    outbox_visit *each, void *context)
{
    const char *held;
    struct outbox_entry entry;
    bool is_held = outbox_held(store, arena, &held) != 0;
    struct conn *conn = db_read(store->db);
    struct query query = query_begin(conn, SQL_OUTBOX_LIST);
    query_bind_int(&query, ":waiting", wanted->waiting);
    query_bind_int(&query, ":failed", wanted->failed);
    query_bind_int(&query, ":after", wanted->after);
    query_bind_int(&query, ":limit", wanted->limit);
    for (bool more = true; more && query_step(&query);) {
        read_entry(&query, arena, &entry);
        entry.waits = waits_for(&entry, query_int(&query, 9) != 0, is_held, wanted->now);
        if (entry.waits == OUTBOX_WAITS_SERVER)
            entry.why = held;
        more = query.rc == RC_OK && each(context, &entry);
    }
    enum rc rc = query_end(&query);
    db_done(conn);
    return rc;
}

const char *outbox_waits_word(enum outbox_waits waits)
{
    static const char *const names[] = {
        [OUTBOX_GIVEN_UP] = NULL,       [OUTBOX_WAITS_TURN] = "turn",     [OUTBOX_WAITS_TIME] = "time",
        [OUTBOX_WAITS_RETRY] = "retry", [OUTBOX_WAITS_SERVER] = "server", [OUTBOX_WAITS_PERSON] = "person",
    };
    return names[waits];
}

/* What went out within it had no mail of its own that could be sent once more. */
static void resend_with(struct conn *conn, int64_t id, int64_t now)
{
    struct query query = query_begin(conn, SQL_OUTBOX_RESEND_WITH);
    query_bind_int(&query, ":id", id);
    query_bind_int(&query, ":now", now);
    query_run(&query, NULL);
}

enum rc outbox_resend(struct store *store, int64_t id, int64_t by, int64_t now)
{
    int64_t changes = 0;
    char detail[32];
    struct conn *conn = db_write(store->db);
    struct query query = query_begin(conn, SQL_OUTBOX_RESEND);
    query_bind_int(&query, ":id", id);
    query_bind_int(&query, ":now", now);
    enum rc rc = query_run(&query, &changes);
    snprintf(detail, sizeof detail, "mail %lld", (long long)id);
    if (rc == RC_OK && changes == 0)
        rc = RC_NOT_FOUND;
    if (rc == RC_OK) {
        resend_with(conn, id, now);
        audit_add(conn, now, by, "mail.resend", 0, detail);
    }
    return db_end(conn, rc);
}
