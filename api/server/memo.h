/*
 * memo: answers that still hold.
 *
 * Pages look again at the list every now and then, and mostly nothing has changed. An answer is kept with the
 * version of the store that it was made from (store_version()), and is good until anybody writes anything.
 * Its key names all else that it depends on: who asked, what for, with which snapshot. Bounded memory: a slot
 * for each key's hash, of which the newest answer wins. Thread-safe.
 */
#ifndef GUICHET_MEMO_H
#define GUICHET_MEMO_H

#include "../../lib/buf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Longer keys and bodies are not kept. */
#define MEMO_KEY_MAX 256
#define MEMO_BODY_MAX (64 * 1024)

struct memo;

/* NULL: no memory. */
struct memo *memo_new(size_t slots);
void memo_free(struct memo *memo);

/* Append what is kept under the key, if it was made at this version. False: there is none. */
bool memo_get(struct memo *memo, const char *key, uint64_t version, struct buf *out);

void memo_put(struct memo *memo, const char *key, uint64_t version, const struct buf *body);

#endif
