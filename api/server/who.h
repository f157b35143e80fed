/*
 * who: who asks, by the session's cookie.
 */
#ifndef GUICHET_WHO_H
#define GUICHET_WHO_H

#include "request.h"

/*
 * How long sessions may go without use, by the settings. Who asked to stay signed in may come back after
 * WHO_REMEMBERED_DAYS, but no later than the settings remember anybody; where they do not, all are alike.
 */
#define WHO_REMEMBERED_DAYS 7
struct session_idle who_idle(const struct portal *portal);

/*
 * Set the request's session and viewer. The dispatcher has done so for routes of signed-in people; a plain
 * form's handler does it itself, since it answers with a page. PROBLEM_SIGNED_OUT: nobody.
 * PROBLEM_NOT_LET_IN: somebody whom the settings do not let in (any more), see store/access.h; few routes are
 * for them all the same.
 * PROBLEM_CONSENT: somebody who has to agree to something first, see store/consent.h; fewer still are theirs.
 * PROBLEM_TWO_STEP_MISSING: somebody of the team who must set it up first.
 * PROBLEM_VIEWING: somebody of the team who looks as a contact, and the route is not for looking.
 */
enum problem who_asks(struct request *request);

/* PROBLEM_VIEWING, on a route of anyone that changes something, by the cookie that came with it if any. Sets
 * nothing. */
enum problem who_only_looks(struct request *request);

/* PROBLEM_TWO_STEP_MISSING: the settings want two-step sign-in of the person of this request's session, who
 * has none. Who came from a provider of single sign-on has the provider's second step. */
enum problem who_lacks_two_step(struct request *request);

#endif
