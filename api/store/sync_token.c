#include "sync_token.h"

#include "inside.h"

#include <stdio.h>
#include <string.h>

const char *const sync_scopes[] = {"companies:read",
                                   "companies:write",
                                   "contacts:read",
                                   "contacts:write",
                                   "tickets:read",
                                   "tickets:write",
                                   NULL};

static void audit_token(struct conn *conn, const char *action, int64_t id, int64_t now)
{
    char detail[40];
    snprintf(detail, sizeof detail, "token %lld", (long long)id);
    audit_add(conn, now, 0, action, 0, detail);
}

enum rc sync_token_add(struct store *store, const struct sync_token *token,
                       const unsigned char hash[SYNC_TOKEN_HASH_BYTES], int64_t now, int64_t *id)
{
    struct conn *conn = db_write(store->db);
    conn->quiet = true;
    struct query query = query_begin(conn, SQL_SYNC_TOKEN_ADD);
    query_bind_blob(&query, ":hash", hash, SYNC_TOKEN_HASH_BYTES);
    query_bind_text(&query, ":name", token->name);
    query_bind_text(&query, ":source", token->source);
    query_bind_text(&query, ":scopes", token->scopes);
    query_bind_int(&query, ":now", now);
    query_bind_id(&query, ":expires_at", token->expires_at);
    enum rc rc = query_run(&query, NULL);
    *id = rc == RC_OK ? sqlite3_last_insert_rowid(conn->sqlite) : 0;
    if (*id)
        audit_token(conn, "token.add", *id, now);
    return db_end(conn, rc);
}

enum rc sync_token_revoke(struct store *store, int64_t id, int64_t now)
{
    int64_t changes = 0;
    struct conn *conn = db_write(store->db);
    conn->quiet = true;
    struct query query = query_begin(conn, SQL_SYNC_TOKEN_REVOKE);
    query_bind_int(&query, ":id", id);
    query_bind_int(&query, ":now", now);
    enum rc rc = query_run(&query, &changes);
    if (changes > 0)
        audit_token(conn, "token.revoke", id, now);
    return db_end(conn, rc == RC_OK && changes == 0 ? RC_NOT_FOUND : rc);
}

static void read_token(struct query *query, struct arena *arena, struct sync_token *token)
{
    *token = (struct sync_token){
        .id = query_int(query, 0),
        .name = query_text(query, 1, arena),
        .source = query_text(query, 2, arena),
        .scopes = query_text(query, 3, arena),
        .created_at = query_int(query, 4),
        .expires_at = query_int(query, 5),
        .used_at = query_int(query, 6),
        .revoked_at = query_int(query, 7),
    };
}

enum rc sync_token_walk(struct store *store, struct arena *arena, sync_token_visit *each, void *context)
{
    bool more = true;
    struct sync_token token;
    struct conn *conn = db_read(store->db);
    struct query query = query_begin(conn, SQL_SYNC_TOKEN_LIST);
    while (more && query_step(&query)) {
        read_token(&query, arena, &token);
        more = each(context, &token);
    }
    enum rc rc = query_end(&query);
    db_done(conn);
    return rc;
}

static enum rc find(struct store *store, struct arena *arena, const unsigned char *hash, int64_t now,
                    struct sync_token *token)
{
    struct conn *conn = db_read(store->db);
    struct query query = query_begin(conn, SQL_SYNC_TOKEN_FIND);
    query_bind_blob(&query, ":hash", hash, SYNC_TOKEN_HASH_BYTES);
    query_bind_int(&query, ":now", now);
    bool found = query_step(&query);
    if (found)
        read_token(&query, arena, token);
    enum rc rc = query_end(&query);
    db_done(conn);
    return rc == RC_OK && !found ? RC_NOT_FOUND : rc;
}

/* Revoked meanwhile, it is too late for this request only. */
static void note_use(struct store *store, int64_t id, int64_t now)
{
    struct conn *conn = db_write(store->db);
    conn->quiet = true;
    struct query query = query_begin(conn, SQL_SYNC_TOKEN_USED);
    query_bind_int(&query, ":id", id);
    query_bind_int(&query, ":now", now);
    query_run(&query, NULL);
    db_end(conn, RC_OK);
}

enum rc sync_token_use(struct store *store, struct arena *arena,
                       const unsigned char hash[SYNC_TOKEN_HASH_BYTES], int64_t now, struct sync_token *token)
{
    enum rc rc = find(store, arena, hash, now, token);
    if (rc == RC_OK && now - token->used_at >= SESSION_SEEN_MS)
        note_use(store, token->id, now);
    return rc;
}

bool sync_token_may(const struct sync_token *token, const char *scope)
{
    size_t len = strlen(scope);
    for (const char *at = strstr(token->scopes, scope); at; at = strstr(at + 1, scope))
        if (at > token->scopes && at[-1] == ' ' && at[len] == ' ')
            return true;
    return false;
}
