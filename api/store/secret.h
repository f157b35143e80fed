/*
 * secret: random bits that somebody carries for us: in a cookie, in a mailed link, in a code. We keep their
 * hash only.
 */
#ifndef GUICHET_SECRET_H
#define GUICHET_SECRET_H

#include <stdbool.h>

#define SECRET_TEXT_LEN 43 /* characters of base64url */
#define SECRET_HASH_BYTES 32

/* A new secret of 256 bits as text, and its hash (BLAKE2b). */
void secret_make(char text[SECRET_TEXT_LEN + 1], unsigned char hash[SECRET_HASH_BYTES]);

/* The hash of a secret. False: the text is no such secret. */
bool secret_hash(const char *text, unsigned char hash[SECRET_HASH_BYTES]);

/*
 * A code that people may copy by hand: 80 random bits in 16 letters and digits, in fours:
 * "7KQ2-M9TX-4HVB-Z0PD". None of them looks like another one.
 */
#define SECRET_CODE_LEN 19

void secret_code_make(char text[SECRET_CODE_LEN + 1], unsigned char hash[SECRET_HASH_BYTES]);

/* The hash of a code, however it was written: case, blanks and dashes do not matter, O is 0, I and L are 1.
 */
bool secret_code_hash(const char *text, unsigned char hash[SECRET_HASH_BYTES]);

#endif
