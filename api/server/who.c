#include "who.h"

#include "../store/access.h"
#include "../store/consent.h"
#include "../store/secret.h"
#include "../store/two_step.h"
#include "../store/visible_rule.h"
#include "cookie.h"
#include "route.h"

#include <string.h>

/* A page that looks by itself whether something is new is no use of the session: nobody may be there (T13).
 */
static bool is_quiet(const struct request *request)
{
    const char *quiet = http_header(request->http, "X-Guichet-Quiet");
    return quiet && strcmp(quiet, "1") == 0 && strcmp(http_method(request->http), "GET") == 0;
}

struct session_idle who_idle(const struct portal *portal)
{
    int64_t usual = portal->idle_minutes * INT64_C(60000);
    int64_t days = portal->remember_days < WHO_REMEMBERED_DAYS ? portal->remember_days : WHO_REMEMBERED_DAYS;
    int64_t remembered = days * 24 * INT64_C(3600000);
    return (struct session_idle){usual, remembered > usual ? remembered : usual};
}

enum problem who_lacks_two_step(struct request *request)
{
    bool on = false;
    const struct session *session = &request->session;
    if (!request->portal->two_step_staff || session->person.role == ROLE_CONTACT || session->provider)
        return PROBLEM_NONE;
    enum rc rc = two_step_is_on(request->store, session->person.id, &on);
    return rc != RC_OK ? problem_of(rc) : on ? PROBLEM_NONE : PROBLEM_TWO_STEP_MISSING;
}

/* While somebody of the team looks as a contact, what is not for looking is refused here, and only here. */
static enum problem check_viewing(const struct request *request)
{
    bool refused = request->session.viewing_id != 0 && !(request->route->flags & ROUTE_VIEWING);
    return refused ? PROBLEM_VIEWING : PROBLEM_NONE;
}

enum problem who_only_looks(struct request *request)
{
    struct session *session = &request->session;
    unsigned char hash[SECRET_HASH_BYTES];
    if (!cookie_hash(request, hash))
        return PROBLEM_NONE;
    enum rc rc =
        session_look(request->store, request->arena, hash, request->now, who_idle(request->portal), session);
    enum problem problem = rc == RC_OK ? check_viewing(request) : PROBLEM_NONE;
    *session = (struct session){0};
    return problem;
}

/* What is asked of the person of the request's session, before what they may see. */
static enum problem check_person(struct request *request)
{
    const struct session *session = &request->session;
    unsigned flags = request->route->flags;
    if (!(flags & ROUTE_NOT_LET_IN) && !person_may_enter(&session->person, request->portal))
        return PROBLEM_NOT_LET_IN;
    /* Nobody agrees in another's name, so that who looks as them need not. */
    if (!(flags & ROUTE_NOT_AGREED) && session->viewing_id == 0 &&
        !person_has_consented(&session->person, request->portal))
        return PROBLEM_CONSENT;
    return flags & ROUTE_SET_UP ? PROBLEM_NONE : who_lacks_two_step(request);
}

enum problem who_asks(struct request *request)
{
    unsigned char hash[SECRET_HASH_BYTES];
    if (!cookie_hash(request, hash))
        return PROBLEM_SIGNED_OUT;
    enum rc rc = (is_quiet(request) ? session_look : session_use)(
        request->store, request->arena, hash, request->now, who_idle(request->portal), &request->session);
    if (rc != RC_OK)
        return rc == RC_NOT_FOUND ? PROBLEM_SIGNED_OUT : problem_of(rc);
    enum problem problem = check_viewing(request);
    if (problem == PROBLEM_NONE)
        problem = check_person(request);
    if (problem != PROBLEM_NONE)
        return problem;
    rc = visible_viewer(request->store, request->snapshot->rule, &request->session.person, request->now,
                        &request->viewer);
    if (rc == RC_OK && request->route->who == WHO_STAFF && !request->viewer.staff)
        return PROBLEM_NOT_FOUND;
    return rc == RC_OK ? PROBLEM_NONE : problem_of(rc);
}
