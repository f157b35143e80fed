/*
 * who: who asks, by the session's cookie.
 */
#ifndef GUICHET_WHO_H
#define GUICHET_WHO_H

#include "request.h"

/*
 * Set the request's session and viewer. The dispatcher has done so for routes of signed-in people; a plain
 * form's handler does it itself, since it answers with a page. PROBLEM_SIGNED_OUT: nobody.
 */
enum problem who_asks(struct request *request);

#endif
