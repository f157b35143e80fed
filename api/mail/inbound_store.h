/*
 * inbound_store: the words of a mail become a reply or a ticket, as a decision says; and what only the ticket
 * itself can tell makes the mail wait after all, or a ticket of what was to be a reply.
 */
#ifndef GUICHET_INBOUND_STORE_H
#define GUICHET_INBOUND_STORE_H

#include "../store/access.h"
#include "../store/inbound.h"
#include "inbound_handle.h"
#include "inbound_keep.h"
#include "own_words.h"

/* A mail while it is dealt with. All before `kept` is the caller's to fill in; texts are in the arena. */
struct inbound_work {
    const struct inbound_task *task;
    struct arena *arena;
    struct inbound inbound;
    struct inbound_mail *mail;
    struct inbound_result *result; /* with the decision, which may change, and the ticket that has it */
    unsigned char key[INBOUND_KEY_BYTES];
    struct submission submission; /* the same for the same mail: what is filed twice is there once */
    struct inbound_kept kept;     /* files; none of them is left behind without a message */
    unsigned char words[OWN_WORDS_BYTES];
    bool has_words; /* that are worth comparing */
};

/* For the verdicts REPLY and TICKET. RC_OK also when the verdict has become WAITS: then none of its files is
 * kept. */
enum rc inbound_store_words(struct inbound_work *work);

/* At most 200 characters of its subject; "": none. NULL: no memory. */
const char *inbound_store_subject(const struct inbound_work *work);

#endif
