#include "../store/rating.h"

#include "../../lib/utf8.h"
#include "../server/respond.h"
#include "../server/write.h"
#include "handlers.h"
#include "quota.h"
#include "text.h"
#include "view.h"

#include <string.h>

/* Asked before the body is read, and by the store once more within its transaction. */
static enum problem check(struct request *request)
{
    struct ticket ticket;
    enum rc rc = ticket_get(request->store, request->arena, &request->viewer, request->number, &ticket);
    if (rc != RC_OK)
        return problem_of(rc);
    return view_may_rate(request, &ticket) ? PROBLEM_NONE : PROBLEM_NOT_ALLOWED;
}

static enum problem read_rating(struct request *request, struct rating *rating)
{
    enum problem problem = request_texts(
        request,
        (const struct request_text[]){{"score", &rating->score}, {"comment", &rating->comment}, {0}});
    if (problem != PROBLEM_NONE)
        return problem;
    rating->comment = text_lines(request->arena, rating->comment);
    if (!rating->comment)
        return PROBLEM_INTERNAL;
    if (strcmp(rating->score, "good") != 0 && strcmp(rating->score, "bad") != 0)
        request_error(request, "score", *rating->score ? "option" : "required");
    if (utf8_count(rating->comment, strlen(rating->comment)) > REPLY_MAX)
        request_error(request, "comment", "too_long");
    return request->error_count ? PROBLEM_INVALID : PROBLEM_NONE;
}

static enum problem rate(struct request *request, bool *changed)
{
    struct rating rating;
    enum problem problem = read_rating(request, &rating);
    if (problem != PROBLEM_NONE)
        return problem;
    enum rc rc = rating_set(request->store, request->arena, &request->viewer, request->number, &rating,
                            request->now, changed);
    return rc == RC_DENIED ? PROBLEM_NOT_ALLOWED : problem_of(rc);
}

enum problem handle_ticket_rating(struct request *request)
{
    bool changed = false;
    struct quota quota;
    enum problem problem = check(request);
    if (problem == PROBLEM_NONE)
        problem = quota_take(request, QUOTA_RATINGS, &quota);
    if (problem != PROBLEM_NONE)
        return problem;
    problem = rate(request, &changed);
    quota_settle(request, &quota, changed);
    return problem == PROBLEM_NONE ? respond_nothing(request, 204) : problem;
}
