/*
 * password: Argon2id through libsodium: 2 passes over 19 MiB.
 *
 * A hash takes some 40 ms of one processor and 19 MiB. At most PASSWORD_AT_ONCE are made at a time; further
 * callers wait their turn, so that a flood of sign-ins costs time and not memory (T06). Thread-safe.
 */
#ifndef GUICHET_PASSWORD_H
#define GUICHET_PASSWORD_H

#include <sodium.h>
#include <stdbool.h>

#define PASSWORD_AT_ONCE 2

/* Write the encoded hash, salt and cost of a password. False: no memory for it. */
bool password_hash(const char *password, char out[crypto_pwhash_STRBYTES]);

/*
 * Is it that password? `encoded` NULL (an unknown account, or one without a password) is false after the same
 * work, so that the time does not tell which it was (T01).
 */
bool password_verify(const char *encoded, const char *password);

/* Was it made with another cost than ours? The next sign-in makes it anew. */
bool password_needs_rehash(const char *encoded);

#endif
