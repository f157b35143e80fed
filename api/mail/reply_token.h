/*
 * reply_token: what the address of an answer carries: whose answer, to which ticket, until when (T40).
 *
 *     support+2a-3-50f1-abcdefghijklmnopqrstuvwxyz@reply.example.com
 *
 * The ticket, the recipient of the mail (0: the team) and the last day that it holds, in hexadecimal digits,
 * then 128 bits of an HMAC-SHA-256 over the three in base32: lower case throughout, since mail servers may
 * change the case of an address. The key never leaves the data folder, where it is made at the first need;
 * without that file, the addresses of earlier mails are worth nothing.
 */
#ifndef GUICHET_REPLY_TOKEN_H
#define GUICHET_REPLY_TOKEN_H

#include "../../lib/arena.h"

#include <stdbool.h>
#include <stdint.h>

#define REPLY_KEY_FILE "mail.key"

enum {
    REPLY_KEY_BYTES = 32,
    REPLY_MAC_LEN = 26,
    REPLY_TOKEN_DAYS = 180,
    REPLY_TOKEN_LEN = 80, /* with its closing NUL */
};

struct reply_key {
    unsigned char bytes[REPLY_KEY_BYTES];
};

/* Read the key of this data folder, or make it. False: neither can be done; errno says why. */
bool reply_key_load(struct reply_key *key, const char *data);

/* 128 bits of an HMAC over a text, in base32; the text is in words of its own for each purpose. */
void reply_mac(const struct reply_key *key, const char *text, char mac[REPLY_MAC_LEN + 1]);

/* In constant time. */
bool reply_mac_is(const struct reply_key *key, const char *text, const char mac[REPLY_MAC_LEN]);

struct reply_token {
    int64_t number;
    int64_t person_id; /* 0: the team */
    int64_t day;       /* days since 1970 */
};

/* A token that holds from `now` on. */
void reply_token_make(const struct reply_key *key, int64_t number, int64_t person_id, int64_t now,
                      char text[REPLY_TOKEN_LEN]);

enum reply_token_state {
    REPLY_TOKEN_NONE, /* the address carries nothing of the kind */
    REPLY_TOKEN_GOOD,
    REPLY_TOKEN_OLD, /* it was good once */
    REPLY_TOKEN_BAD, /* it looks like one, and is not ours */
};

/* What an address carries after its last '+'. `*token` is set when it is GOOD or OLD. */
enum reply_token_state reply_token_read(const struct reply_key *key, const char *address, int64_t now,
                                        struct reply_token *token);

/* "support@reply.example.com" with the token in it, in the arena; NULL: no memory. */
const char *reply_address(struct arena *arena, const char *address, const char *token);

/* The Message-ID of what the outbox sends, without angle brackets; nobody else can make one. NULL: no memory.
 */
const char *reply_message_id(struct arena *arena, const struct reply_key *key, int64_t outbox_id,
                             const char *host);

/* Whose Message-ID that is, of the outbox; 0: none of ours. Angle brackets do not matter. */
int64_t reply_message_of(const struct reply_key *key, const char *message_id);

#endif
