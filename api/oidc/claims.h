/*
 * claims: may this ID token be believed (OpenID Connect Core 1.0, section 3.1.3.7; RFC 7519, section 4.1)?
 *
 * Its signature was verified. Here it must be of the right issuer, for us, of now, and the answer to what
 * this very browser asked. Clocks may differ by CLAIMS_LEEWAY seconds.
 */
#ifndef GUICHET_OIDC_CLAIMS_H
#define GUICHET_OIDC_CLAIMS_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#define CLAIMS_LEEWAY 60

struct claims_wanted {
    const char *issuer;
    const char *client_id;
    const char *nonce;
    const char *access_token; /* what at_hash is of; NULL: none came */
    int64_t now;              /* seconds since 1970 */
};

/* NULL: it may. Else which claim may not: "iss", "sub", "aud", "azp", "exp", "nbf", "iat", "nonce",
 * "at_hash". */
const char *claims_wrong(const json_t *claims, const struct claims_wanted *wanted);

/* A text of the claims; "" when it is absent or no text. Borrowed. */
const char *claims_text(const json_t *claims, const char *name);

/* Is this claim true? Some providers send the word for it. */
bool claims_flag(const json_t *claims, const char *name);

#endif
