/*
 * visit: who is in is told who they are, and leaves. How they come in: enter.h.
 */
#ifndef GUICHET_VISIT_H
#define GUICHET_VISIT_H

#include "../server/request.h"

/* End the session that the request's cookie is of, if any. */
enum problem visit_end(struct request *request);

/* Answer 200 with request->session. */
enum problem visit_respond(struct request *request);

#endif
