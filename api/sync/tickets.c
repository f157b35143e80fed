/* Tickets and messages. */
#include "apply.h"

#include "../../lib/settings/format.h"

#include <string.h>
#include <strings.h>

/* --- where it stands -------------------------------------------------------------------------------------
 */

static const char *inbox_of(struct turn *turn)
{
    const char *said = record_text(&turn->record, "inbox");
    if (!said || portal_inbox(turn->portal, said))
        return said ? said : turn->portal->default_inbox;
    const char **names = arena_alloc(turn->record.arena, (turn->portal->inbox_count + 1) * sizeof *names);
    for (size_t i = 0; names && i < turn->portal->inbox_count; i++)
        names[i] = turn->portal->inboxes[i].id;
    const char *near = names ? diag_nearest(said, names) : NULL;
    record_error(&turn->record, "inbox", "\"%s\": not one of the portal's inboxes%s%s%s", said,
                 near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "");
    return "";
}

static bool is_label(const json_t *labels, const char *said)
{
    const char *tag;
    json_t *label;
    json_object_foreach((json_t *)labels, tag, label)
    {
        if (strcasecmp(json_string_value(label), said) == 0)
            return true;
    }
    return false;
}

static const struct portal_pipeline *pipeline_of(struct turn *turn)
{
    const char *said = record_text(&turn->record, "pipeline");
    const struct portal *portal = turn->portal;
    for (size_t i = 0; i < portal->pipeline_count; i++) {
        const struct portal_pipeline *one = &portal->pipelines[i];
        if (!said || strcmp(one->id, said) == 0 || is_label(one->label, said))
            return one;
    }
    record_error(&turn->record, "pipeline", "\"%s\": not one of the portal's pipelines", said ? said : "");
    return NULL;
}

/* `"new", "waiting", "closed"` */
static const char *list_stages(struct turn *turn, const struct portal_pipeline *pipeline)
{
    const char *list = "";
    for (size_t i = 0; list && i < pipeline->stage_count; i++)
        list =
            arena_printf(turn->record.arena, "%s%s\"%s\"", list, i > 0 ? ", " : "", pipeline->stages[i].id);
    return list ? list : "";
}

static const struct portal_stage *stage_named(struct turn *turn, const struct portal_pipeline *pipeline,
                                              const char *said)
{
    for (size_t i = 0; i < pipeline->stage_count; i++) {
        const struct portal_stage *stage = &pipeline->stages[i];
        if (strcmp(stage->id, said) == 0 || is_label(stage->label, said))
            return stage;
    }
    record_error(&turn->record, "stage", "\"%s\": not a stage of the pipeline \"%s\"; want one of %s", said,
                 pipeline->id, list_stages(turn, pipeline));
    return NULL;
}

/* By its status, or by whether it says when it was closed. */
static const struct portal_stage *stage_meant(struct turn *turn, const struct portal_pipeline *pipeline)
{
    const char *status = record_text(&turn->record, "status");
    bool closed = status ? strcasecmp(status, "closed") == 0 : record_time(&turn->record, "closed_at", 0) > 0;
    if (status && !closed && strcasecmp(status, "open") != 0)
        record_error(&turn->record, "status", "\"status\": want \"open\" or \"closed\", got \"%s\"", status);
    for (size_t i = 0; i < pipeline->stage_count; i++) {
        if (pipeline->stages[i].closed == closed)
            return &pipeline->stages[i];
    }
    record_error(&turn->record, "status", "the pipeline \"%s\" has no stage that is %s", pipeline->id,
                 closed ? "closed" : "open");
    return NULL;
}

static void read_stage(struct turn *turn, struct sync_ticket *ticket)
{
    const char *said = record_text(&turn->record, "stage");
    const struct portal_pipeline *pipeline = pipeline_of(turn);
    if (!pipeline)
        return;
    const struct portal_stage *stage = said ? stage_named(turn, pipeline, said) : stage_meant(turn, pipeline);
    if (!stage)
        return;
    ticket->ticket.pipeline = pipeline->id;
    ticket->ticket.stage = stage->id;
    ticket->closed_at = stage->closed ? record_time(&turn->record, "closed_at", ticket->created_at) : 0;
}

/* An id of the settings, which may have gone from them since. */
static const char *id_of(struct turn *turn, const char *field)
{
    const char *said = record_text(&turn->record, field);
    if (said && !format_is_id(said))
        record_error(&turn->record, field, "\"%s\": want an id (a-z, 0-9, \"-\" and \"_\"), got \"%s\"",
                     field, said);
    return said;
}

/* --- who has to do with it -------------------------------------------------------------------------------
 */

static int64_t owner_of(struct turn *turn)
{
    const char *said = record_text(&turn->record, "owner");
    int64_t id = said ? sync_refer(turn, "owner", SYNC_CONTACT, said) : 0;
    if (id && !sync_is_staff(turn->sync, id))
        record_error(&turn->record, "owner", "\"%s\": only the team owns tickets", said);
    return id;
}

static void share(struct turn *turn, int64_t number, int64_t at)
{
    const char **names = record_names(&turn->record, "participants");
    for (; names && *names; names++) {
        int64_t id = sync_refer(turn, "participants", SYNC_CONTACT, *names);
        if (id && !sync_is_staff(turn->sync, id))
            sync_participant(turn->sync, number, id, at);
    }
}

/* Everybody is there, so that nothing of a ticket is kept that is refused for one of them. */
static void check_participants(struct turn *turn)
{
    const char **names = record_names(&turn->record, "participants");
    for (; names && *names; names++)
        sync_refer(turn, "participants", SYNC_CONTACT, *names);
}

int64_t sync_put_ticket(struct turn *turn)
{
    struct record *record = &turn->record;
    const char *source = id_of(turn, "source");
    struct sync_ticket ticket = {
        .number = turn->local,
        .ticket = {.subject = record_text(record, "subject"),
                   .inbox = inbox_of(turn),
                   .category = id_of(turn, "category"),
                   .priority = id_of(turn, "priority"),
                   .source = source ? source : "import"},
        .created_at = record_time(record, "created_at", turn->now),
    };
    read_stage(turn, &ticket);
    ticket.requester_id = sync_refer(turn, "requester", SYNC_CONTACT, sync_first(turn, "requester"));
    ticket.owner_id = owner_of(turn);
    ticket.ticket.properties = sync_properties(turn, PORTAL_TICKET);
    check_participants(turn);
    int64_t number = record->bad ? 0 : sync_ticket(turn->sync, &ticket);
    if (number)
        share(turn, number, ticket.created_at);
    return number;
}

int64_t sync_put_message(struct turn *turn)
{
    struct record *record = &turn->record;
    struct sync_message message = {
        .id = turn->local,
        .body = record_text(record, "text"),
        .channel = id_of(turn, "channel"),
        .internal = record_truth(record, "internal", 0) == 1,
        .created_at = record_time(record, "created_at", turn->now),
    };
    message.number = sync_refer(turn, "ticket", SYNC_TICKET, record_text(record, "ticket"));
    message.author_id = sync_refer(turn, "author", SYNC_CONTACT, sync_first(turn, "author"));
    if (message.internal && message.author_id && !sync_is_staff(turn->sync, message.author_id))
        record_error(record, "internal", "only the team writes internal notes");
    return record->bad ? 0 : sync_message(turn->sync, &message);
}
