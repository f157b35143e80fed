/*
 * snapshot: the portal and its pages as they stand at one moment.
 *
 * A request works with one snapshot from its first line to its last, while a newer one may already serve
 * others. The old one is freed when its last request has ended.
 */
#ifndef GUICHET_SNAPSHOT_H
#define GUICHET_SNAPSHOT_H

#include "../../lib/diag.h"
#include "../../lib/portal.h"
#include "origin.h"
#include "site.h"

struct visible_rule;

struct snapshot {
    struct portal *portal;
    const struct visible_rule *rule; /* who sees what: the store's form of what the portal says */
    struct site *site;               /* NULL: only the API is served */
    struct origins origins;
    const char *api;          /* the path of the API: "/api/v1" */
    bool api_elsewhere;       /* the API has an origin of its own, so pages need CORS */
    uint64_t serial;          /* no two that this process loads have the same */
    const char *page_csp;     /* the portal's, with what only a header can say */
    struct snapshots *family; /* the rest is this room's own business */
    struct arena *arena;
    int users;
};

struct snapshots;

/*
 * Load the first snapshot. `site_dir` "": none. `origin` as the deployment has it, "" for the portal's first
 * domain. The texts must outlive it. NULL: errors in `diag`.
 */
struct snapshots *snapshots_open(const char *portal_dir, const char *site_dir, const char *origin,
                                 struct diag *diag);
void snapshots_free(struct snapshots *snapshots);

/* The current one, shared with others, held until snapshot_release(). Never NULL. */
const struct snapshot *snapshots_get(struct snapshots *snapshots);
void snapshot_release(const struct snapshot *shared);

/*
 * Look at the folders and load what changed. A portal that is refused is logged, once, and the old one stays.
 * A folder that is missing for the moment of a swap is no change. One thread only. True: another one serves
 * from now on.
 */
bool snapshots_poll(struct snapshots *snapshots);

/* Another origin from now on. False: errors in `diag`. Before anything else runs. */
bool snapshots_set_origin(struct snapshots *snapshots, const char *origin, struct diag *diag);

#endif
