/*
 * totp: codes that an app makes of a shared secret and the time (RFC 6238: SHA-1, six digits, 30 seconds).
 */
#ifndef GUICHET_TOTP_H
#define GUICHET_TOTP_H

#include "../../lib/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TOTP_SECRET_BYTES 20
#define TOTP_SECONDS 30
#define TOTP_DIGITS 6
#define TOTP_DIGITS_MAX 8

/* The code of a step (seconds since 1970 / TOTP_SECONDS), of 6 to 8 digits. False: it cannot be made. */
bool totp_code(const unsigned char *secret, size_t len, int64_t step, unsigned digits,
               char out[TOTP_DIGITS_MAX + 1]);

/* Six digits, with blanks wherever people like them? They are written to `out`. */
bool totp_digits(const char *text, char out[TOTP_DIGITS + 1]);

/*
 * Is it the code of now, or of one step before or after, since clocks differ? `*step` gets which; none up to
 * and with `last` counts, so that no code counts twice (RFC 6238, section 5.2).
 */
bool totp_find(const unsigned char secret[TOTP_SECRET_BYTES], const char digits[TOTP_DIGITS + 1],
               int64_t now_ms, int64_t last, int64_t *step);

/* The secret as people type it: "GEZD GNBV ...". NULL: no memory. */
const char *totp_text(struct arena *arena, const unsigned char secret[TOTP_SECRET_BYTES]);

/* What an app reads from the picture: otpauth://totp/... NULL: no memory. */
const char *totp_address(struct arena *arena, const unsigned char secret[TOTP_SECRET_BYTES],
                         const char *portal, const char *account);

#endif
