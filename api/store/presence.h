/*
 * presence: who of the team has which ticket open, in memory: it is told every few seconds, and gone soon
 * after that stops. A small table in which the latest take the place of the longest unseen. Thread-safe.
 */
#ifndef GUICHET_STORE_PRESENCE_H
#define GUICHET_STORE_PRESENCE_H

#include "store.h"

#include <stddef.h>
#include <stdint.h>

enum { PRESENCE_MS = 45 * 1000, PRESENCE_NAME = 128, PRESENCE_OTHERS = 10 };

struct presence;

struct presence *presence_new(void);
void presence_free(struct presence *presence);

struct present {
    int64_t number;
    int64_t person_id;
    bool writing;
    int64_t seen_at;
    char name[PRESENCE_NAME];
};

/*
 * This person has the ticket open now; what else of them there was of it is forgotten. Fills in the others
 * who do, at most PRESENCE_OTHERS, and returns how many.
 */
size_t presence_tell(struct store *store, const struct present *me, struct present *others);

#endif
