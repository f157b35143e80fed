/*
 * visit: who is in is told who they are, and leaves. How they come in: enter.h.
 */
#ifndef GUICHET_VISIT_H
#define GUICHET_VISIT_H

#include "../server/request.h"

/* End the session that the request's cookie is of, if any. */
enum problem visit_end(struct request *request);

/* The provider of single sign-on that this session began with, where one may sign out of it as well, by its
 * id; NULL: none. */
const char *visit_provider(const struct request *request, const struct session *session);

/* Answer 200 with request->session. */
enum problem visit_respond(struct request *request);

#endif
