/*
 * demo_fill: a data folder while it is filled from a demo file, which has been checked; internal to the verb.
 */
#ifndef GUICHET_DEMO_FILL_H
#define GUICHET_DEMO_FILL_H

#include "../../lib/arena.h"
#include "../store/import.h"

#include <jansson.h>

struct demo {
    const char *file; /* of JSON; attachments lie beside it */
    const json_t *root;
    struct store *store;
    struct import *import; /* under way: all of it is one transaction */
    struct arena *arena;
    json_t *ids; /* what the store calls them: {"companies": {"acme": 1}, "people": {..}} */
    int64_t now; /* times count back from here */
};

/* The store's id of what the file calls so in "companies" or "people"; 0: nobody, or NULL for a name. */
int64_t demo_id(const struct demo *demo, const char *map, const char *name);

/* "properties" as the store wants them. NULL: none. */
const char *demo_properties_of(const struct demo *demo, const json_t *one);

/* All tickets, the oldest first. Everybody is there already. RC_FULL, RC_INTERNAL: the transaction is void.
 */
enum rc demo_add_tickets(struct demo *demo);

#endif
