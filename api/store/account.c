#include "account.h"

#include "inside.h"
#include "viewing_inside.h"

#define MINUTE_MS INT64_C(60000)

/* --- sign-ins --------------------------------------------------------------------------------------------
 */

static void read_session(struct query *query, struct arena *arena, struct account_session *session)
{
    *session = (struct account_session){
        .id = query_text(query, 0, arena),
        .way = query_text(query, 1, arena),
        .agent = query_text(query, 2, arena),
        .place = query_text(query, 3, arena),
        .remembered = query_int(query, 4) != 0,
        .created_at = query_int(query, 5),
        .seen_at = query_int(query, 6),
    };
}

enum rc account_sessions(struct store *store, struct arena *arena, int64_t person_id, int64_t now,
                         struct session_idle idle, struct account_session **sessions, size_t *count)
{
    *count = 0;
    *sessions = arena_alloc(arena, ACCOUNT_SESSIONS_MAX * sizeof **sessions);
    if (!*sessions)
        return RC_INTERNAL;
    struct conn *conn = db_read(store->db);
    struct query query = query_begin(conn, SQL_ACCOUNT_SESSIONS);
    query_bind_int(&query, ":person", person_id);
    query_bind_int(&query, ":now", now);
    query_bind_int(&query, ":idle_since", now - idle.usual_ms - SESSION_SEEN_MS);
    query_bind_int(&query, ":remembered_since", now - idle.remembered_ms - SESSION_SEEN_MS);
    query_bind_int(&query, ":limit", ACCOUNT_SESSIONS_MAX);
    while (query_step(&query))
        read_session(&query, arena, &(*sessions)[(*count)++]);
    enum rc rc = query_end(&query);
    db_done(conn);
    return rc;
}

enum rc account_end_session(struct store *store, int64_t person_id, const char *id, int64_t now)
{
    struct conn *conn = db_write(store->db);
    struct query query = query_begin(conn, SQL_ACCOUNT_END_SESSION);
    query_bind_int(&query, ":person", person_id);
    query_bind_text(&query, ":id", id);
    enum rc rc = viewing_end_sessions(&query, now, NULL);
    if (rc == RC_OK)
        audit_add(conn, now, person_id, "session.end", 0, "one");
    return db_end(conn, rc);
}

enum rc account_end_sessions(struct store *store, int64_t person_id, int64_t now)
{
    struct conn *conn = db_write(store->db);
    person_end_sessions(conn, person_id, now);
    audit_add(conn, now, person_id, "session.end", 0, "all");
    return db_end(conn, RC_OK);
}

/* --- details and password --------------------------------------------------------------------------------
 */

enum rc account_read(struct store *store, struct arena *arena, int64_t person_id, int64_t now,
                     struct account *account)
{
    struct conn *conn = db_read(store->db);
    struct query query = query_begin(conn, SQL_ACCOUNT_READ);
    query_bind_int(&query, ":person", person_id);
    query_bind_int(&query, ":since", now - ACCOUNT_ADDRESS_MINUTES * MINUTE_MS);
    bool found = query_step(&query);
    if (found) {
        account->has_password = query_int(&query, 0) != 0;
        account->wanted_address = query_text(&query, 1, arena);
    }
    enum rc rc = query_end(&query);
    db_done(conn);
    return rc == RC_OK && !found ? RC_NOT_FOUND : rc;
}

enum rc account_set_details(struct store *store, const struct person *person, int64_t now)
{
    struct conn *conn = db_write(store->db);
    struct query query = query_begin(conn, SQL_ACCOUNT_DETAILS);
    query_bind_int(&query, ":person", person->id);
    query_bind_text(&query, ":first_name", person->first_name);
    query_bind_text(&query, ":last_name", person->last_name);
    query_bind_text(&query, ":locale", person->locale);
    enum rc rc = query_run(&query, NULL);
    audit_add(conn, now, person->id, "account.details", 0, NULL);
    return db_end(conn, rc);
}

static bool has_password(struct conn *conn, int64_t person_id, const char *hash)
{
    struct query query = query_begin(conn, SQL_ACCOUNT_HAS_PASSWORD);
    query_bind_int(&query, ":person", person_id);
    query_bind_text(&query, ":password", hash);
    bool found = query_step(&query);
    return query_end(&query) == RC_OK && found;
}

enum rc account_set_password(struct store *store, int64_t person_id, const char *old, const char *hash,
                             int64_t now)
{
    struct conn *conn = db_write(store->db);
    if (!has_password(conn, person_id, old) || !person_replace_password(conn, person_id, hash, now))
        return db_end(conn, conn->rc == RC_OK ? RC_CONFLICT : conn->rc);
    outbox_add(conn, OUTBOX_PASSWORD_CHANGED, person_id, 0, 0, now);
    audit_add(conn, now, person_id, "password.change", 0, NULL);
    return db_end(conn, RC_OK);
}

/* --- devices ---------------------------------------------------------------------------------------------
 */

static int64_t device_count(struct conn *conn, int64_t person_id, const unsigned char *hash, bool *known)
{
    struct query query = query_begin(conn, SQL_DEVICE_COUNT);
    query_bind_int(&query, ":person", person_id);
    query_bind_blob(&query, ":hash", hash, SESSION_HASH_BYTES);
    int64_t count = query_step(&query) ? query_int(&query, 0) : 0;
    *known = count > 0 && query_int(&query, 1) > 0;
    query_end(&query);
    return count;
}

enum rc account_see_device(struct store *store, int64_t person_id,
                           const unsigned char hash[SESSION_HASH_BYTES], const char *words, int64_t now)
{
    bool known = false;
    struct conn *conn = db_write(store->db);
    if (device_count(conn, person_id, hash, &known) > 0 && !known)
        outbox_add_to(conn, OUTBOX_NEW_SIGN_IN, person_id, NULL, words, now);
    struct query query = query_begin(conn, SQL_DEVICE_SEEN);
    query_bind_int(&query, ":person", person_id);
    query_bind_blob(&query, ":hash", hash, SESSION_HASH_BYTES);
    query_bind_int(&query, ":now", now);
    return db_end(conn, query_run(&query, NULL));
}
