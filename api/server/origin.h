/*
 * origin: which hosts we answer to, and whose pages may change something.
 *
 * Known are the portal's domains and the deployment's own origin, all https. In development the own origin is
 * http://localhost:PORT, and then nothing else is known. The comparison is exact: no suffix, no sibling.
 */
#ifndef GUICHET_ORIGIN_H
#define GUICHET_ORIGIN_H

#include "../../lib/arena.h"
#include "../../lib/portal.h"

#include <stdbool.h>
#include <stddef.h>

struct origins {
    bool dev;
    const char *self;     /* where links in mail lead: "https://support.example.com" */
    const char **origins; /* those allowed; `self` is the first */
    const char **hosts;   /* those known, with their port when it is not the usual one */
    size_t origin_count;
    size_t host_count;
};

/*
 * Is this an origin as a deployment may have it: https://HOST or https://HOST:PORT in lower case, or
 * http://localhost:PORT? `*dev` says which.
 */
bool origin_is_valid(const char *origin, bool *dev);

/*
 * What a portal at `self` answers to; "" stands for https:// and the first domain. Everything is in the
 * arena. False: `self` is "" and the portal has no domain, or no memory.
 */
bool origins_make(struct origins *origins, struct arena *arena, const char *self,
                  const struct portal *portal);

/* Is this the value of a Host header (in lower case) that we answer to? */
bool origins_know_host(const struct origins *origins, const char *host);

/* May this origin call unsafe methods and read answers? NULL and "null" may not. */
bool origins_allow(const struct origins *origins, const char *origin);

/*
 * May a form of this origin be sent to us? As origins_allow(); and a browser hides the origin of a form whose
 * page has the referrer policy no-referrer ("null"), but no page can forge its word that the form is of our
 * own origin (Fetch, "append a request Origin header"; Fetch Metadata, Sec-Fetch-Site).
 */
bool origins_allow_form(const struct origins *origins, const char *origin, const char *fetch_site);

#endif
