/*
 * secret: 256 random bits that somebody carries for us: in a cookie, in a mailed link. We keep their hash
 * only.
 */
#ifndef GUICHET_SECRET_H
#define GUICHET_SECRET_H

#include <stdbool.h>

#define SECRET_TEXT_LEN 43 /* characters of base64url */
#define SECRET_HASH_BYTES 32

/* A new secret as text, and its hash (BLAKE2b). */
void secret_make(char text[SECRET_TEXT_LEN + 1], unsigned char hash[SECRET_HASH_BYTES]);

/* The hash of a secret. False: the text is no such secret. */
bool secret_hash(const char *text, unsigned char hash[SECRET_HASH_BYTES]);

#endif
