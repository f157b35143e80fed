/*
 * unsubscribe: the address that ends one kind of mail to one person, by one press of a button in their mail
 * program (RFC 2369, RFC 8058).
 *
 *     https://support.example.com/api/v1/unsubscribes/3-copies-abcdefghijklmnopqrstuvwxyz
 *
 * Who has it needs no sign-in: the person's number and the matter, then 128 bits of an HMAC over both, by the
 * key of reply_token.h. It opens nothing and tells nothing, so it never runs out.
 */
#ifndef GUICHET_UNSUBSCRIBE_H
#define GUICHET_UNSUBSCRIBE_H

#include "../store/mail_choice.h"
#include "reply_token.h"

struct unsubscribe {
    int64_t person_id;
    enum mail_matter matter;
};

/* In the arena. NULL: no memory. */
const char *unsubscribe_token(struct arena *arena, const struct reply_key *key,
                              const struct unsubscribe *unsubscribe);

/* False: it is none of ours. */
bool unsubscribe_read(const struct reply_key *key, const char *token, struct unsubscribe *unsubscribe);

#endif
