#include "code.h"

#include "attempt.h"
#include "totp.h"

bool code_is(const char *text)
{
    char digits[TOTP_DIGITS + 1];
    unsigned char hash[SECRET_HASH_BYTES];
    return totp_digits(text, digits) || secret_code_hash(text, hash);
}

static enum rc use(struct request *request, int64_t person_id, const struct two_step *two_step,
                   const char *digits, const unsigned char hash[SECRET_HASH_BYTES])
{
    int64_t step = 0;
    if (!digits)
        return two_step_use_code(request->store, person_id, hash, request->now);
    if (!totp_find(two_step->secret, digits, request->now, two_step->last_step, &step))
        return RC_NOT_FOUND;
    return two_step_use_step(request->store, person_id, step);
}

enum problem code_use(struct request *request, const struct person *person, const struct two_step *two_step,
                      const char *text)
{
    char digits[TOTP_DIGITS + 1];
    unsigned char hash[SECRET_HASH_BYTES];
    struct attempt attempt;
    bool shown = totp_digits(text, digits);
    if (!shown && !secret_code_hash(text, hash))
        return PROBLEM_CODE_WRONG;
    enum problem problem = attempt_code(request, person->email, !shown, &attempt);
    if (problem != PROBLEM_NONE)
        return problem;
    enum rc rc = use(request, person->id, two_step, shown ? digits : NULL, hash);
    if (rc == RC_OK)
        attempt_code_good(request, &attempt);
    return rc == RC_NOT_FOUND || rc == RC_CONFLICT ? PROBLEM_CODE_WRONG : problem_of(rc);
}

void code_make(char texts[TWO_STEP_CODES][SECRET_CODE_LEN + 1],
               unsigned char hashes[TWO_STEP_CODES][SECRET_HASH_BYTES])
{
    for (int i = 0; i < TWO_STEP_CODES; i++)
        secret_code_make(texts[i], hashes[i]);
}
