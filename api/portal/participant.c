#include "participant.h"

#include "../server/respond.h"
#include "../server/write.h"
#include "handlers.h"
#include "quota.h"
#include "view.h"

void participant_view(struct request *request, const struct participants *participants)
{
    struct buf *out = &request->out;
    write_begin(out, "participants", '[');
    for (size_t i = 0; i < participants->count; i++) {
        const struct participant *one = &participants->list[i];
        write_begin(out, NULL, '{');
        write_number(out, "id", one->person_id);
        write_text(out, "name", request_name(request, one->first_name, one->last_name));
        write_bool(out, "me", one->person_id == request->viewer.person_id);
        write_end(out, '}');
    }
    write_end(out, ']');
    write_bool(out, "may_share", participants->may_share);
}

static enum problem respond_list(struct request *request, const struct participants *participants)
{
    write_begin(&request->out, NULL, '{');
    participant_view(request, participants);
    write_end(&request->out, '}');
    return respond_json(request, 200);
}

/* What the store refuses is said of the field: "address" alike for all who cannot be added. */
static enum problem refuse(struct request *request, enum rc rc)
{
    if (rc == RC_DENIED)
        return PROBLEM_NOT_ALLOWED;
    if (rc != RC_BAD_INPUT && rc != RC_CONFLICT)
        return problem_of(rc);
    request_error(request, "email", rc == RC_CONFLICT ? "too_many" : "not_colleague");
    return PROBLEM_INVALID;
}

/* Tries count, whatever comes of them: addresses are not to be guessed. */
enum problem handle_participant_add(struct request *request)
{
    const char *email;
    struct quota quota;
    struct participants participants;
    enum problem problem = request_texts(request, (const struct request_text[]){{"email", &email}, {0}});
    if (problem == PROBLEM_NONE)
        problem = quota_take(request, QUOTA_SHARES, &quota);
    if (problem != PROBLEM_NONE)
        return problem;
    enum rc rc = participant_add(request->store, request->arena, &request->viewer, request->number, email,
                                 request->now, &participants);
    return rc == RC_OK ? respond_list(request, &participants) : refuse(request, rc);
}

/* Who takes themselves out may not see it any more: then there is nothing left to tell. */
enum problem handle_participant_remove(struct request *request)
{
    int64_t person_id = view_id(request->id);
    enum rc rc = person_id ? participant_remove(request->store, &request->viewer, request->number, person_id,
                                                request->now)
                           : RC_NOT_FOUND;
    if (rc != RC_OK)
        return rc == RC_DENIED ? PROBLEM_NOT_ALLOWED : problem_of(rc);
    return respond_nothing(request, 204);
}
