/*
 * door: where people arrive who type the bare host or follow a link to the portal as a whole.
 */
#ifndef GUICHET_DOOR_H
#define GUICHET_DOOR_H

#include "../../lib/arena.h"
#include "../../lib/portal.h"

/*
 * When `path` is the root or the slug, and `host` (a Host header; NULL: none) one of the portal's domains:
 * the home of that domain's main language, "/support/fr/". Otherwise NULL: at a host that stands for no
 * language the page there lets people choose. In the arena, or NULL without memory.
 */
const char *door_home(const struct portal *portal, const char *path, const char *host, struct arena *arena);

#endif
