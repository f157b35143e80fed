/*
 * cookie: the session's (RFC 6265bis). __Host-guichet, Secure; in development guichet, without Secure.
 */
#ifndef GUICHET_COOKIE_H
#define GUICHET_COOKIE_H

#include "../store/secret.h"
#include "request.h"

/* The hash of the secret that the request's cookie holds. False: no cookie, or none that could be ours. */
bool cookie_hash(struct request *request, unsigned char hash[SECRET_HASH_BYTES]);

/* Give the browser a cookie with this secret, for so many seconds; 0: until it is closed. */
void cookie_set(struct request *request, const char *secret, int64_t seconds);

/* Take it back. */
void cookie_clear(struct request *request);

/*
 * Others are called as the session's, with a word after it: "__Host-guichet-journey". The value, of letters
 * that a cookie may have, is kept for so many seconds. cookie_kept(): NULL when there is none.
 */
#define COOKIE_DEVICE "device"   /* what a browser keeps of its own: see cookie_device() */
#define COOKIE_JOURNEY "journey" /* while somebody is at a provider of single sign-on: oidc/journey.h */
#define COOKIE_HALF "half"       /* between the two steps of signing in: account/second_step.h */
const char *cookie_kept(struct request *request, const char *which);
void cookie_keep(struct request *request, const char *which, const char *value, int64_t seconds);
void cookie_drop(struct request *request, const char *which);

/*
 * The hash of what this browser keeps of its own, whoever signs in with it: guichet-device, kept for 400 days
 * and good for nothing but to tell that it is the same browser. One that keeps nothing yet is given a secret.
 */
void cookie_device(struct request *request, unsigned char hash[SECRET_HASH_BYTES]);

#endif
