#include "memo.h"

#include <pthread.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct slot {
    pthread_mutex_t lock;
    uint64_t version;
    char key[MEMO_KEY_MAX]; /* "": empty */
    struct buf body;
};

struct memo {
    unsigned char secret[crypto_shorthash_KEYBYTES];
    size_t count;
    struct slot slots[];
};

struct memo *memo_new(size_t slots)
{
    struct memo *memo = calloc(1, sizeof *memo + slots * sizeof memo->slots[0]);
    if (!memo)
        return NULL;
    memo->count = slots;
    crypto_shorthash_keygen(memo->secret);
    for (size_t i = 0; i < slots; i++) {
        pthread_mutex_init(&memo->slots[i].lock, NULL);
        buf_init(&memo->slots[i].body, MEMO_BODY_MAX);
    }
    return memo;
}

void memo_free(struct memo *memo)
{
    for (size_t i = 0; memo && i < memo->count; i++) {
        pthread_mutex_destroy(&memo->slots[i].lock);
        buf_release(&memo->slots[i].body);
    }
    free(memo);
}

/* The key's slot, locked. */
static struct slot *slot_take(struct memo *memo, const char *key)
{
    uint64_t hash;
    crypto_shorthash((unsigned char *)&hash, (const unsigned char *)key, strlen(key), memo->secret);
    struct slot *slot = &memo->slots[hash % memo->count];
    pthread_mutex_lock(&slot->lock);
    return slot;
}

bool memo_get(struct memo *memo, const char *key, uint64_t version, struct buf *out)
{
    struct slot *slot = slot_take(memo, key);
    bool good = slot->version == version && *slot->key && strcmp(slot->key, key) == 0;
    if (good)
        buf_add(out, slot->body.data, slot->body.len);
    pthread_mutex_unlock(&slot->lock);
    return good;
}

void memo_put(struct memo *memo, const char *key, uint64_t version, const struct buf *body)
{
    if (strlen(key) >= MEMO_KEY_MAX || body->len > MEMO_BODY_MAX)
        return;
    struct slot *slot = slot_take(memo, key);
    buf_reset(&slot->body);
    buf_add(&slot->body, body->data, body->len);
    slot->version = version;
    snprintf(slot->key, sizeof slot->key, "%s", buf_ok(&slot->body) ? key : "");
    pthread_mutex_unlock(&slot->lock);
}
