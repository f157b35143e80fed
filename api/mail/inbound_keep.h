/*
 * inbound_keep: the files of a mail that came in, kept as uploads are: no more, and no larger, than the
 * settings say, under the types that we give them.
 */
#ifndef GUICHET_INBOUND_KEEP_H
#define GUICHET_INBOUND_KEEP_H

#include "../../lib/portal.h"
#include "../store/file.h"
#include "../store/ticket.h"
#include "inbound.h"

struct inbound_kept {
    struct store *store;
    struct arena *arena;
    const struct portal *portal;
    struct file *files; /* they belong to nothing until a message has them */
    size_t count;
    bool too_many; /* or one too large: then none is kept */
    enum rc failed;
};

/* Keep them all, and a text that is longer than a reply may be as one of them. `kept` has store, arena and
 * portal. RC_OK, also when they are too many; else none is kept. */
enum rc inbound_keep(struct inbound_kept *kept, const struct inbound_mail *mail, const char *text);

/* Nothing has them: remove them again. */
void inbound_keep_drop(struct inbound_kept *kept);

#endif
