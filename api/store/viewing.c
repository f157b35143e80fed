#include "viewing.h"

#include "inside.h"
#include "viewing_inside.h"

#include <stdio.h>

void viewing_write_down(struct conn *conn, const char *action, int64_t own_id, int64_t contact_id,
                        int64_t now)
{
    char detail[32];
    snprintf(detail, sizeof detail, "person %lld", (long long)contact_id);
    audit_add(conn, now, own_id, action, 0, detail);
}

enum rc viewing_end_sessions(struct query *taking, int64_t now, int64_t *person_id)
{
    bool any = false;
    while (query_step(taking)) {
        int64_t own_id = query_int(taking, 0), contact_id = query_int(taking, 1);
        any = true;
        if (person_id)
            *person_id = own_id;
        if (contact_id)
            viewing_write_down(taking->conn, "view.end", own_id, contact_id, now);
    }
    enum rc rc = query_end(taking);
    return rc == RC_OK && !any ? RC_NOT_FOUND : rc;
}

enum rc viewing_begin(struct store *store, const unsigned char hash[SESSION_HASH_BYTES],
                      const struct session *session, int64_t contact_id, int64_t now)
{
    int64_t changes = 0, until = now + VIEWING_MS;
    struct conn *conn = db_write(store->db);
    conn->quiet = true;
    struct query query = query_begin(conn, SQL_VIEWING_BEGIN);
    query_bind_blob(&query, ":hash", hash, SESSION_HASH_BYTES);
    query_bind_int(&query, ":person", contact_id);
    query_bind_int(&query, ":until", until < session->expires_at ? until : session->expires_at);
    enum rc rc = query_run(&query, &changes);
    if (rc == RC_OK && changes == 0)
        rc = RC_NOT_FOUND;
    if (rc == RC_OK)
        viewing_write_down(conn, "view.begin", session->own_id, contact_id, now);
    return db_end(conn, rc);
}

enum rc viewing_end(struct store *store, const unsigned char hash[SESSION_HASH_BYTES], int64_t now)
{
    int64_t own_id = 0, contact_id = 0;
    struct conn *conn = db_write(store->db);
    conn->quiet = true;
    struct query query = query_begin(conn, SQL_VIEWING_OF);
    query_bind_blob(&query, ":hash", hash, SESSION_HASH_BYTES);
    if (query_step(&query)) {
        own_id = query_int(&query, 0);
        contact_id = query_int(&query, 1);
    }
    enum rc rc = query_end(&query);
    if (rc != RC_OK || own_id == 0)
        return db_end(conn, rc == RC_OK ? RC_NOT_FOUND : rc);
    query = query_begin(conn, SQL_VIEWING_END);
    query_bind_blob(&query, ":hash", hash, SESSION_HASH_BYTES);
    rc = query_run(&query, NULL);
    if (rc == RC_OK)
        viewing_write_down(conn, "view.end", own_id, contact_id, now);
    return db_end(conn, rc);
}

enum rc viewing_apply(struct store *store, struct arena *arena, const unsigned char hash[SESSION_HASH_BYTES],
                      int64_t now, struct session *session)
{
    struct person contact;
    session->own_id = session->person.id;
    if (session->viewing_id == 0)
        return RC_OK;
    bool lasts = now < session->viewing_until && session->person.role != ROLE_CONTACT;
    enum rc rc = lasts ? person_by_id(store, arena, session->viewing_id, &contact) : RC_NOT_FOUND;
    if (rc == RC_OK && contact.role == ROLE_CONTACT) {
        session->person = contact;
        return RC_OK;
    }
    session->viewing_id = session->viewing_until = 0;
    if (rc == RC_OK || rc == RC_NOT_FOUND)
        rc = viewing_end(store, hash, now);
    return rc == RC_NOT_FOUND || rc == RC_FULL ? RC_OK : rc;
}
