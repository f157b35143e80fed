#include "presence.h"

#include "inside.h"

#include <stdlib.h>

enum { SLOTS = 512 };

struct presence {
    pthread_mutex_t lock;
    struct present slots[SLOTS];
};

struct presence *presence_new(void)
{
    struct presence *presence = calloc(1, sizeof *presence);
    if (presence)
        pthread_mutex_init(&presence->lock, NULL);
    return presence;
}

void presence_free(struct presence *presence)
{
    if (presence)
        pthread_mutex_destroy(&presence->lock);
    free(presence);
}

/* Theirs of this ticket, or else the one that was not told of for the longest time. */
static struct present *slot_of(struct presence *presence, const struct present *me)
{
    struct present *oldest = &presence->slots[0];
    for (size_t i = 0; i < SLOTS; i++) {
        struct present *slot = &presence->slots[i];
        if (slot->number == me->number && slot->person_id == me->person_id)
            return slot;
        if (slot->seen_at < oldest->seen_at)
            oldest = slot;
    }
    return oldest;
}

size_t presence_tell(struct store *store, const struct present *me, struct present *others)
{
    size_t count = 0;
    struct presence *presence = store->presence;
    pthread_mutex_lock(&presence->lock);
    *slot_of(presence, me) = *me;
    for (size_t i = 0; i < SLOTS && count < PRESENCE_OTHERS; i++) {
        const struct present *slot = &presence->slots[i];
        if (slot->number == me->number && slot->person_id != me->person_id &&
            slot->seen_at > me->seen_at - PRESENCE_MS)
            others[count++] = *slot;
    }
    pthread_mutex_unlock(&presence->lock);
    return count;
}
