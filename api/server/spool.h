/*
 * spool: an answer that may be long, as a file: it is written whole before it is sent. So it is as one moment
 * had it, its length is known, memory stays the same however long it is, and a client that reads slowly keeps
 * nobody from the store.
 *
 *     enum rc rc = spool_begin(&spool, request->store);
 *     ... write a row into spool.piece, and call spool_row(); then spool_end() and spool_send()
 *     spool_release(&spool);
 */
#ifndef GUICHET_SPOOL_H
#define GUICHET_SPOOL_H

#include "request.h"

struct spool {
    struct buf piece; /* rows that are not written yet */
    int fd;
    int64_t size;
    int error; /* errno of the first write that failed */
};

enum rc spool_begin(struct spool *spool, struct store *store);

/* A row stands in the piece. False: it cannot be written. */
bool spool_row(struct spool *spool);

/* RC_FULL, RC_INTERNAL: it was not all written. */
enum rc spool_end(struct spool *spool);

/* Answer with it as an attachment: "tickets-2026-11-22.csv" is the name "tickets" and the ending "csv". */
enum problem spool_send(struct request *request, const struct spool *spool, const char *name,
                        const char *ending, const char *type);

/* HEAD asks for such an answer: its head alone, without its length. Nothing is spooled for it, or noted. */
enum problem spool_head(struct request *request, const char *name, const char *ending, const char *type);

void spool_release(struct spool *spool);

#endif
