/*
 * submission: what was submitted under which key, so that a retry gets the first outcome again; internal to
 * this room.
 */
#ifndef GUICHET_STORE_SUBMISSION_H
#define GUICHET_STORE_SUBMISSION_H

#include "inside.h"

enum submission_kind { SUBMISSION_TICKET, SUBMISSION_REPLY };

/* What a submission made; found again under its key, it is handed out instead of made anew. */
struct outcome {
    int64_t number;
    int64_t message_id;
    int64_t follows; /* the ticket that was replied to when this one was started instead; 0: none */
    bool repeated;
};

/*
 * Within a write transaction. RC_NOT_FOUND: a new key, or `submission` is NULL. RC_CONFLICT: the key was used
 * for something else.
 */
enum rc submission_find(struct conn *conn, int64_t person_id, enum submission_kind kind,
                        const struct submission *submission, struct outcome *outcome);
void submission_keep(struct conn *conn, int64_t person_id, enum submission_kind kind,
                     const struct submission *submission, const struct outcome *outcome, int64_t now);

#endif
