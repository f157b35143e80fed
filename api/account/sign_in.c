#include "sign_in.h"

#include "../store/audit.h"
#include "attempt.h"
#include "password.h"

/* A hash of another cost than today's is made anew while the password is at hand. It is fine if that fails.
 */
static void keep_hash_current(struct request *request, const struct person *person, const char *password)
{
    char encoded[crypto_pwhash_STRBYTES];
    if (password_needs_rehash(person->password) && password_hash(password, encoded))
        person_rehash(request->store, person->id, person->password, encoded);
}

/* Written down of the unknown too, without what was typed: both take one commit's time (T02). How often it
 * can happen, the limits say; that it cannot be written lets nobody in, and says nothing. */
static enum problem refuse(struct request *request, int64_t person_id)
{
    audit_write(request->store, request->now, person_id, "session.refuse", 0, "password");
    return PROBLEM_CREDENTIALS;
}

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
        return refuse(request, rc == RC_OK ? person->id : 0);
    attempt_good(request, &attempt);
    keep_hash_current(request, person, password);
    return PROBLEM_NONE;
}
