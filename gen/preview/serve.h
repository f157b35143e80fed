/*
 * serve: what the preview answers, to this machine alone.
 *
 * Nothing is taken but forms, to which fixtures answer, and from its own pages what the style controls say.
 * A Host that is not this machine's is refused, so that no page of the world, by a name that it lets point
 * here, reads what is unpublished.
 */
#ifndef GUICHET_PREVIEW_SERVE_H
#define GUICHET_PREVIEW_SERVE_H

#include "gate.h"
#include "news.h"
#include "scene.h"
#include "style.h"

#include "../../lib/http.h"

#include <pthread.h>

enum { PREVIEW_HOST_MAX = 32 };

/* What the main thread and those that answer share. */
struct desk {
    struct news *news;
    pthread_rwlock_t lock; /* of what follows, and of the built folders; held for writing while they change */
    struct scene *scene;   /* NULL: nothing was built yet */
    const char *site;      /* the folder with the built pages */
    const char *pseudo;    /* the same in the pseudo-language, which is built once somebody asks for it */
    json_t *pseudo_mails;  /* owned; NULL: not built yet */
    struct gate *gate;     /* to ask */
    const char *folder;    /* where the variants are built (building.h), once somebody asks for one */
    struct gate *variants; /* to ask */
    struct style *style;   /* what the style controls say */
    const char *root;      /* the portal's folder */
    int port;
};

/* Both are for http_options; the context is the desk. */
void serve_request(struct http_request *request, void *context);
bool serve_knows_host(const char *host, void *context);

#endif
