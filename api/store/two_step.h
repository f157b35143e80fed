/*
 * two_step: the second step of signing in: the secret that somebody's app makes codes of (RFC 6238), their
 * recovery codes, and sign-ins that wait for the second step.
 *
 * The secret is kept as it is, since the codes are made of it; recovery codes and what a waiting browser
 * keeps are kept as hashes. Each change writes its audit row; all but new
 * recovery codes owe the person a mail.
 */
#ifndef GUICHET_STORE_TWO_STEP_H
#define GUICHET_STORE_TWO_STEP_H

#include "store.h"

#define TWO_STEP_SECRET_BYTES 20
#define TWO_STEP_HASH_BYTES 32
#define TWO_STEP_CODES 10 /* recovery codes */
#define TWO_STEP_TRIES 5  /* codes for one sign-in */
#define TWO_STEP_SET_UP_MINUTES 60

struct two_step {
    bool begun; /* there is a secret */
    bool on;    /* and it was confirmed: codes are asked for */
    unsigned char secret[TWO_STEP_SECRET_BYTES];
    int64_t begun_at, on_at;
    int64_t last_step; /* no code of this step or an earlier one counts again */
    int64_t codes_left;
};

/* All zero for who never set it up. */
enum rc two_step_read(struct store *store, int64_t person_id, struct two_step *two_step);

/* Is it on? */
enum rc two_step_is_on(struct store *store, int64_t person_id, bool *on);

/* A new secret, which asks for nothing yet. RC_CONFLICT: two-step sign-in is on. */
enum rc two_step_begin(struct store *store, int64_t person_id,
                       const unsigned char secret[TWO_STEP_SECRET_BYTES], int64_t now);

/* Their app shows the right codes: this was the one of `step`. RC_CONFLICT: it is on, or was not begun. */
enum rc two_step_turn_on(struct store *store, int64_t person_id, int64_t step,
                         unsigned char codes[TWO_STEP_CODES][TWO_STEP_HASH_BYTES], int64_t now);

/* New recovery codes in place of all earlier ones. RC_CONFLICT: it is not on. */
enum rc two_step_new_codes(struct store *store, int64_t person_id,
                           unsigned char codes[TWO_STEP_CODES][TWO_STEP_HASH_BYTES], int64_t now);

/* Forget secret and codes; `how` goes to the audit log (NULL: nothing). RC_CONFLICT: it is not on. */
enum rc two_step_turn_off(struct store *store, int64_t person_id, const char *how, int64_t now);

/* The code of this step was given. RC_CONFLICT: it, or a later one, was before; of many at once one counts.
 */
enum rc two_step_use_step(struct store *store, int64_t person_id, int64_t step);

/* This recovery code was given. RC_NOT_FOUND: they have none such that was not used. */
enum rc two_step_use_code(struct store *store, int64_t person_id,
                          const unsigned char hash[TWO_STEP_HASH_BYTES], int64_t now);

/* --- sign-ins that wait ----------------------------------------------------------------------------------
 */

struct half_sign_in {
    int64_t person_id;
    const char *way; /* see struct new_session */
    bool remembered;
};

enum rc half_begin(struct store *store, const unsigned char hash[TWO_STEP_HASH_BYTES],
                   const struct half_sign_in *half, int64_t now, int64_t expires_at);

/* May a code be tried for it? That counts as one of TWO_STEP_TRIES. RC_NOT_FOUND: it is over. */
enum rc half_try(struct store *store, struct arena *arena, const unsigned char hash[TWO_STEP_HASH_BYTES],
                 int64_t now, struct half_sign_in *half);

/* It has become a session, or never will. */
enum rc half_end(struct store *store, const unsigned char hash[TWO_STEP_HASH_BYTES]);

#endif
