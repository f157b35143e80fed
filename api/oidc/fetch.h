/*
 * fetch: calls to a provider of single sign-on; the only file of this room that knows libcurl.
 *
 * https with the certificate checked, or http to this very machine; no redirect is followed, no answer is
 * longer than its ceiling or takes longer than 8 seconds, and at most FETCH_AT_ONCE run at a time: a provider
 * that is slow keeps few of our threads (RFC 9700, section 4.11; OpenID Connect Discovery 1.0, section 7).
 * A call runs in a thread of its own, since a server's has a small stack. Thread-safe.
 */
#ifndef GUICHET_OIDC_FETCH_H
#define GUICHET_OIDC_FETCH_H

#include "../../lib/arena.h"
#include "../../lib/diag.h"

#include <stdbool.h>
#include <stddef.h>

#define FETCH_AT_ONCE 8

/* Before other threads run. `ca_file` holds certificates to believe besides the system's ("": none) and is
 * not copied. False: errors in `diag`. */
bool fetch_open(const char *ca_file, struct diag *diag);
void fetch_close(void);

/* Is this an address that is called at all? */
bool fetch_may(const char *url);

struct fetch {
    const char *url;
    const char *form;          /* the body of a POST (application/x-www-form-urlencoded); NULL: GET */
    const char *authorization; /* the header's value; NULL: none */
    size_t ceiling;            /* bytes of the answer */
};

enum fetch_answer {
    FETCH_GOOD,   /* 200 */
    FETCH_STATUS, /* another status */
    FETCH_BUSY,   /* too many calls run */
    FETCH_ADDRESS,
    FETCH_UNREACHABLE,
    FETCH_TIMEOUT,
    FETCH_TOO_LARGE,
};

/* What an answer is called in the log: "timeout". */
const char *fetch_word(enum fetch_answer answer);

/* `*body` is in the arena, also of another status; "" when there is none. */
enum fetch_answer fetch_run(const struct fetch *fetch, struct arena *arena, const char **body);

#endif
