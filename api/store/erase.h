/*
 * erase: carries out what erasure.h keeps: a little at a time, each in a transaction of its own, and from
 * where it stood should the program be killed in between.
 *
 * First the person: nobody can sign in as them from here on (T14), their row is emptied and keeps its number,
 * and all that was there to let them in or to write to them is deleted. Then their tickets, one after the
 * other: other words stand in place of theirs, files are deleted, and in a ticket that nobody else than the
 * team had a part in, the team's words as well, which quote them. Then one last mail says that it is done,
 * and when that is sent or given up, the rest goes: its address, what the index and the database's files
 * still had of deleted rows, and mails among the data folder's.
 *
 * Kept are consents and the audit log, which name people by number alone, and ticket numbers, dates and
 * stages, for counts.
 */
#ifndef GUICHET_STORE_ERASE_H
#define GUICHET_STORE_ERASE_H

#include "store.h"

#include <stdatomic.h>

struct erase_words {
    const char *name;   /* what stands in place of their name */
    const char *text;   /* in place of what they wrote */
    const char *locale; /* the language that their row has afterwards */
};

/*
 * How long who writes has to wait while the database's files are written anew, and when that is done next. It
 * is given up for them, with more patience each time, and rests for many times as long as it took: a store of
 * any size comes to its end, and nobody is held up for more than a small part of the time. Zeroed, it begins.
 */
struct erase_pace {
    int64_t patience_ms, not_before;
    const atomic_bool *stopping; /* NULL: nobody stops it */
};

/* Do the next piece that is due. RC_NOT_FOUND: there is nothing to do now. */
enum rc erase_next(struct store *store, const struct erase_words *words, struct erase_pace *pace,
                   int64_t now);

#endif
