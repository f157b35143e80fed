/*
 * journey: what a browser keeps while its person is at the provider.
 *
 * One cookie of a quarter of an hour at most: a secret, where the journey began, and where it is to lead. The
 * `state`, the `nonce` and the code verifier of PKCE are each derived from the secret and from all of the
 * rest, so that whoever comes back has this browser's cookie, unchanged, and comes from the provider it was
 * sent to (RFC 6749, section 10.12; RFC 7636, section 4.1; RFC 9700, sections 2.1 and 4.4; OpenID Connect
 * Core 1.0, section 3.1.2.1). The server keeps nothing.
 */
#ifndef GUICHET_OIDC_JOURNEY_H
#define GUICHET_OIDC_JOURNEY_H

#include "../server/request.h"

#define JOURNEY_TEXT 43 /* letters of base64url */

struct journey {
    const char *provider; /* its id */
    const char *locale;   /* of the page it began at */
    const char *back;     /* a path of the portal; "": the tickets */
    char state[JOURNEY_TEXT + 1];
    char nonce[JOURNEY_TEXT + 1];
    char verifier[JOURNEY_TEXT + 1];
    char challenge[JOURNEY_TEXT + 1]; /* S256 of the verifier */
};

/* Begin one and give the browser its cookie. `provider`, `locale` and `back` are set, and checked. False: no
 * memory. */
bool journey_begin(struct request *request, struct journey *journey);

/*
 * The one that this request's cookie is of, which is taken back: it is good once. False: there is none, it is
 * too old, or `state` is not its own.
 */
bool journey_end(struct request *request, const char *state, struct journey *journey);

#endif
