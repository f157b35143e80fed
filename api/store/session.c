#include "session.h"

#include "inside.h"
#include "viewing.h"
#include "viewing_inside.h"

enum rc session_create(struct store *store, const struct new_session *session, int64_t now)
{
    int64_t changes = 0;
    struct conn *conn = db_write(store->db);
    struct query query = query_begin(conn, SQL_SESSION_ADD);
    query_bind_blob(&query, ":hash", session->hash, SESSION_HASH_BYTES);
    query_bind_text(&query, ":id", session->id);
    query_bind_int(&query, ":person", session->person_id);
    query_bind_text(&query, ":way", session->way);
    query_bind_text(&query, ":agent", session->agent);
    query_bind_text(&query, ":place", session->place);
    query_bind_int(&query, ":remembered", session->remembered);
    query_bind_text(&query, ":provider", session->provider);
    query_bind_int(&query, ":now", now);
    query_bind_int(&query, ":expires_at", session->expires_at);
    enum rc rc = query_run(&query, &changes);
    if (rc == RC_OK && changes == 0)
        rc = RC_NOT_FOUND;
    if (rc == RC_OK)
        audit_add(conn, now, session->person_id, "session.begin", 0, session->way);
    return db_end(conn, rc);
}

static enum rc find(struct store *store, struct arena *arena, const unsigned char *hash,
                    struct session *session, int64_t *seen_at)
{
    struct conn *conn = db_read(store->db);
    struct query query = query_begin(conn, SQL_SESSION_FIND);
    query_bind_blob(&query, ":hash", hash, SESSION_HASH_BYTES);
    bool found = query_step(&query);
    if (found) {
        person_read(&query, arena, &session->person);
        *seen_at = query_int(&query, PERSON_COLUMN_COUNT);
        session->expires_at = query_int(&query, PERSON_COLUMN_COUNT + 1);
        session->remembered = query_int(&query, PERSON_COLUMN_COUNT + 2) != 0;
        session->id = query_text(&query, PERSON_COLUMN_COUNT + 3, arena);
        session->way = query_text(&query, PERSON_COLUMN_COUNT + 4, arena);
        session->provider = query_text(&query, PERSON_COLUMN_COUNT + 5, arena);
        session->viewing_id = query_int(&query, PERSON_COLUMN_COUNT + 6);
        session->viewing_until = query_int(&query, PERSON_COLUMN_COUNT + 7);
    }
    enum rc rc = query_end(&query);
    db_done(conn);
    return rc == RC_OK && !found ? RC_NOT_FOUND : rc;
}

/* A full disk must not sign anybody out: what could not be written down is still known in memory. */
static void write_seen(struct store *store, const unsigned char *hash, int64_t now)
{
    struct conn *conn = db_write(store->db);
    conn->quiet = true;
    struct query query = query_begin(conn, SQL_SESSION_SEEN);
    query_bind_blob(&query, ":hash", hash, SESSION_HASH_BYTES);
    query_bind_int(&query, ":now", now);
    db_end(conn, query_run(&query, NULL));
}

/* RC_NOT_FOUND: it has ended. */
static enum rc find_running(struct store *store, struct arena *arena, const unsigned char *hash, int64_t now,
                            struct session_idle idle, struct session *session, int64_t *seen_at,
                            int64_t *used_at)
{
    enum rc rc = find(store, arena, hash, session, seen_at);
    if (rc != RC_OK)
        return rc;
    int64_t recent = recent_get(store->recent, hash);
    *used_at = recent > *seen_at ? recent : *seen_at;
    int64_t idle_ms = session->remembered ? idle.remembered_ms : idle.usual_ms;
    if (now >= session->expires_at || now - *used_at > idle_ms)
        return RC_NOT_FOUND;
    return viewing_apply(store, arena, hash, now, session);
}

enum rc session_use(struct store *store, struct arena *arena, const unsigned char hash[SESSION_HASH_BYTES],
                    int64_t now, struct session_idle idle, struct session *session)
{
    int64_t seen_at = 0, used_at = 0;
    enum rc rc = find_running(store, arena, hash, now, idle, session, &seen_at, &used_at);
    if (rc != RC_OK)
        return rc;
    if (now > used_at)
        recent_set(store->recent, hash, now);
    if (now - seen_at >= SESSION_SEEN_MS)
        write_seen(store, hash, now);
    return RC_OK;
}

enum rc session_look(struct store *store, struct arena *arena, const unsigned char hash[SESSION_HASH_BYTES],
                     int64_t now, struct session_idle idle, struct session *session)
{
    int64_t seen_at = 0, used_at = 0;
    return find_running(store, arena, hash, now, idle, session, &seen_at, &used_at);
}

enum rc session_end(struct store *store, const unsigned char hash[SESSION_HASH_BYTES])
{
    int64_t person_id = 0, now = store_now();
    struct conn *conn = db_write(store->db);
    struct query query = query_begin(conn, SQL_SESSION_END);
    query_bind_blob(&query, ":hash", hash, SESSION_HASH_BYTES);
    enum rc rc = viewing_end_sessions(&query, now, &person_id);
    if (rc == RC_OK)
        audit_add(conn, now, person_id, "session.end", 0, NULL);
    return db_end(conn, rc);
}

static void sweep_before(struct conn *conn, enum statement statement, int64_t before)
{
    struct query query = query_begin(conn, statement);
    query_bind_int(&query, ":before", before);
    query_run(&query, NULL);
}

enum rc session_sweep(struct store *store, int64_t now, struct session_idle idle)
{
    const int64_t week = 7LL * 24 * 3600 * 1000, month = 30LL * 24 * 3600 * 1000;
    struct conn *conn = db_write(store->db);
    struct query query = query_begin(conn, SQL_SESSION_SWEEP);
    query_bind_int(&query, ":now", now);
    query_bind_int(&query, ":idle_since", now - idle.usual_ms - SESSION_SEEN_MS);
    query_bind_int(&query, ":remembered_since", now - idle.remembered_ms - SESSION_SEEN_MS);
    viewing_end_sessions(&query, now, NULL);
    sweep_before(conn, SQL_TOKEN_SWEEP, now - month);
    sweep_before(conn, SQL_DEVICE_SWEEP, now - 14 * month);
    sweep_before(conn, SQL_SIGN_UP_SWEEP, now - week);
    sweep_before(conn, SQL_SUBMISSION_SWEEP, now - month);
    return db_end(conn, RC_OK);
}
