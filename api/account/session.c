#include "../server/cookie.h"
#include "../server/respond.h"
#include "../server/who.h"
#include "answer.h"
#include "enter.h"
#include "handlers.h"
#include "sign_in.h"
#include "visit.h"

#include <string.h>

enum problem handle_session(struct request *request)
{
    return visit_respond(request);
}

enum problem handle_sign_in(struct request *request)
{
    const char *email, *password, *remember;
    struct person person;
    enum problem problem = request_texts(
        request, (const struct request_text[]){
                     {"email", &email}, {"password", &password}, {"?remember", &remember}, {0}});
    if (problem == PROBLEM_NONE)
        problem = sign_in_check(request, email, password, &person);
    if (problem == PROBLEM_NONE)
        problem = enter(request, &(struct entry){&person, "password", .remembered = *remember});
    return problem == PROBLEM_NONE ? visit_respond(request) : problem;
}

enum problem handle_sign_in_form(struct request *request)
{
    const char *email, *password, *locale, *back, *remember;
    struct person person;
    enum problem problem = request_texts(request, (const struct request_text[]){{"email", &email},
                                                                                {"password", &password},
                                                                                {"locale", &locale},
                                                                                {"return", &back},
                                                                                {"?remember", &remember},
                                                                                {0}});
    if (problem != PROBLEM_NONE)
        return problem;
    back = enter_back(request, back);
    problem = sign_in_check(request, email, password, &person);
    if (problem == PROBLEM_NONE)
        problem = enter(request, &(struct entry){&person, "password", .remembered = *remember});
    return enter_leads(request, locale, back, problem);
}

static enum problem sign_out(struct request *request)
{
    cookie_clear(request);
    return visit_end(request);
}

enum problem handle_sign_out(struct request *request)
{
    enum problem problem = sign_out(request);
    return problem == PROBLEM_NONE ? respond_nothing(request, 204) : problem;
}

/* The message that stands ready for who has signed out. */
static const char *farewell(struct request *request)
{
    struct session session;
    unsigned char hash[SECRET_HASH_BYTES];
    if (!cookie_hash(request, hash) || session_look(request->store, request->arena, hash, request->now,
                                                    who_idle(request->portal), &session) != RC_OK)
        return "done";
    const char *provider = visit_provider(request, &session);
    return provider ? arena_printf(request->arena, "leaving-%s", provider) : "done";
}

enum problem handle_sign_out_form(struct request *request)
{
    const char *locale;
    enum problem problem = request_texts(request, (const struct request_text[]){{"locale", &locale}, {0}});
    if (problem != PROBLEM_NONE)
        return problem;
    const char *fragment = farewell(request);
    problem = sign_out(request);
    return problem == PROBLEM_NONE ? answer_page(request, locale, "sign-out", fragment) : problem;
}
