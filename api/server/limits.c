#include "limits.h"

#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#define WAYS 8

/*
 * The bucket as the "generic cell rate algorithm" keeps it: one time, at which it will be full again. Full
 * means in the past; an empty one lies burst * interval ahead.
 */
struct bucket {
    uint64_t key;
    int64_t full_at;
};

struct limits {
    pthread_mutex_t lock;
    unsigned char secret[crypto_generichash_KEYBYTES];
    size_t sets;
    struct bucket buckets[][WAYS];
};

struct limits *limits_new(size_t buckets)
{
    size_t sets = buckets / WAYS + 1;
    struct limits *limits = calloc(1, sizeof *limits + sets * sizeof limits->buckets[0]);
    if (!limits)
        return NULL;
    limits->sets = sets;
    randombytes_buf(limits->secret, sizeof limits->secret);
    pthread_mutex_init(&limits->lock, NULL);
    return limits;
}

void limits_free(struct limits *limits)
{
    if (!limits)
        return;
    pthread_mutex_destroy(&limits->lock);
    free(limits);
}

/* The parts go in with their closing NUL, so that none can pass for another's beginning. */
static uint64_t key_hash(const struct limits *limits, const char *const parts[3])
{
    crypto_generichash_state state;
    unsigned char hash[crypto_generichash_BYTES_MIN];
    crypto_generichash_init(&state, limits->secret, sizeof limits->secret, sizeof hash);
    for (int i = 0; i < 3; i++)
        crypto_generichash_update(&state, (const unsigned char *)parts[i], strlen(parts[i]) + 1);
    crypto_generichash_final(&state, hash, sizeof hash);
    uint64_t key;
    memcpy(&key, hash, sizeof key);
    return key;
}

/* The key's bucket; else, with `make`, the fullest of its set is given to it. */
static struct bucket *bucket_find(struct limits *limits, uint64_t key, bool make)
{
    struct bucket *set = limits->buckets[key % limits->sets];
    struct bucket *fullest = &set[0];
    for (int i = 0; i < WAYS; i++) {
        if (set[i].key == key)
            return &set[i];
        if (set[i].full_at < fullest->full_at)
            fullest = &set[i];
    }
    if (!make)
        return NULL;
    *fullest = (struct bucket){.key = key};
    return fullest;
}

static int64_t wait_until(const struct bucket *bucket, const struct limit *limit, int64_t count, int64_t now)
{
    int64_t full_at = bucket && bucket->full_at > now ? bucket->full_at : now;
    int64_t wait = full_at - now - (limit->burst - count) * limit->interval_ms;
    return wait > 0 ? wait : 0;
}

static int64_t bounded(const struct limit *limit, int64_t count)
{
    return count < limit->burst ? count : limit->burst;
}

int64_t limits_take_many(struct limits *limits, const struct limit *limit, int64_t count, const char *key,
                         const char *second, int64_t now)
{
    uint64_t hash = key_hash(limits, (const char *const[]){limit->name, key, second});
    count = bounded(limit, count);
    pthread_mutex_lock(&limits->lock);
    struct bucket *bucket = bucket_find(limits, hash, true);
    int64_t wait = wait_until(bucket, limit, count, now);
    if (wait == 0)
        bucket->full_at = (bucket->full_at > now ? bucket->full_at : now) + count * limit->interval_ms;
    pthread_mutex_unlock(&limits->lock);
    return wait;
}

int64_t limits_take(struct limits *limits, const struct limit *limit, const char *key, const char *second,
                    int64_t now)
{
    return limits_take_many(limits, limit, 1, key, second, now);
}

int64_t limits_wait(struct limits *limits, const struct limit *limit, const char *key, const char *second,
                    int64_t now)
{
    uint64_t hash = key_hash(limits, (const char *const[]){limit->name, key, second});
    pthread_mutex_lock(&limits->lock);
    int64_t wait = wait_until(bucket_find(limits, hash, false), limit, 1, now);
    pthread_mutex_unlock(&limits->lock);
    return wait;
}

void limits_give_many(struct limits *limits, const struct limit *limit, int64_t count, const char *key,
                      const char *second, int64_t now)
{
    uint64_t hash = key_hash(limits, (const char *const[]){limit->name, key, second});
    pthread_mutex_lock(&limits->lock);
    struct bucket *bucket = bucket_find(limits, hash, false);
    if (bucket && bucket->full_at > now)
        bucket->full_at -= bounded(limit, count) * limit->interval_ms;
    pthread_mutex_unlock(&limits->lock);
}

void limits_give(struct limits *limits, const struct limit *limit, const char *key, const char *second,
                 int64_t now)
{
    limits_give_many(limits, limit, 1, key, second, now);
}
