/* Mailed links: asking for one to sign in with, and pressing one. */
#include "../server/respond.h"
#include "../server/write.h"
#include "../store/account.h"
#include "../store/outbox.h"
#include "../store/secret.h"
#include "answer.h"
#include "attempt.h"
#include "enter.h"
#include "handlers.h"

#include <string.h>

/* --- asking ----------------------------------------------------------------------------------------------
 */

/* Only the form of the address is told apart, never whether anybody has it (T02). */
static enum problem ask(struct request *request, const char *email, const char *back)
{
    bool quiet;
    if (!request->portal->sign_in_links)
        return PROBLEM_NOT_ALLOWED;
    if (!strchr(email, '@')) {
        request_error(request, "email", *email ? "email" : "required");
        return PROBLEM_INVALID;
    }
    enum problem problem = attempt_link(request, email, &quiet);
    if (problem != PROBLEM_NONE || quiet)
        return problem;
    return problem_of(outbox_sign_in_link(request->store, email, enter_back(request, back), request->now));
}

enum problem handle_sign_in_link(struct request *request)
{
    const char *email, *back;
    enum problem problem =
        request_texts(request, (const struct request_text[]){{"email", &email}, {"~return", &back}, {0}});
    if (problem == PROBLEM_NONE)
        problem = ask(request, email, back);
    return problem == PROBLEM_NONE ? respond_nothing(request, 202) : problem;
}

/* What the form names when nobody was on the way to anywhere; a link leads there by itself. */
static bool is_usual(struct request *request, const char *locale, const char *back)
{
    const char *tickets = arena_printf(request->arena, "%stickets/", request_home(request, locale));
    return tickets && strcmp(back, tickets) == 0;
}

/* The whole form for signing in comes, since it has a second button for this. */
enum problem handle_sign_in_link_form(struct request *request)
{
    const char *email, *locale, *back, *unused;
    enum problem problem = request_texts(request, (const struct request_text[]){{"email", &email},
                                                                                {"locale", &locale},
                                                                                {"password", &unused},
                                                                                {"return", &back},
                                                                                {"?remember", &unused},
                                                                                {0}});
    if (problem != PROBLEM_NONE)
        return problem;
    problem = ask(request, email, is_usual(request, locale, back) ? "" : back);
    if (problem == PROBLEM_NONE)
        return answer_page(request, locale, "sign-in", "link-sent");
    return answer_page_wrong(request, locale, "sign-in", problem);
}

/* --- pressing --------------------------------------------------------------------------------------------
 */

static enum problem enter_by_link(struct request *request, int64_t person_id, bool remembered)
{
    struct person person;
    enum rc rc = person_by_id(request->store, request->arena, person_id, &person);
    if (rc != RC_OK)
        return rc == RC_NOT_FOUND ? PROBLEM_TOKEN_UNKNOWN : problem_of(rc);
    return enter(request, &(struct entry){.person = &person, .way = "link", .remembered = remembered});
}

static enum problem press(struct request *request, const char *token, bool remembered,
                          enum account_link *link)
{
    unsigned char hash[SECRET_HASH_BYTES];
    enum token_state state = TOKEN_UNKNOWN;
    int64_t person_id = 0;
    enum problem problem = attempt_token(request);
    if (problem != PROBLEM_NONE)
        return problem;
    if (!secret_hash(token, hash))
        return PROBLEM_TOKEN_UNKNOWN;
    enum rc rc = account_use_link(request->store, hash, request->now, &state, link, &person_id);
    if (rc == RC_CONFLICT)
        return PROBLEM_ADDRESS_TAKEN;
    problem = rc == RC_OK ? answer_of_token(state) : problem_of(rc);
    if (problem != PROBLEM_NONE || *link == ACCOUNT_LINK_ADDRESS)
        return problem;
    return enter_by_link(request, person_id, remembered);
}

enum problem handle_link(struct request *request)
{
    const char *token, *remember;
    enum account_link link;
    enum problem problem = request_texts(
        request, (const struct request_text[]){{"token", &token}, {"?remember", &remember}, {0}});
    if (problem == PROBLEM_NONE)
        problem = press(request, token, *remember, &link);
    if (problem != PROBLEM_NONE)
        return problem;
    write_begin(&request->out, NULL, '{');
    write_text(&request->out, "did", link == ACCOUNT_LINK_ADDRESS ? "address" : "sign_in");
    write_end(&request->out, '}');
    return respond_json(request, 200);
}

enum problem handle_link_form(struct request *request)
{
    const char *token, *remember, *locale;
    enum account_link link = ACCOUNT_LINK_SIGN_IN;
    enum problem problem = request_texts(
        request,
        (const struct request_text[]){{"token", &token}, {"?remember", &remember}, {"locale", &locale}, {0}});
    if (problem != PROBLEM_NONE)
        return problem;
    const char *back = answer_pasted_back(request, token);
    token = answer_pasted(request, token);
    problem = token ? press(request, token, *remember, &link) : PROBLEM_INTERNAL;
    if (problem == PROBLEM_NONE && link == ACCOUNT_LINK_ADDRESS)
        return answer_page(request, locale, "link", "address-done");
    if (enter_said(problem))
        return enter_leads(request, locale, back, problem);
    return answer_page_wrong(request, locale, "link", problem);
}
