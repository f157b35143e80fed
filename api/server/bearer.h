/*
 * bearer: which program asks, by its token (RFC 6750).
 */
#ifndef GUICHET_BEARER_H
#define GUICHET_BEARER_H

#include "request.h"

/* What a token begins with, so that who finds one knows what it is. */
#define BEARER_PREFIX "guichet_"

/*
 * Set the request's token, for routes of WHO_TOKEN; the audit says from here on that it was this one.
 * PROBLEM_TOKEN: none, or none that holds. PROBLEM_SCOPE: it is for other things. PROBLEM_TOO_MANY_ATTEMPTS:
 * more requests than GUICHET_SYNC_PER_MINUTE, or too many guesses from one place.
 */
enum problem bearer_asks(struct request *request);

#endif
