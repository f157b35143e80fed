#include "view.h"

#include "../server/write.h"
#include "../store/rating.h"
#include "query.h"

#include <stdlib.h>
#include <string.h>

static const char *owner_of(struct request *request, const struct ticket *ticket)
{
    if (!ticket->owner_first_name)
        return NULL;
    return request_team_name(request, ticket->owner_first_name, ticket->owner_last_name);
}

/* Built-in properties that are told only where they show. */
static void write_shown(struct request *request, const struct ticket *ticket)
{
    struct buf *out = &request->out;
    if (view_shows(request, "category"))
        write_text(out, "category", ticket->category);
    if (view_shows(request, "priority"))
        write_text(out, "priority", ticket->priority);
    if (view_shows(request, "source"))
        write_text(out, "source", ticket->source);
    if (view_shows(request, "closed"))
        write_time(out, "closed_at", ticket->closed_at);
    view_properties(request, ticket);
}

void view_ticket(struct request *request, const struct ticket *ticket)
{
    struct buf *out = &request->out;
    write_number(out, "number", ticket->number);
    write_text(out, "subject", ticket->subject);
    write_text(out, "status", ticket->closed ? "closed" : "open");
    write_text(out, "pipeline", ticket->pipeline);
    write_text(out, "stage", ticket->stage);
    write_begin(out, "requester", '{');
    write_text(out, "name", request_name(request, ticket->requester_first_name, ticket->requester_last_name));
    write_bool(out, "me", ticket->requester_id == request->viewer.person_id);
    write_end(out, '}');
    write_text(out, "company", ticket->company_name);
    write_text(out, "owner", owner_of(request, ticket));
    write_time(out, "created_at", ticket->created_at);
    write_time(out, "last_activity_at", ticket->last_activity_at);
    write_shown(request, ticket);
}

static void write_pieces(struct buf *out, const char *key, const struct ticket_piece *pieces, size_t count)
{
    write_begin(out, key, '[');
    for (size_t i = 0; i < count; i++) {
        write_begin(out, NULL, '{');
        write_text(out, "text", pieces[i].text);
        write_bool(out, "hit", pieces[i].hit);
        write_end(out, '}');
    }
    write_end(out, ']');
}

void view_found(struct request *request, const struct ticket *ticket)
{
    if (!ticket->found_subject)
        return;
    write_pieces(&request->out, "subject_pieces", ticket->found_subject, ticket->found_subject_count);
    write_pieces(&request->out, "snippet", ticket->found, ticket->found_count);
}

static void write_author(struct request *request, const struct message *message)
{
    const char *first = message->author_first_name, *last = message->author_last_name;
    write_begin(&request->out, "author", '{');
    write_text(&request->out, "name",
               message->staff && !query_is_desk(request) ? request_team_name(request, first, last)
                                                         : request_name(request, first, last));
    write_bool(&request->out, "me", message->author_id == request->viewer.person_id);
    write_bool(&request->out, "team", message->staff);
    write_end(&request->out, '}');
}

void view_files(struct buf *out, const struct message *message)
{
    write_begin(out, "files", '[');
    for (size_t i = 0; i < message->file_count; i++) {
        const struct file *file = &message->files[i];
        write_begin(out, NULL, '{');
        write_text(out, "id", file->id);
        write_text(out, "name", file->name);
        write_text(out, "type", file->type);
        write_number(out, "size", file->size);
        write_end(out, '}');
    }
    write_end(out, ']');
}

/* Does the customer see it? (customer.h) */
static bool is_shown(const struct message_page *customer, const struct message *message)
{
    bool shown = false;
    for (size_t i = 0; customer && i < customer->count; i++)
        shown = shown || customer->messages[i].id == message->id;
    return shown;
}

void view_message(struct request *request, const char *key, const struct message *message)
{
    struct buf *out = &request->out;
    write_begin(out, key, '{');
    write_number(out, "id", message->id);
    write_author(request, message);
    if (request->viewer.staff)
        write_bool(out, "internal", message->internal);
    if (query_is_desk(request))
        write_bool(out, "shown", is_shown(request->customer, message));
    write_text(out, "body", message->body);
    if (message->removed)
        write_bool(out, "removed", true);
    write_time(out, "created_at", message->created_at);
    view_files(out, message);
    write_end(out, '}');
}

int64_t view_id(const char *text)
{
    size_t len = text ? strspn(text, "0123456789") : 0;
    return len > 0 && len <= 15 && text[len] == '\0' ? strtoll(text, NULL, 10) : 0;
}

bool view_status(const char *text, enum ticket_status *status)
{
    static const char *const names[] = {
        [TICKET_OPEN] = "open", [TICKET_CLOSED] = "closed", [TICKET_ANY] = "all"};
    *status = TICKET_OPEN;
    if (!text)
        return true;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(names[i], text) == 0) {
            *status = (enum ticket_status)i;
            return true;
        }
    return false;
}

enum problem view_choose(const struct request *request, const char *name, enum ticket_view *view)
{
    const struct viewer *viewer = &request->viewer;
    bool company = viewer->staff || viewer->company_id != 0;
    *view = company ? TICKETS_SEEN : TICKETS_MINE;
    if (!name)
        return PROBLEM_NONE;
    if (strcmp(name, "company") == 0)
        return company ? PROBLEM_NONE : PROBLEM_DENIED;
    *view = strcmp(name, "mine") == 0 ? TICKETS_MINE : TICKETS_SHARED;
    if (*view == TICKETS_MINE)
        return PROBLEM_NONE;
    if (strcmp(name, "shared") != 0)
        return PROBLEM_BAD_INPUT;
    return request->portal->participants && !viewer->staff ? PROBLEM_NONE : PROBLEM_DENIED;
}

#define DAY_MS INT64_C(86400000)

enum reply_effect view_reply(const struct request *request, const struct ticket *ticket,
                             struct reply_rules *rules)
{
    const struct portal_pipeline *pipeline = portal_pipeline(request->portal, ticket->pipeline);
    *rules = (struct reply_rules){
        .may_reply_to_closed = request->portal->reply_to_closed,
        .reopen_stage = pipeline ? pipeline->reopen_stage : NULL,
        .follow_up_ms = request->portal->follow_up_days * DAY_MS,
    };
    return ticket_reply_effect(&request->viewer, ticket->closed_at, rules, request->now);
}

const char *view_close_stage(const struct request *request, const struct ticket *ticket)
{
    const struct portal_pipeline *pipeline = portal_pipeline(request->portal, ticket->pipeline);
    return request->portal->customers_close && !ticket->closed && pipeline ? pipeline->closed_stage : NULL;
}

bool view_may_rate(const struct request *request, const struct ticket *ticket)
{
    return request->portal->rating && rating_may(&request->viewer, ticket);
}
