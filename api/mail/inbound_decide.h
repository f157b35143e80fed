/*
 * inbound_decide: what is to become of a mail, by who says to have sent it, where it went to and what our
 * mail server says of it. It changes nothing.
 *
 * What can be wrong with a mail that waits for the team has a word, which inbound.reason keeps:
 *
 *     automatic      nobody wrote it to us (T39)
 *     bad_token      the address it went to is none that we made, or too old (T40)
 *     other_sender   the address was made for somebody else (T34)
 *     staff          somebody of the team, of which our mail server is not sure, or without an address of
 *                    ours (T33)
 *     forged         our mail server says that the sender did not send it
 *     unknown        nobody has the sender's address
 *     too_many       more in an hour than people write
 *     not_visible    the ticket is not theirs to answer
 *     closed         the ticket is closed, and replies to closed ones are not wanted
 *     files          more files, or larger ones, than the settings allow
 *
 * and of what is refused: own (we wrote it), too_large, no_mail, unknown.
 */
#ifndef GUICHET_INBOUND_DECIDE_H
#define GUICHET_INBOUND_DECIDE_H

#include "../../lib/portal.h"
#include "../ops/config.h"
#include "../store/person.h"
#include "inbound.h"
#include "reply_token.h"

struct inbound_rules {
    struct store *store;
    const struct portal *portal;
    const struct reply_key *key;
    enum mail_unknown unknown;
    int64_t now;
    bool vouched; /* somebody of the team looked at it, and answers for its sender */
};

enum inbound_verdict { INBOUND_REPLY, INBOUND_TICKET, INBOUND_BOUNCE, INBOUND_WAITS, INBOUND_REFUSED };

struct inbound_decision {
    enum inbound_verdict verdict;
    const char *reason;   /* of what waits or is refused; else "" */
    struct person person; /* whose words they become; `id` 0: of somebody new */
    int64_t number;       /* REPLY: to which ticket */
    bool by_reference; /* REPLY: only what it refers to says so; a ticket, where the sender may not reply */
    const char *inbox; /* TICKET: in which inbox; also of a REPLY by reference */
    int64_t outbox_id; /* BOUNCE: what came back; 0: not known */
};

/* RC_OK, or the store cannot be read. Texts are in the arena. */
enum rc inbound_decide_on(const struct inbound_rules *rules, struct arena *arena,
                          const struct inbound *inbound, struct inbound_decision *decision);

#endif
