/*
 * jose: signatures of ID tokens (RFC 7515, 7517, 7518, 7519); the only file that knows cjose.
 *
 * RS256, PS256 and ES256, each only with a key of its own kind: RSA of 2,048 bits at least, P-256. Nothing
 * else is looked at: not `none`, not HS256, which would take a public key for a password (T10; RFC 8725,
 * section 3.1).
 */
#ifndef GUICHET_OIDC_JOSE_H
#define GUICHET_OIDC_JOSE_H

#include "../../lib/arena.h"

#include <jansson.h>

enum jose_answer {
    JOSE_GOOD,
    JOSE_MALFORMED,
    JOSE_ALGORITHM, /* one that we do not take */
    JOSE_KEY,       /* no key of that id and kind: perhaps there are newer ones */
    JOSE_SIGNATURE,
};

/*
 * Verify a compact token with the keys of a JWK set (its text) and return its claims, a new reference; NULL
 * unless the answer is JOSE_GOOD. The claims themselves are not judged: see claims.h.
 */
enum jose_answer jose_verify(struct arena *arena, const char *token, const char *keys, json_t **claims);

#endif
