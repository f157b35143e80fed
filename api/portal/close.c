#include "../store/close.h"
#include "../server/respond.h"
#include "../server/write.h"
#include "handlers.h"
#include "quota.h"
#include "view.h"

/* What it is closed to; of one that is closed, and stays as it is, the stage it is in. */
static enum problem stage_of(struct request *request, const char **stage)
{
    struct ticket ticket;
    enum rc rc = ticket_get(request->store, request->arena, &request->viewer, request->number, &ticket);
    if (rc != RC_OK)
        return problem_of(rc);
    *stage = ticket.closed ? ticket.stage : view_close_stage(request, &ticket);
    return *stage && request->portal->customers_close ? PROBLEM_NONE : PROBLEM_NOT_ALLOWED;
}

/* Whoever may reply may close; twice is once. What comes of it or not, it was one try of so many (T32). */
enum problem handle_ticket_close(struct request *request)
{
    int64_t undo_until = 0;
    const char *stage = NULL;
    struct quota quota;
    enum problem problem = quota_take(request, QUOTA_CLOSINGS, &quota);
    if (problem == PROBLEM_NONE)
        problem = stage_of(request, &stage);
    if (problem == PROBLEM_NONE)
        problem = problem_of(ticket_close(request->store, &request->viewer, request->number, stage,
                                          request->now, &undo_until));
    if (problem != PROBLEM_NONE)
        return problem;
    write_begin(&request->out, NULL, '{');
    write_time(&request->out, "undo_until", undo_until);
    write_end(&request->out, '}');
    return respond_json(request, 200);
}

enum problem handle_ticket_close_undo(struct request *request)
{
    struct quota quota;
    enum problem problem = quota_take(request, QUOTA_CLOSINGS, &quota);
    if (problem != PROBLEM_NONE)
        return problem;
    enum rc rc = ticket_close_undo(request->store, &request->viewer, request->number, request->now);
    if (rc != RC_OK)
        return rc == RC_CONFLICT ? PROBLEM_TOO_LATE : problem_of(rc);
    return respond_nothing(request, 204);
}
