/*
 * token: what a mailed link carries. Used once, expires, kept as a hash only (T09).
 */
#ifndef GUICHET_STORE_TOKEN_H
#define GUICHET_STORE_TOKEN_H

#include "store.h"

#define TOKEN_HASH_BYTES 32
#define TOKEN_SIGN_IN_MINUTES 15
#define TOKEN_RESET_MINUTES 60

/*
 * Earlier tokens of the same person and purpose ("reset", "address") stop working; those to sign in with
 * ("sign_in") do not: whoever asks for one in another's name must not spoil theirs. They live a few minutes.
 */
enum rc token_create(struct store *store, const unsigned char hash[TOKEN_HASH_BYTES], int64_t person_id,
                     const char *purpose, int64_t now, int64_t expires_at);

/* A "reset" is also what came with an "invitation": either sets a password. */
enum token_state { TOKEN_GOOD, TOKEN_UNKNOWN, TOKEN_USED, TOKEN_EXPIRED };

/* What state a token is in, without using it; `*person_id` (may be NULL): whose it is, 0 when unknown. */
enum token_state token_look(struct store *store, const unsigned char hash[TOKEN_HASH_BYTES],
                            const char *purpose, int64_t now, int64_t *person_id);

/*
 * Use a reset token: mark it used, set the password's hash, end every session, write the audit row; one
 * transaction. Of many at once exactly one is told TOKEN_GOOD. `state` is set when the answer is RC_OK.
 */
enum rc token_reset_password(struct store *store, const unsigned char hash[TOKEN_HASH_BYTES],
                             const char *password_hash, int64_t now, enum token_state *state);

#endif
