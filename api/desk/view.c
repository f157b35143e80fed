#include "view.h"

#include "../portal/property.h"
#include "../server/write.h"

static void write_people(struct request *request, const struct ticket *ticket)
{
    struct buf *out = &request->out;
    write_begin(out, "requester", '{');
    write_number(out, "id", ticket->requester_id);
    write_text(out, "name", request_name(request, ticket->requester_first_name, ticket->requester_last_name));
    write_bool(out, "me", ticket->requester_id == request->viewer.person_id);
    write_end(out, '}');
    write_text(out, "company", ticket->company_name);
    write_text(out, "owner",
               ticket->owner_id ? request_name(request, ticket->owner_first_name, ticket->owner_last_name)
                                : NULL);
    if (ticket->owner_id)
        write_number(out, "owner_id", ticket->owner_id);
    else
        write_json(out, "owner_id", "null");
}

/* The admin's own, whether they show to customers or not. */
static void write_properties(struct request *request, const struct ticket *ticket)
{
    const struct portal *portal = request->portal;
    json_t *values = property_parse(ticket->properties);
    write_begin(&request->out, "properties", '{');
    for (size_t i = 0; values && i < portal->property_count; i++)
        if (portal->properties[i].own && portal->properties[i].of == PORTAL_TICKET)
            property_write(&request->out, &portal->properties[i], values);
    write_end(&request->out, '}');
    json_decref(values);
}

void desk_view_ticket(struct request *request, const struct ticket *ticket)
{
    struct buf *out = &request->out;
    write_number(out, "number", ticket->number);
    write_text(out, "subject", ticket->subject);
    write_text(out, "status", ticket->closed ? "closed" : "open");
    write_text(out, "inbox", ticket->inbox);
    write_text(out, "pipeline", ticket->pipeline);
    write_text(out, "stage", ticket->stage);
    write_people(request, ticket);
    write_text(out, "category", ticket->category);
    write_text(out, "priority", ticket->priority);
    write_text(out, "source", ticket->source);
    write_time(out, "created_at", ticket->created_at);
    write_time(out, "last_activity_at", ticket->last_activity_at);
    write_time(out, "closed_at", ticket->closed_at);
    write_number(out, "version", ticket->version);
    write_properties(request, ticket);
}
