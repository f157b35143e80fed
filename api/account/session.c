#include "../../lib/esc.h"
#include "../server/cookie.h"
#include "../server/respond.h"
#include "../server/write.h"
#include "handlers.h"
#include "return.h"
#include "sign_in.h"

#include <sodium.h>
#include <string.h>

#define HOUR_MS INT64_C(3600000)

static const char *const roles[] = {
    [ROLE_CONTACT] = "contact", [ROLE_AGENT] = "agent", [ROLE_ADMIN] = "admin"};

static void write_person(struct request *request, const struct person *person)
{
    struct buf *out = &request->out;
    write_begin(out, "person", '{');
    write_text(out, "name", request_name(request, person->first_name, person->last_name));
    write_text(out, "first_name", person->first_name);
    write_text(out, "email", person->email);
    write_text(out, "role", roles[person->role]);
    write_text(out, "company", person->company_name);
    write_end(out, '}');
}

static void write_views(struct request *request, const struct person *person)
{
    bool staff = person->role != ROLE_CONTACT;
    bool company = request->portal->permission == PORTAL_COMPANY && person->company_id != 0;
    write_begin(&request->out, "views", '[');
    write_text(&request->out, NULL, "mine");
    if (staff || company)
        write_text(&request->out, NULL, "company");
    write_end(&request->out, ']');
}

static enum problem respond_session(struct request *request, const struct session *session)
{
    struct buf *out = &request->out;
    write_begin(out, NULL, '{');
    write_person(request, &session->person);
    write_views(request, &session->person);
    write_time(out, "expires_at", session->expires_at);
    write_number(out, "idle_minutes", request->portal->idle_minutes);
    write_end(out, '}');
    return respond_json(request, 200);
}

enum problem handle_session(struct request *request)
{
    return respond_session(request, &request->session);
}

/* End the session that the request's cookie is of, if any. */
static enum problem end_old_session(struct request *request)
{
    unsigned char hash[SECRET_HASH_BYTES];
    if (!cookie_hash(request, hash))
        return PROBLEM_NONE;
    enum rc rc = session_end(request->store, hash);
    return rc == RC_NOT_FOUND ? PROBLEM_NONE : problem_of(rc);
}

/* Whatever cookie came with the request, the one that goes out is new (T12). */
static enum problem begin_session(struct request *request, const struct person *person)
{
    char secret[SECRET_TEXT_LEN + 1];
    unsigned char hash[SECRET_HASH_BYTES];
    enum problem problem = end_old_session(request);
    if (problem != PROBLEM_NONE)
        return problem;
    secret_make(secret, hash);
    request->session.person = *person;
    request->session.expires_at = request->now + request->portal->session_hours * HOUR_MS;
    problem = problem_of(
        session_create(request->store, hash, person->id, request->now, request->session.expires_at));
    if (problem == PROBLEM_NONE)
        cookie_set(request, secret);
    sodium_memzero(secret, sizeof secret);
    return problem;
}

enum problem handle_sign_in(struct request *request)
{
    const char *email, *password;
    struct person person;
    enum problem problem = request_texts(
        request, (const struct request_text[]){{"email", &email}, {"password", &password}, {0}});
    if (problem == PROBLEM_NONE)
        problem = sign_in_check(request, email, password, &person);
    if (problem == PROBLEM_NONE)
        problem = begin_session(request, &person);
    return problem == PROBLEM_NONE ? respond_session(request, &request->session) : problem;
}

/* Back to the form, with what went wrong as the fragment and the way back kept. */
static enum problem sign_in_again(struct request *request, const char *home, const char *back,
                                  const char *why)
{
    buf_adds(&request->out, home);
    buf_adds(&request->out, "sign-in/");
    if (*back) {
        buf_adds(&request->out, "?return=");
        esc_url(&request->out, back, strlen(back));
    }
    buf_adds(&request->out, why);
    return buf_ok(&request->out) ? respond_see_other(request, request->out.data) : PROBLEM_INTERNAL;
}

enum problem handle_sign_in_form(struct request *request)
{
    const char *email, *password, *locale, *back;
    struct person person;
    enum problem problem = request_texts(
        request,
        (const struct request_text[]){
            {"email", &email}, {"password", &password}, {"locale", &locale}, {"return", &back}, {0}});
    if (problem != PROBLEM_NONE)
        return problem;
    const char *home = request_home(request, locale);
    if (!return_is_own(request->portal->slug, back))
        back = "";
    problem = sign_in_check(request, email, password, &person);
    if (problem == PROBLEM_CREDENTIALS)
        return sign_in_again(request, home, back, "#e-credentials");
    if (problem == PROBLEM_TOO_MANY_ATTEMPTS)
        return sign_in_again(request, home, back, "#e-limited");
    if (problem == PROBLEM_NONE)
        problem = begin_session(request, &person);
    if (problem != PROBLEM_NONE)
        return problem;
    return respond_see_other(request, *back ? back : arena_printf(request->arena, "%stickets/", home));
}

static enum problem sign_out(struct request *request)
{
    cookie_clear(request);
    return end_old_session(request);
}

enum problem handle_sign_out(struct request *request)
{
    enum problem problem = sign_out(request);
    return problem == PROBLEM_NONE ? respond_nothing(request, 204) : problem;
}

enum problem handle_sign_out_form(struct request *request)
{
    const char *locale;
    enum problem problem = request_texts(request, (const struct request_text[]){{"locale", &locale}, {0}});
    if (problem == PROBLEM_NONE)
        problem = sign_out(request);
    if (problem != PROBLEM_NONE)
        return problem;
    return respond_see_other(request,
                             arena_printf(request->arena, "%ssign-out/#done", request_home(request, locale)));
}
