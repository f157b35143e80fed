#include "sign_in.h"

#include "attempt.h"
#include "password.h"

enum problem sign_in_check(struct request *request, const char *email, const char *password,
                           struct person *person)
{
    struct attempt attempt;
    enum problem problem = attempt_begin(request, email, &attempt);
    if (problem != PROBLEM_NONE)
        return problem;
    enum rc rc = person_by_email(request->store, request->arena, email, person);
    if (rc != RC_OK && rc != RC_NOT_FOUND)
        return problem_of(rc);
    if (!password_verify(rc == RC_OK ? person->password : NULL, password))
        return PROBLEM_CREDENTIALS;
    attempt_good(request, &attempt);
    return PROBLEM_NONE;
}
