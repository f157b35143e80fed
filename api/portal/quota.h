/*
 * quota: how much a customer may send (T32).
 *
 * So many tickets, replies and people added an hour, so many bytes of files a day, as the deployment's
 * settings say; what was not used up comes back evenly. Taken before a byte of the body is read, so that
 * requests at the same moment never get more together, and given back when nothing new came of it. Of a body
 * whose length is not declared the most that may come is taken, and what did not come is given back. Staff
 * have none.
 */
#ifndef GUICHET_QUOTA_H
#define GUICHET_QUOTA_H

#include "../server/request.h"

/* Closing and taking it back, and ratings: as many as replies, each counted by themselves. */
enum quota_kind { QUOTA_TICKETS, QUOTA_REPLIES, QUOTA_CLOSINGS, QUOTA_RATINGS, QUOTA_SHARES };

struct quota {
    enum quota_kind kind;
    char person[24]; /* "": nothing was taken */
    int64_t mebibytes;
};

/* Take what this request wants. PROBLEM_TOO_MANY_ATTEMPTS: wait for request->retry_ms. */
enum problem quota_take(struct request *request, enum quota_kind kind, struct quota *quota);

/* At the end, when the body was read: give back what was not used; all of it, if nothing new was made. */
void quota_settle(struct request *request, const struct quota *quota, bool made);

#endif
