#include "../server/respond.h"
#include "../store/outbox.h"
#include "../store/secret.h"
#include "../store/token.h"
#include "attempt.h"
#include "handlers.h"
#include "password.h"
#include "rules.h"

#include <string.h>

/* --- asking for a link ---------------------------------------------------------------------------------- */

/* Only the form of the address is told apart, never whether anybody has it (T02). */
static enum problem reset_ask(struct request *request, const char *email)
{
    bool quiet;
    if (!strchr(email, '@')) {
        request_error(request, "email", *email ? "email" : "required");
        return PROBLEM_INVALID;
    }
    enum problem problem = attempt_reset(request, email, &quiet);
    if (problem != PROBLEM_NONE || quiet)
        return problem;
    return problem_of(outbox_reset(request->store, email, request->now));
}

enum problem handle_reset(struct request *request)
{
    const char *email;
    enum problem problem = request_texts(request, (const struct request_text[]){{"email", &email}, {0}});
    if (problem == PROBLEM_NONE)
        problem = reset_ask(request, email);
    return problem == PROBLEM_NONE ? respond_nothing(request, 202) : problem;
}

/* Back to a page of the portal, where `fragment` shows the message that stands ready there. */
static enum problem go(struct request *request, const char *locale, const char *page, const char *fragment)
{
    return respond_see_other(
        request, arena_printf(request->arena, "%s%s/#%s", request_home(request, locale), page, fragment));
}

enum problem handle_reset_form(struct request *request)
{
    const char *email, *locale;
    enum problem problem =
        request_texts(request, (const struct request_text[]){{"email", &email}, {"locale", &locale}, {0}});
    if (problem != PROBLEM_NONE)
        return problem;
    problem = reset_ask(request, email);
    if (problem == PROBLEM_TOO_MANY_ATTEMPTS)
        return go(request, locale, "reset", "e-limited");
    if (problem == PROBLEM_INVALID)
        return go(request, locale, "reset", "e-email");
    return problem == PROBLEM_NONE ? go(request, locale, "reset", "sent") : problem;
}

/* --- using it ------------------------------------------------------------------------------------------- */

static enum problem problem_of_token(enum token_state state)
{
    static const enum problem problems[] = {
        [TOKEN_GOOD] = PROBLEM_NONE,
        [TOKEN_UNKNOWN] = PROBLEM_TOKEN_UNKNOWN,
        [TOKEN_USED] = PROBLEM_TOKEN_USED,
        [TOKEN_EXPIRED] = PROBLEM_TOKEN_EXPIRED,
    };
    return problems[state];
}

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
    problem = problem_of_token(token_look(request->store, hash, "reset", request->now, &person_id));
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
    return rc == RC_OK ? problem_of_token(state) : problem_of(rc);
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
    problem = confirm(request, token, password);
    if (problem == PROBLEM_NONE)
        return go(request, locale, "sign-in", "reset-done");
    const char *code = problem_row(problem)->code;
    if (problem == PROBLEM_INVALID)
        code = request->errors[0].code;
    return go(request, locale, "reset-form", arena_printf(request->arena, "e-%s", code));
}
