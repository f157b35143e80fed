/* Where one is signed in, and signing out there. */
#include "../server/cookie.h"
#include "../server/respond.h"
#include "../server/who.h"
#include "../server/write.h"
#include "../store/account.h"
#include "handlers.h"

#include <string.h>

static void write_session(struct request *request, const struct account_session *session)
{
    struct buf *out = &request->out;
    write_begin(out, NULL, '{');
    write_text(out, "id", session->id);
    write_text(out, "way", session->way);
    write_text(out, "agent", session->agent);
    write_text(out, "place", session->place);
    write_bool(out, "remembered", session->remembered);
    write_bool(out, "current", strcmp(session->id, request->session.id) == 0);
    write_time(out, "created_at", session->created_at);
    write_time(out, "seen_at", session->seen_at);
    write_end(out, '}');
}

enum problem handle_account_sessions(struct request *request)
{
    struct account_session *sessions;
    size_t count;
    enum rc rc = account_sessions(request->store, request->arena, request->session.person.id, request->now,
                                  who_idle(request->portal), &sessions, &count);
    if (rc != RC_OK)
        return problem_of(rc);
    write_begin(&request->out, NULL, '{');
    write_begin(&request->out, "sessions", '[');
    for (size_t i = 0; i < count; i++)
        write_session(request, &sessions[i]);
    write_end(&request->out, ']');
    write_end(&request->out, '}');
    return respond_json(request, 200);
}

enum problem handle_account_session_end(struct request *request)
{
    if (strcmp(request->id, request->session.id) == 0)
        cookie_clear(request);
    enum rc rc = account_end_session(request->store, request->session.person.id, request->id, request->now);
    return rc == RC_OK ? respond_nothing(request, 204) : problem_of(rc);
}

enum problem handle_account_sessions_end(struct request *request)
{
    enum rc rc = account_end_sessions(request->store, request->session.person.id, request->now);
    if (rc != RC_OK)
        return problem_of(rc);
    cookie_clear(request);
    return respond_nothing(request, 204);
}
