#include "second_step.h"

#include "../server/cookie.h"
#include "../store/two_step.h"
#include "answer.h"
#include "code.h"
#include "handlers.h"
#include "visit.h"

#include <sodium.h>

#define LASTS_SECONDS 300

enum problem second_step_ask(struct request *request, const struct entry *entry)
{
    struct two_step two_step;
    char secret[SECRET_TEXT_LEN + 1];
    unsigned char hash[SECRET_HASH_BYTES];
    const struct half_sign_in half = {entry->person->id, entry->way, entry->remembered};
    enum rc rc = two_step_read(request->store, entry->person->id, &two_step);
    bool on = two_step.on;
    sodium_memzero(&two_step, sizeof two_step);
    if (rc != RC_OK || !on)
        return problem_of(rc);
    secret_make(secret, hash);
    rc = half_begin(request->store, hash, &half, request->now, request->now + LASTS_SECONDS * INT64_C(1000));
    if (rc == RC_OK)
        cookie_keep(request, COOKIE_HALF, secret, LASTS_SECONDS);
    sodium_memzero(secret, sizeof secret);
    return rc == RC_OK ? PROBLEM_TWO_STEP : problem_of(rc);
}

/* Whose sign-in waits, by the browser's cookie; that counts as a try. */
static enum problem find(struct request *request, unsigned char hash[SECRET_HASH_BYTES],
                         struct half_sign_in *half, struct person *person)
{
    const char *kept = cookie_kept(request, COOKIE_HALF);
    if (!kept || !secret_hash(kept, hash))
        return PROBLEM_CODE_OVER;
    enum rc rc = half_try(request->store, request->arena, hash, request->now, half);
    if (rc == RC_OK)
        rc = person_by_id(request->store, request->arena, half->person_id, person);
    return rc == RC_NOT_FOUND ? PROBLEM_CODE_OVER : problem_of(rc);
}

static enum problem check(struct request *request, const struct person *person, const char *code)
{
    struct two_step two_step;
    enum rc rc = two_step_read(request->store, person->id, &two_step);
    if (rc != RC_OK)
        return problem_of(rc);
    enum problem problem =
        two_step.on ? code_use(request, person, &two_step, code) : PROBLEM_CODE_OVER; /* off meanwhile */
    sodium_memzero(&two_step, sizeof two_step);
    return problem;
}

static enum problem give(struct request *request, const char *code)
{
    unsigned char hash[SECRET_HASH_BYTES];
    struct half_sign_in half;
    struct person person = {0};
    enum problem problem = find(request, hash, &half, &person);
    if (problem == PROBLEM_NONE)
        problem = check(request, &person, code);
    if (problem == PROBLEM_CODE_OVER)
        cookie_drop(request, COOKIE_HALF);
    if (problem != PROBLEM_NONE)
        return problem;
    problem = problem_of(half_end(request->store, hash));
    if (problem != PROBLEM_NONE)
        return problem;
    cookie_drop(request, COOKIE_HALF);
    return enter(
        request,
        &(struct entry){.person = &person, .way = half.way, .remembered = half.remembered, .complete = true});
}

enum problem handle_code(struct request *request)
{
    const char *code;
    enum problem problem = request_texts(request, (const struct request_text[]){{"code", &code}, {0}});
    if (problem == PROBLEM_NONE)
        problem = give(request, code);
    return problem == PROBLEM_NONE ? visit_respond(request) : problem;
}

enum problem handle_code_form(struct request *request)
{
    const char *code, *locale, *back;
    enum problem problem = request_texts(
        request, (const struct request_text[]){{"code", &code}, {"locale", &locale}, {"return", &back}, {0}});
    if (problem != PROBLEM_NONE)
        return problem;
    back = enter_back(request, back);
    problem = give(request, code);
    if (problem == PROBLEM_CODE_WRONG || problem == PROBLEM_TOO_MANY_ATTEMPTS)
        return enter_page(request, locale, "code", back, answer_fragment(request, problem));
    return enter_leads(request, locale, back, problem);
}
