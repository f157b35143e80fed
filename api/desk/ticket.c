/* One ticket at the desk: all that is known of it, who of it customers see, and who else has it open. */
#include "../portal/customer.h"
#include "../portal/handlers.h"
#include "../portal/list.h"
#include "../portal/view.h"
#include "../server/respond.h"
#include "../server/write.h"
#include "../store/change.h"
#include "../store/presence.h"
#include "handlers.h"
#include "view.h"

#include <stdio.h>
#include <string.h>

static void write_teammate(void *context, const struct teammate *teammate)
{
    struct request *request = context;
    write_begin(&request->out, NULL, '{');
    write_number(&request->out, "id", teammate->id);
    write_text(&request->out, "name", request_name(request, teammate->first_name, teammate->last_name));
    write_end(&request->out, '}');
}

/* Whom it may be given to. */
static void write_ticket(struct request *request, const struct ticket *ticket)
{
    desk_view_ticket(request, ticket);
    write_number(&request->out, "me", request->viewer.person_id);
    write_begin(&request->out, "team", '[');
    team_walk(request->store, write_teammate, request);
    write_end(&request->out, ']');
}

static void write_shown(struct request *request, const struct ticket *ticket)
{
    write_ticket(request, ticket);
    write_bool(&request->out, "shown", true);
}

static void write_hidden(struct request *request, const struct ticket *ticket)
{
    write_ticket(request, ticket);
    write_bool(&request->out, "shown", false);
}

enum problem handle_desk_ticket(struct request *request)
{
    bool shows = false;
    enum rc rc = customer_read(request, request->number, 0, &shows);
    return rc == RC_OK ? ticket_answer(request, shows ? write_shown : write_hidden) : problem_of(rc);
}

enum problem handle_desk_messages(struct request *request)
{
    bool shows;
    const char *before = NULL;
    enum problem problem = request_params(request, (const struct request_text[]){{"before", &before}, {0}});
    if (problem == PROBLEM_NONE)
        problem = problem_of(customer_read(request, request->number, view_id(before), &shows));
    return problem == PROBLEM_NONE ? handle_ticket_messages(request) : problem;
}

static void write_others(struct request *request, const struct present *others, size_t count)
{
    struct buf *out = &request->out;
    write_begin(out, "others", '[');
    for (size_t i = 0; i < count; i++) {
        write_begin(out, NULL, '{');
        write_number(out, "id", others[i].person_id);
        write_text(out, "name", others[i].name);
        write_bool(out, "writing", others[i].writing);
        write_end(out, '}');
    }
    write_end(out, ']');
}

/* Told by a page that is open, every few seconds and as no use of the session (T13). */
enum problem handle_desk_beside(struct request *request)
{
    const char *writing;
    int64_t message_id, version;
    const struct person *person = &request->session.person;
    struct present others[PRESENCE_OTHERS];
    struct present me = {.number = request->number, .person_id = person->id, .seen_at = request->now};
    enum problem problem = request_params(request, (const struct request_text[]){{"writing", &writing}, {0}});
    if (problem == PROBLEM_NONE)
        problem = problem_of(
            ticket_latest(request->store, &request->viewer, request->number, &message_id, &version));
    if (problem != PROBLEM_NONE)
        return problem;
    me.writing = writing && strcmp(writing, "1") == 0;
    snprintf(me.name, sizeof me.name, "%s", request_name(request, person->first_name, person->last_name));
    size_t count = presence_tell(request->store, &me, others);
    write_begin(&request->out, NULL, '{');
    write_number(&request->out, "version", version);
    write_number(&request->out, "latest", message_id);
    write_others(request, others, count);
    write_end(&request->out, '}');
    return respond_json(request, 200);
}
