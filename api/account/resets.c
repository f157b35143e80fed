#include "../server/respond.h"
#include "../store/outbox.h"
#include "../store/secret.h"
#include "../store/token.h"
#include "answer.h"
#include "attempt.h"
#include "enter.h"
#include "handlers.h"
#include "password.h"
#include "rules.h"

#include <string.h>

/* --- asking for a link ---------------------------------------------------------------------------------- */

/* Only the form of the address is told apart, never whether anybody has it (T02). */
static enum problem reset_ask(struct request *request, const char *email, const char *back)
{
    bool quiet;
    if (!strchr(email, '@')) {
        request_error(request, "email", *email ? "email" : "required");
        return PROBLEM_INVALID;
    }
    enum problem problem = attempt_reset(request, email, &quiet);
    if (problem != PROBLEM_NONE || quiet)
        return problem;
    return problem_of(outbox_reset(request->store, email, enter_back(request, back), request->now));
}

enum problem handle_reset(struct request *request)
{
    const char *email, *back;
    enum problem problem =
        request_texts(request, (const struct request_text[]){{"email", &email}, {"~return", &back}, {0}});
    if (problem == PROBLEM_NONE)
        problem = reset_ask(request, email, back);
    return problem == PROBLEM_NONE ? respond_nothing(request, 202) : problem;
}

enum problem handle_reset_form(struct request *request)
{
    const char *email, *locale;
    enum problem problem =
        request_texts(request, (const struct request_text[]){{"email", &email}, {"locale", &locale}, {0}});
    if (problem != PROBLEM_NONE)
        return problem;
    problem = reset_ask(request, email, "");
    if (problem == PROBLEM_NONE)
        return answer_page(request, locale, "reset", "sent");
    return answer_page_wrong(request, locale, "reset", problem);
}

/* --- using it ------------------------------------------------------------------------------------------- */

/* What can be known without the work of a hash: the token, and whether the password may be one. */
static enum problem confirm_check(struct request *request, const char *token, const char *password,
                                  unsigned char hash[TOKEN_HASH_BYTES])
{
    struct person person = {0};
    int64_t person_id = 0;
    enum problem problem = attempt_token(request);
    if (problem != PROBLEM_NONE)
        return problem;
    if (!secret_hash(token, hash))
        return PROBLEM_TOKEN_UNKNOWN;
    problem = answer_of_token(token_look(request->store, hash, "reset", request->now, &person_id));
    if (problem != PROBLEM_NONE)
        return problem;
    if (person_by_id(request->store, request->arena, person_id, &person) != RC_OK)
        return PROBLEM_TOKEN_UNKNOWN;
    const char *fault = password_fault(request->portal, person.email, password);
    if (!fault)
        return PROBLEM_NONE;
    request_error(request, "password", fault);
    return PROBLEM_INVALID;
}

static enum problem confirm(struct request *request, const char *token, const char *password)
{
    unsigned char hash[TOKEN_HASH_BYTES];
    char encoded[crypto_pwhash_STRBYTES];
    enum token_state state = TOKEN_UNKNOWN;
    enum problem problem = confirm_check(request, token, password, hash);
    if (problem != PROBLEM_NONE)
        return problem;
    if (!password_hash(password, encoded))
        return PROBLEM_INTERNAL;
    enum rc rc = token_reset_password(request->store, hash, encoded, request->now, &state);
    return rc == RC_OK ? answer_of_token(state) : problem_of(rc);
}

enum problem handle_reset_confirm(struct request *request)
{
    const char *token, *password;
    enum problem problem = request_texts(
        request, (const struct request_text[]){{"token", &token}, {"password", &password}, {0}});
    if (problem == PROBLEM_NONE)
        problem = confirm(request, token, password);
    return problem == PROBLEM_NONE ? respond_nothing(request, 204) : problem;
}

enum problem handle_reset_confirm_form(struct request *request)
{
    const char *token, *password, *locale;
    enum problem problem = request_texts(
        request,
        (const struct request_text[]){{"token", &token}, {"password", &password}, {"locale", &locale}, {0}});
    if (problem != PROBLEM_NONE)
        return problem;
    const char *back = answer_pasted_back(request, token);
    token = answer_pasted(request, token);
    problem = token ? confirm(request, token, password) : PROBLEM_INTERNAL;
    if (problem == PROBLEM_NONE)
        return enter_page(request, locale, "sign-in", back, "reset-done");
    return answer_page_wrong(request, locale, "reset-form", problem);
}
