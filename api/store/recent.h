/*
 * recent: when sessions were last used, in memory, so that an idle limit is exact to the millisecond although
 * use is written down at most once a minute.
 *
 * A small table in which a later session may take an earlier one's place: what it forgets, the database still
 * knows to the minute. Thread-safe.
 */
#ifndef GUICHET_STORE_RECENT_H
#define GUICHET_STORE_RECENT_H

#include "session.h"

struct recent;

struct recent *recent_new(void);
void recent_free(struct recent *recent);

/* 0: not known here. */
int64_t recent_get(struct recent *recent, const unsigned char hash[SESSION_HASH_BYTES]);
void recent_set(struct recent *recent, const unsigned char hash[SESSION_HASH_BYTES], int64_t used_at);

#endif
