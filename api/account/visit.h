/*
 * visit: somebody comes in, is told who they are, and leaves.
 */
#ifndef GUICHET_VISIT_H
#define GUICHET_VISIT_H

#include "../server/request.h"

/* Begin a session. Whatever cookie came with the request, the one that goes out is new (T12). */
enum problem visit_begin(struct request *request, const struct person *person);

/* End the session that the request's cookie is of, if any. */
enum problem visit_end(struct request *request);

/* Answer 200 with request->session. */
enum problem visit_respond(struct request *request);

#endif
