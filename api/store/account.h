/*
 * account: what people see and change of their own account: their sign-ins, their details, their address, and
 * the links that are mailed to them.
 */
#ifndef GUICHET_STORE_ACCOUNT_H
#define GUICHET_STORE_ACCOUNT_H

#include "session.h"
#include "token.h"

#define ACCOUNT_SESSIONS_MAX 100

/* One of somebody's sign-ins, as lists show it. See struct new_session for the words. */
struct account_session {
    const char *id, *way, *agent, *place;
    bool remembered;
    int64_t created_at, seen_at;
};

/* Those that have not ended, the last used first, at most ACCOUNT_SESSIONS_MAX of them. */
enum rc account_sessions(struct store *store, struct arena *arena, int64_t person_id, int64_t now,
                         struct session_idle idle, struct account_session **sessions, size_t *count);

/* End one of them. RC_NOT_FOUND: this person has none of that name. */
enum rc account_end_session(struct store *store, int64_t person_id, const char *id, int64_t now);

/* End all of them. */
enum rc account_end_sessions(struct store *store, int64_t person_id, int64_t now);

struct account {
    bool has_password;
    const char *wanted_address; /* asked for, not confirmed and not forgotten yet; NULL: none */
};

enum rc account_read(struct store *store, struct arena *arena, int64_t person_id, int64_t now,
                     struct account *account);

/* What they are called, and the language of their mail. */
enum rc account_set_details(struct store *store, const struct person *person, int64_t now);

/*
 * A new password in place of `old` (its hash; RC_CONFLICT: it is another by now). Every session of that
 * person ends, and a mail to them is owed.
 */
enum rc account_set_password(struct store *store, int64_t person_id, const char *old, const char *hash,
                             int64_t now);

/*
 * Note which address somebody wants, and owe it a mail with a link, and one to the present address. An
 * address that is somebody's already gets none; whatever those who asked can see is the same: the answer
 * after one commit, what is noted, the mail to themselves (T02).
 */
enum rc account_want_address(struct store *store, int64_t person_id, const char *email, int64_t now);

#define ACCOUNT_ADDRESS_MINUTES 60

enum account_link { ACCOUNT_LINK_SIGN_IN, ACCOUNT_LINK_ADDRESS };

/*
 * Use what a mailed link carries; of many at once exactly one is told TOKEN_GOOD (T09). Other links to sign
 * in with stop working with the first; the new address counts from now on, unless it has become somebody
 * else's: RC_CONFLICT. `state` is set when the answer is RC_OK; the rest when it is good.
 */
enum rc account_use_link(struct store *store, const unsigned char hash[TOKEN_HASH_BYTES], int64_t now,
                         enum token_state *state, enum account_link *link, int64_t *person_id);

/*
 * Note that somebody signs in with a browser that keeps this secret. When they have used others before, and
 * never this one, a mail is owed that says what it is and where: `words`.
 */
enum rc account_see_device(struct store *store, int64_t person_id,
                           const unsigned char hash[SESSION_HASH_BYTES], const char *words, int64_t now);

#endif
