/*
 * sign_in: is this address and password somebody's?
 */
#ifndef GUICHET_SIGN_IN_H
#define GUICHET_SIGN_IN_H

#include "../server/request.h"

/*
 * PROBLEM_CREDENTIALS alike for an unknown address, a disabled account, one without a password and a wrong
 * one, after the same work (T01). PROBLEM_TOO_MANY_ATTEMPTS: nothing was evaluated (see attempt.h).
 */
enum problem sign_in_check(struct request *request, const char *email, const char *password,
                           struct person *person);

#endif
