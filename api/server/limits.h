/*
 * limits: how often something may be tried, in bounded memory.
 *
 * A bucket per key lets `burst` tries pass at once and one more every `interval_ms`. Buckets live in a table
 * of fixed size; a full bucket is the same as none, and when room is short the fullest of a few candidates
 * goes. Keys are hashed with a secret of this process, so nobody can aim at another's bucket. Thread-safe.
 */
#ifndef GUICHET_LIMITS_H
#define GUICHET_LIMITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct limits;

struct limit {
    const char *name; /* sets apart the keys of one limit from those of another */
    int64_t burst;
    int64_t interval_ms;
};

/* A table of about `buckets` buckets. NULL: no memory. */
struct limits *limits_new(size_t buckets);
void limits_free(struct limits *limits);

/*
 * Take one try from the bucket of the key, which is made of two parts (either may be ""). 0: it may be done.
 * Otherwise: the milliseconds until the next may.
 */
int64_t limits_take(struct limits *limits, const struct limit *limit, const char *key, const char *second,
                    int64_t now);

/* The same for `count` tries at once; more than the burst count as the burst, so that they may be done some
 * day. */
int64_t limits_take_many(struct limits *limits, const struct limit *limit, int64_t count, const char *key,
                         const char *second, int64_t now);

/* The milliseconds until the next try may be done, without taking it. */
int64_t limits_wait(struct limits *limits, const struct limit *limit, const char *key, const char *second,
                    int64_t now);

/* Put one try back: it turned out to be no attempt at guessing. */
void limits_give(struct limits *limits, const struct limit *limit, const char *key, const char *second,
                 int64_t now);
void limits_give_many(struct limits *limits, const struct limit *limit, int64_t count, const char *key,
                      const char *second, int64_t now);

#endif
