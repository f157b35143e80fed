/*
 * provider: what providers of single sign-on say about themselves: addresses and keys (OpenID Connect
 * Discovery 1.0, sections 4 and 4.3; RFC 7517, section 5).
 *
 * Both are asked for when somebody needs them and kept for an hour; when they cannot be had anew, the old
 * ones serve for a day. Who could not be reached, or told nonsense, is asked again after a minute; while one
 * asks, a few others wait a moment for what comes of it, so that a provider that hangs keeps nobody from the
 * others. Keys are asked for once more when a token names one that is not known, or its signature does not
 * fit, at most once a minute. What is kept is behind a lock that is never held during a call. Thread-safe.
 */
#ifndef GUICHET_OIDC_PROVIDER_H
#define GUICHET_OIDC_PROVIDER_H

#include "../../lib/portal.h"

#include <stdint.h>

struct oidc;

/* NULL: no memory. */
struct oidc *oidc_new(void);
void oidc_free(struct oidc *oidc);

/* Addresses that it may be called at, or where browsers may be sent. In the arena. */
struct endpoints {
    const char *authorization;
    const char *token;
    const char *keys;
    const char *userinfo;    /* "": there is none */
    const char *end_session; /* "": one cannot sign out there */
    bool names_itself;       /* its answers carry `iss` (RFC 9207) */
};

/* Who asks, and where what was found is put. */
struct asking {
    struct oidc *oidc;
    struct arena *arena;
    const struct portal_provider *provider;
    int64_t now;
    const char *why; /* when it failed, for the log: "discovery_timeout" */
};

/* False: it cannot be reached, or what it says cannot be trusted; see asking->why. */
bool provider_endpoints(struct asking *asking, struct endpoints *endpoints);

/* The JWK set as text. `newer`: a token names a key that the one from before has not. False: as above; with
 * `newer` also when it was asked a moment ago. */
bool provider_keys(struct asking *asking, const char *url, bool newer, const char **keys);

#endif
