/* A customer asks that what is held about them be erased, or thinks otherwise. */
#include "erasure.h"

#include "../account/own.h"
#include "../server/respond.h"
#include "../server/write.h"
#include "../store/erasure.h"
#include "handlers.h"

#define DAY_MS INT64_C(86400000)

static const struct limit per_person = {"erasures", 3, DAY_MS / 3};

static bool may_ask(const struct request *request)
{
    return request->portal->erasure && request->session.person.role == ROLE_CONTACT;
}

/* "waiting": for its time, or for the team. */
static const char *state_of(const struct erasure *erasure)
{
    if (erasure->outcome)
        return erasure->outcome;
    return erasure->approved_at ? "approved" : "waiting";
}

enum problem erasure_write_own(struct request *request, const char *key)
{
    struct erasure erasure = {0};
    struct buf *out = &request->out;
    if (!may_ask(request)) {
        write_json(out, key, "null");
        return PROBLEM_NONE;
    }
    enum rc rc = erasure_last(request->store, request->arena, request->session.person.id, &erasure);
    if (rc != RC_OK && rc != RC_NOT_FOUND)
        return problem_of(rc);
    write_begin(out, key, '{');
    write_text(out, "state", rc == RC_OK ? state_of(&erasure) : "none");
    write_time(out, "asked_at", erasure.asked_at);
    write_time(out, "due_at", erasure.due_at);
    write_time(out, "ended_at", erasure.ended_at);
    write_text(out, "reason", erasure.reason);
    write_end(out, '}');
    return PROBLEM_NONE;
}

static enum problem take_one(struct request *request)
{
    const char *person = arena_printf(request->arena, "%lld", (long long)request->session.person.id);
    if (!person)
        return PROBLEM_INTERNAL;
    request->retry_ms = limits_take(request->server->limits, &per_person, person, "", request->now);
    return request->retry_ms > 0 ? PROBLEM_TOO_MANY_ATTEMPTS : PROBLEM_NONE;
}

/* Each time two mails leave, and the team has a look; asked twice is asked, and costs nothing. */
static enum problem ask(struct request *request)
{
    struct erasure last;
    int64_t id = request->session.person.id;
    enum rc rc = erasure_last(request->store, request->arena, id, &last);
    if (rc == RC_OK && !last.ended_at)
        return PROBLEM_NONE;
    enum problem problem = take_one(request);
    if (problem != PROBLEM_NONE)
        return problem;
    rc =
        erasure_ask(request->store, id, request->now + request->portal->cool_off_days * DAY_MS, request->now);
    if (rc == RC_DENIED)
        return PROBLEM_NOT_ALLOWED;
    return rc == RC_CONFLICT ? PROBLEM_NONE : problem_of(rc);
}

enum problem handle_account_erasure(struct request *request)
{
    const char *password;
    struct person person;
    enum problem problem =
        request_texts(request, (const struct request_text[]){{"password", &password}, {0}});
    if (problem == PROBLEM_NONE && !may_ask(request))
        problem = PROBLEM_NOT_ALLOWED;
    if (problem == PROBLEM_NONE)
        problem = own_prove(request, "password", password, &person);
    if (problem == PROBLEM_NONE)
        problem = ask(request);
    return problem == PROBLEM_NONE ? respond_nothing(request, 204) : problem;
}

/* Also where the settings no longer let anybody ask. */
enum problem handle_account_erasure_withdraw(struct request *request)
{
    enum rc rc = erasure_withdraw(request->store, request->session.person.id, request->now);
    if (rc == RC_OK || rc == RC_NOT_FOUND)
        return respond_nothing(request, 204);
    return problem_of(rc);
}
