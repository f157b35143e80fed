#include "recent.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { SLOTS = 4096 };

struct slot {
    unsigned char hash[SESSION_HASH_BYTES];
    int64_t used_at;
};

struct recent {
    pthread_mutex_t mutex;
    struct slot slots[SLOTS];
};

struct recent *recent_new(void)
{
    struct recent *recent = calloc(1, sizeof *recent);
    if (recent)
        pthread_mutex_init(&recent->mutex, NULL);
    return recent;
}

void recent_free(struct recent *recent)
{
    if (!recent)
        return;
    pthread_mutex_destroy(&recent->mutex);
    free(recent);
}

/* The hash is uniform: any of its bytes choose a slot. */
static struct slot *slot_of(struct recent *recent, const unsigned char *hash)
{
    return &recent->slots[(hash[0] | hash[1] << 8) % SLOTS];
}

int64_t recent_get(struct recent *recent, const unsigned char hash[SESSION_HASH_BYTES])
{
    pthread_mutex_lock(&recent->mutex);
    const struct slot *slot = slot_of(recent, hash);
    int64_t used_at = memcmp(slot->hash, hash, SESSION_HASH_BYTES) == 0 ? slot->used_at : 0;
    pthread_mutex_unlock(&recent->mutex);
    return used_at;
}

void recent_set(struct recent *recent, const unsigned char hash[SESSION_HASH_BYTES], int64_t used_at)
{
    pthread_mutex_lock(&recent->mutex);
    struct slot *slot = slot_of(recent, hash);
    memcpy(slot->hash, hash, SESSION_HASH_BYTES);
    slot->used_at = used_at;
    pthread_mutex_unlock(&recent->mutex);
}
