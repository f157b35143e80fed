/*
 * code: is this what somebody's app shows, or one of their recovery codes?
 */
#ifndef GUICHET_CODE_H
#define GUICHET_CODE_H

#include "../server/request.h"
#include "../store/secret.h"
#include "../store/two_step.h"

/* Is the text of the form of a code at all? */
bool code_is(const char *text);

/*
 * Use a code of somebody whose two-step sign-in is on, within the limits of attempt.h; each counts once, also
 * of many at once. PROBLEM_CODE_WRONG: it is none, or was used. PROBLEM_TOO_MANY_ATTEMPTS: not evaluated.
 */
enum problem code_use(struct request *request, const struct person *person, const struct two_step *two_step,
                      const char *text);

/* New recovery codes: as people keep them, and their hashes. */
void code_make(char texts[TWO_STEP_CODES][SECRET_CODE_LEN + 1],
               unsigned char hashes[TWO_STEP_CODES][SECRET_HASH_BYTES]);

#endif
