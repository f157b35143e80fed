#include "token.h"

#include "inside.h"

#include <string.h>

void token_expire_all(struct conn *conn, int64_t person_id, const char *purpose, int64_t now)
{
    struct query query = query_begin(conn, SQL_TOKEN_EXPIRE_ALL);
    query_bind_int(&query, ":person", person_id);
    query_bind_text(&query, ":purpose", purpose);
    query_bind_int(&query, ":now", now);
    query_run(&query, NULL);
}

enum rc token_create(struct store *store, const unsigned char hash[TOKEN_HASH_BYTES], int64_t person_id,
                     const char *purpose, int64_t now, int64_t expires_at)
{
    int64_t changes = 0;
    struct conn *conn = db_write(store->db);
    if (strcmp(purpose, "sign_in") != 0)
        token_expire_all(conn, person_id, purpose, now);
    struct query query = query_begin(conn, SQL_TOKEN_ADD);
    query_bind_blob(&query, ":hash", hash, TOKEN_HASH_BYTES);
    query_bind_int(&query, ":person", person_id);
    query_bind_text(&query, ":purpose", purpose);
    query_bind_int(&query, ":now", now);
    query_bind_int(&query, ":expires_at", expires_at);
    enum rc rc = query_run(&query, &changes);
    return db_end(conn, rc == RC_OK && changes == 0 ? RC_NOT_FOUND : rc);
}

static enum rc look(struct conn *conn, const unsigned char *hash, const char *purpose, int64_t now,
                    enum token_state *state, int64_t *person_id)
{
    *state = TOKEN_UNKNOWN;
    struct query query = query_begin(conn, SQL_TOKEN_FIND);
    query_bind_blob(&query, ":hash", hash, TOKEN_HASH_BYTES);
    query_bind_text(&query, ":purpose", purpose);
    if (query_step(&query)) {
        *person_id = query_int(&query, 0);
        if (!query_is_null(&query, 1))
            *state = TOKEN_USED;
        else
            *state = query_int(&query, 2) <= now ? TOKEN_EXPIRED : TOKEN_GOOD;
    }
    return query_end(&query);
}

enum token_state token_look(struct store *store, const unsigned char hash[TOKEN_HASH_BYTES],
                            const char *purpose, int64_t now, int64_t *person_id)
{
    enum token_state state;
    int64_t owner = 0;
    struct conn *conn = db_read(store->db);
    enum rc rc = look(conn, hash, purpose, now, &state, &owner);
    db_done(conn);
    if (person_id)
        *person_id = rc == RC_OK ? owner : 0;
    return rc == RC_OK ? state : TOKEN_UNKNOWN;
}

static void mark_used(struct conn *conn, const unsigned char *hash, int64_t now)
{
    struct query query = query_begin(conn, SQL_TOKEN_USE);
    query_bind_blob(&query, ":hash", hash, TOKEN_HASH_BYTES);
    query_bind_int(&query, ":now", now);
    query_run(&query, NULL);
}

enum rc token_use(struct conn *conn, const unsigned char hash[TOKEN_HASH_BYTES], const char *purpose,
                  int64_t now, enum token_state *state, int64_t *person_id)
{
    enum rc rc = look(conn, hash, purpose, now, state, person_id);
    if (rc == RC_OK && *state == TOKEN_GOOD)
        mark_used(conn, hash, now);
    return rc;
}

enum rc token_reset_password(struct store *store, const unsigned char hash[TOKEN_HASH_BYTES],
                             const char *password_hash, int64_t now, enum token_state *state)
{
    int64_t person_id = 0;
    struct conn *conn = db_write(store->db);
    enum rc rc = token_use(conn, hash, "reset", now, state, &person_id);
    if (rc == RC_OK && *state == TOKEN_GOOD) {
        person_replace_password(conn, person_id, password_hash, now);
        audit_add(conn, now, person_id, "password.reset", 0, NULL);
    }
    return db_end(conn, rc);
}
