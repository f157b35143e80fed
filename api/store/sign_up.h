/*
 * sign_up: people who make their account themselves, until the address is shown to be theirs.
 *
 * Who signs up is no person yet. A code goes out by mail; who brings it back and knows the password that was
 * chosen becomes one. So nobody gets an account by having somebody else press a link, and nobody's sign-up is
 * spoilt by another's with the same address: each has its own code.
 */
#ifndef GUICHET_STORE_SIGN_UP_H
#define GUICHET_STORE_SIGN_UP_H

#include "person.h"
#include "token.h"

#define SIGN_UP_HOURS 24

struct sign_up {
    const char *email;
    const char *first_name;
    const char *last_name;
    const char *locale;
    const char *password;     /* the encoded hash */
    const char *consent;      /* the version consented to; NULL: none */
    const char *consent_text; /* and its exact words */
};

/*
 * Keep the sign-up and owe its mail; for an address that is somebody's, owe that person a mail which says so.
 * The answer is RC_OK alike, and takes one commit (T02). `mail` false: keep and send nothing, for an address
 * that had too many.
 */
enum rc sign_up_add(struct store *store, const struct sign_up *sign_up, bool mail, int64_t now);

/* What the mail of a sign-up carries from now on: a code's hash. A code that went out before works no more.
 */
enum rc sign_up_set_code(struct store *store, int64_t id, const unsigned char hash[TOKEN_HASH_BYTES],
                         int64_t expires_at);

/* What state a code is in, without using it. When good, `sign_up` gets its address and password. */
enum token_state sign_up_look(struct store *store, struct arena *arena,
                              const unsigned char hash[TOKEN_HASH_BYTES], int64_t now,
                              struct sign_up *sign_up);

/*
 * Use a code: make the person, keep the consent, and end every other sign-up with that address; one
 * transaction. Of many at once exactly one is told TOKEN_GOOD (T09). `state` is set when the answer is RC_OK,
 * `*person_id` when it is good. `group` (NULL: none) is the one that who signs up gets into, see access.h.
 */
enum rc sign_up_use(struct store *store, const unsigned char hash[TOKEN_HASH_BYTES], const char *group,
                    int64_t now, enum token_state *state, int64_t *person_id);

#endif
