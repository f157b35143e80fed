/* A customer asks that what is held about them be erased, or thinks otherwise. */
#include "erasure.h"

#include "../account/own.h"
#include "../server/respond.h"
#include "../server/write.h"
#include "../store/erasure.h"
#include "handlers.h"

#define DAY_MS INT64_C(86400000)

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
    if (problem != PROBLEM_NONE)
        return problem;
    int64_t due_at = request->now + request->portal->cool_off_days * DAY_MS;
    enum rc rc = erasure_ask(request->store, request->session.person.id, due_at, request->now);
    if (rc == RC_OK || rc == RC_CONFLICT) /* asked twice is asked */
        return respond_nothing(request, 204);
    return rc == RC_DENIED ? PROBLEM_NOT_ALLOWED : problem_of(rc);
}

/* Also where the settings no longer let anybody ask. */
enum problem handle_account_erasure_withdraw(struct request *request)
{
    enum rc rc = erasure_withdraw(request->store, request->session.person.id, request->now);
    if (rc == RC_OK || rc == RC_NOT_FOUND)
        return respond_nothing(request, 204);
    return problem_of(rc);
}
