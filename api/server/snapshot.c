#include "snapshot.h"

#include "../../lib/arena.h"
#include "../../lib/log.h"
#include "../store/visible_rule.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct signature {
    uint64_t portal;
    uint64_t site;
};

struct snapshots {
    const char *portal_dir;
    const char *site_dir;
    const char *origin;
    pthread_mutex_t lock; /* guards `current` and every snapshot's `users` */
    struct snapshot *current;
    struct signature seen; /* what was loaded or refused last */
    uint64_t loaded;       /* how many */
};

static void snapshot_free(struct snapshot *snapshot)
{
    site_free(snapshot->site);
    portal_free(snapshot->portal);
    arena_free(snapshot->arena);
    free(snapshot);
}

/* What does not come from the portal as it stands in its file. */
static bool snapshot_derive(struct snapshot *snapshot, const char *origin, struct diag *diag)
{
    const char *scheme = strstr(snapshot->portal->api, "://");
    const char *path = scheme ? strchr(scheme + 3, '/') : snapshot->portal->api;
    snapshot->api_elsewhere = scheme != NULL;
    snapshot->api = path ? path : "";
    snapshot->page_csp = arena_printf(snapshot->arena, "%s; frame-ancestors 'none'", snapshot->portal->csp);
    snapshot->rule = visible_rule_make(snapshot->arena, snapshot->portal);
    if (!snapshot->rule) {
        diag_error(diag, (struct place){0}, "no memory, or more filters than the store takes");
        return false;
    }
    if (origins_make(&snapshot->origins, snapshot->arena, origin, snapshot->portal) && snapshot->page_csp)
        return true;
    diag_error(diag, (struct place){0}, "GUICHET_ORIGIN: the portal names no domain, so it must be set");
    return false;
}

static struct snapshot *snapshot_load(struct snapshots *family, struct diag *diag)
{
    struct snapshot *snapshot = calloc(1, sizeof *snapshot);
    if (!snapshot)
        return NULL;
    snapshot->family = family;
    snapshot->users = 1;
    snapshot->serial = ++family->loaded;
    snapshot->arena = arena_new(0);
    snapshot->portal = portal_load(family->portal_dir, diag);
    bool good = snapshot->arena && snapshot->portal && snapshot_derive(snapshot, family->origin, diag);
    if (good && *family->site_dir) {
        snapshot->site = site_load(family->site_dir, snapshot->portal->slug, diag);
        good = snapshot->site != NULL;
    }
    if (good)
        return snapshot;
    snapshot_free(snapshot);
    return NULL;
}

static struct signature signature_take(const struct snapshots *snapshots)
{
    return (struct signature){
        .portal = site_signature(snapshots->portal_dir),
        .site = *snapshots->site_dir ? site_signature(snapshots->site_dir) : 1,
    };
}

static bool signature_equals(struct signature a, struct signature b)
{
    return a.portal == b.portal && a.site == b.site;
}

struct snapshots *snapshots_open(const char *portal_dir, const char *site_dir, const char *origin,
                                 struct diag *diag)
{
    struct snapshots *snapshots = calloc(1, sizeof *snapshots);
    if (!snapshots)
        return NULL;
    snapshots->portal_dir = portal_dir;
    snapshots->site_dir = site_dir;
    snapshots->origin = origin;
    pthread_mutex_init(&snapshots->lock, NULL);
    snapshots->seen = signature_take(snapshots);
    snapshots->current = snapshot_load(snapshots, diag);
    if (snapshots->current)
        return snapshots;
    snapshots_free(snapshots);
    return NULL;
}

void snapshots_free(struct snapshots *snapshots)
{
    if (!snapshots)
        return;
    if (snapshots->current)
        snapshot_release(snapshots->current);
    pthread_mutex_destroy(&snapshots->lock);
    free(snapshots);
}

const struct snapshot *snapshots_get(struct snapshots *snapshots)
{
    pthread_mutex_lock(&snapshots->lock);
    struct snapshot *snapshot = snapshots->current;
    snapshot->users++;
    pthread_mutex_unlock(&snapshots->lock);
    return snapshot;
}

void snapshot_release(const struct snapshot *shared)
{
    struct snapshot *snapshot = (struct snapshot *)shared;
    pthread_mutex_lock(&snapshot->family->lock);
    bool last = --snapshot->users == 0;
    pthread_mutex_unlock(&snapshot->family->lock);
    if (last)
        snapshot_free(snapshot);
}

static void swap(struct snapshots *snapshots, struct snapshot *fresh)
{
    pthread_mutex_lock(&snapshots->lock);
    struct snapshot *old = snapshots->current;
    snapshots->current = fresh;
    pthread_mutex_unlock(&snapshots->lock);
    snapshot_release(old);
}

static void log_refusal(const struct diag *diag)
{
    char *text = NULL;
    size_t len;
    FILE *out = open_memstream(&text, &len);
    if (!out)
        return;
    diag_print(diag, out);
    fclose(out);
    for (char *line = text, *rest; (line = strtok_r(line, "\n", &rest)); line = NULL)
        log_event(LOG_ERROR, "portal_refused", "why", line, NULL);
    free(text);
}

bool snapshots_poll(struct snapshots *snapshots)
{
    bool news = false;
    struct signature now = signature_take(snapshots);
    if (now.portal == 0 || now.site == 0 || signature_equals(now, snapshots->seen))
        return false;
    struct diag *diag = diag_new();
    if (!diag)
        return false;
    struct snapshot *fresh = snapshot_load(snapshots, diag);
    if (!signature_equals(now, signature_take(snapshots))) {
        if (fresh) /* still being written: look again the next time */
            snapshot_free(fresh);
    } else {
        snapshots->seen = now;
        news = fresh != NULL;
        if (fresh)
            swap(snapshots, fresh);
        else
            log_refusal(diag);
        log_event(LOG_INFO, fresh ? "portal_reloaded" : "portal_kept", NULL);
    }
    diag_free(diag);
    return news;
}

bool snapshots_set_origin(struct snapshots *snapshots, const char *origin, struct diag *diag)
{
    snapshots->origin = origin;
    struct snapshot *fresh = snapshot_load(snapshots, diag);
    if (fresh)
        swap(snapshots, fresh);
    return fresh != NULL;
}
