/* Making an account oneself: asking for it, and bringing back the code that was mailed. */
#include "../store/sign_up.h"

#include "../../lib/settings/format.h"
#include "../server/respond.h"
#include "../store/secret.h"
#include "answer.h"
#include "attempt.h"
#include "enter.h"
#include "handlers.h"
#include "name.h"
#include "password.h"
#include "rules.h"
#include "visit.h"

#include <string.h>

/* What somebody typed who wants an account. */
struct wish {
    const char *name, *email, *password, *consent, *locale;
};

static enum problem check_open(const struct request *request)
{
    return request->portal->sign_up ? PROBLEM_NONE : PROBLEM_SIGN_UP_OFF;
}

/* --- asking --------------------------------------------------------------------------------------------- */

static void check_consent(struct request *request, const char *version)
{
    if (json_object_size(request->portal->consent) == 0)
        return;
    if (*version == '\0')
        request_error(request, "consent", "required");
    else if (!portal_consent(request->portal, version))
        request_error(request, "consent", "consent_old");
}

/* Everything that is wrong, in the order of the page. */
static enum problem check_wish(struct request *request, const struct wish *wish)
{
    const char *name_fault = name_wrong(wish->name);
    const char *password_wrong = password_fault(request->portal, wish->email, wish->password);
    if (name_fault)
        request_error(request, "name", name_fault);
    if (!format_is_email(wish->email))
        request_error(request, "email", *wish->email ? "email" : "required");
    if (password_wrong)
        request_error(request, "password", password_wrong);
    check_consent(request, wish->consent);
    return request->error_count > 0 ? PROBLEM_INVALID : PROBLEM_NONE;
}

static const char *known_locale(const struct portal *portal, const char *locale)
{
    for (size_t i = 0; i < portal->locale_count; i++)
        if (strcmp(portal->locales[i], locale) == 0)
            return portal->locales[i];
    return portal->default_locale;
}

/* The hash is made in any case: whether the address is known shows in no time either (T02). */
static enum problem keep_wish(struct request *request, const struct wish *wish, bool quiet)
{
    char encoded[crypto_pwhash_STRBYTES];
    struct sign_up sign_up = {
        .email = wish->email, .locale = known_locale(request->portal, wish->locale), .password = encoded};
    name_split(request->arena, wish->name, &sign_up.first_name, &sign_up.last_name);
    sign_up.consent_text = portal_consent(request->portal, wish->consent);
    sign_up.consent = sign_up.consent_text ? wish->consent : NULL;
    if (!sign_up.first_name || !sign_up.last_name || !password_hash(wish->password, encoded))
        return PROBLEM_INTERNAL;
    return problem_of(sign_up_add(request->store, &sign_up, !quiet, request->now));
}

static enum problem ask(struct request *request, struct wish *wish)
{
    bool quiet;
    wish->name = name_clean(request->arena, wish->name);
    wish->email = name_clean(request->arena, wish->email);
    if (!wish->name || !wish->email)
        return PROBLEM_INTERNAL;
    /* Mistakes cost nothing, and so they count for nothing. */
    enum problem problem = check_wish(request, wish);
    if (problem == PROBLEM_NONE)
        problem = attempt_sign_up(request, wish->email, &quiet);
    return problem == PROBLEM_NONE ? keep_wish(request, wish, quiet) : problem;
}

static enum problem read_wish(struct request *request, struct wish *wish)
{
    enum problem problem = check_open(request);
    if (problem != PROBLEM_NONE)
        return problem;
    return request_texts(request, (const struct request_text[]){{"name", &wish->name},
                                                                {"email", &wish->email},
                                                                {"password", &wish->password},
                                                                {"consent", &wish->consent},
                                                                {"locale", &wish->locale},
                                                                {0}});
}

enum problem handle_sign_up(struct request *request)
{
    struct wish wish;
    enum problem problem = read_wish(request, &wish);
    if (problem == PROBLEM_NONE)
        problem = ask(request, &wish);
    return problem == PROBLEM_NONE ? respond_nothing(request, 202) : problem;
}

enum problem handle_sign_up_form(struct request *request)
{
    struct wish wish;
    enum problem problem = read_wish(request, &wish);
    if (problem != PROBLEM_NONE)
        return problem;
    problem = ask(request, &wish);
    if (problem == PROBLEM_NONE)
        return answer_page(request, wish.locale, "sign-up", "sent");
    return answer_page_wrong(request, wish.locale, "sign-up", problem);
}

/* --- the code ------------------------------------------------------------------------------------------- */

/* The code shows that the mail arrived, the password that it was this person who asked for it. */
static enum problem confirm_check(struct request *request, const char *code, const char *password,
                                  unsigned char hash[TOKEN_HASH_BYTES])
{
    struct sign_up sign_up;
    struct attempt attempt;
    enum problem problem = attempt_token(request);
    if (problem != PROBLEM_NONE)
        return problem;
    if (!secret_code_hash(code, hash))
        return PROBLEM_TOKEN_UNKNOWN;
    problem = answer_of_token(sign_up_look(request->store, request->arena, hash, request->now, &sign_up));
    if (problem == PROBLEM_NONE)
        problem = attempt_begin(request, sign_up.email, &attempt);
    if (problem != PROBLEM_NONE)
        return problem;
    if (!password_verify(sign_up.password, password))
        return PROBLEM_CREDENTIALS;
    attempt_good(request, &attempt);
    return PROBLEM_NONE;
}

static enum problem confirm(struct request *request, const char *code, const char *password)
{
    unsigned char hash[TOKEN_HASH_BYTES];
    enum token_state state = TOKEN_UNKNOWN;
    struct person person;
    int64_t person_id = 0;
    enum problem problem = confirm_check(request, code, password, hash);
    if (problem != PROBLEM_NONE)
        return problem;
    enum rc rc =
        sign_up_use(request->store, hash, request->portal->sign_up_group, request->now, &state, &person_id);
    if (rc != RC_OK || state != TOKEN_GOOD)
        return rc != RC_OK ? problem_of(rc) : answer_of_token(state);
    rc = person_by_id(request->store, request->arena, person_id, &person);
    return rc == RC_OK ? enter(request, &(struct entry){.person = &person, .way = "sign_up"})
                       : problem_of(rc);
}

enum problem handle_sign_up_confirm(struct request *request)
{
    const char *code, *password;
    enum problem problem = check_open(request);
    if (problem == PROBLEM_NONE)
        problem = request_texts(request,
                                (const struct request_text[]){{"code", &code}, {"password", &password}, {0}});
    if (problem == PROBLEM_NONE)
        problem = confirm(request, code, password);
    return problem == PROBLEM_NONE ? visit_respond(request) : problem;
}

enum problem handle_sign_up_confirm_form(struct request *request)
{
    const char *code, *password, *locale;
    enum problem problem = check_open(request);
    if (problem == PROBLEM_NONE)
        problem =
            request_texts(request, (const struct request_text[]){
                                       {"code", &code}, {"password", &password}, {"locale", &locale}, {0}});
    if (problem != PROBLEM_NONE)
        return problem;
    problem = confirm(request, code, password);
    if (enter_said(problem))
        return enter_leads(request, locale, "", problem);
    return answer_page_wrong(request, locale, "verify", problem);
}
