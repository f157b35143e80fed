/*
 * sync_token: what programs elsewhere show to use the sync API.
 *
 * A token is 256 random bits, of which the store has the hash; its scopes say what it may do, and its source
 * whose ids it speaks of: two programs with sources of their own never touch what the other brought along.
 */
#ifndef GUICHET_STORE_SYNC_TOKEN_H
#define GUICHET_STORE_SYNC_TOKEN_H

#include "store.h"

enum { SYNC_TOKEN_HASH_BYTES = 32 };

/* Every scope, ended by NULL: "companies:read", ... */
extern const char *const sync_scopes[];

struct sync_token {
    int64_t id;
    const char *name, *source;
    const char *scopes; /* " contacts:read contacts:write " */
    int64_t created_at;
    int64_t expires_at; /* 0: never */
    int64_t used_at;    /* to the minute; 0: not yet */
    int64_t revoked_at; /* 0: it holds */
};

/* Of the token only name, source, scopes and expires_at are read. */
enum rc sync_token_add(struct store *store, const struct sync_token *token,
                       const unsigned char hash[SYNC_TOKEN_HASH_BYTES], int64_t now, int64_t *id);

/* From the next request on it opens nothing. RC_NOT_FOUND: there is none that holds. */
enum rc sync_token_revoke(struct store *store, int64_t id, int64_t now);

/* False ends the walk. */
typedef bool sync_token_visit(void *context, const struct sync_token *token);

enum rc sync_token_walk(struct store *store, struct arena *arena, sync_token_visit *each, void *context);

/* RC_NOT_FOUND: there is no such token, or it holds no more. */
enum rc sync_token_use(struct store *store, struct arena *arena,
                       const unsigned char hash[SYNC_TOKEN_HASH_BYTES], int64_t now,
                       struct sync_token *token);

/* May it do that: "contacts:write"? */
bool sync_token_may(const struct sync_token *token, const char *scope);

#endif
