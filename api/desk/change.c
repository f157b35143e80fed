/* What the team sets of a ticket: checked against the portal's settings, and never over what others set. */
#include "../store/change.h"

#include "../portal/property.h"
#include "../portal/view.h"
#include "../server/respond.h"
#include "../server/write.h"
#include "handlers.h"
#include "view.h"

#include <stdlib.h>
#include <string.h>

/* --- values of the admin's own properties, as texts ------------------------------------------------------
 */

static json_t *options_of(const char *value)
{
    json_t *list = json_array();
    for (const char *at = value; *at; at += *at == ',') {
        size_t len = strcspn(at, ",");
        json_array_append_new(list, json_stringn(at, len));
        at += len;
    }
    return list;
}

/* "" takes it away. NULL: it is no such value. */
static json_t *value_of(const struct portal_property *property, const char *value)
{
    double number;
    if (!*value)
        return json_null();
    switch (property->type) {
    case PROPERTY_NUMBER:
        return property_read_number(value, &number) ? json_real(number) : NULL;
    case PROPERTY_CHECKBOX:
        return strcmp(value, "yes") == 0 ? json_true() : strcmp(value, "no") == 0 ? json_false() : NULL;
    case PROPERTY_MULTI_SELECT:
        return options_of(value);
    default:
        return json_string(value);
    }
}

static const char *own_patch(struct request *request, const struct portal_property *property,
                             const char *value, const char **fault)
{
    json_t *given = value_of(property, value);
    const char *odd = property->type == PROPERTY_NUMBER ? "number" : "option";
    *fault = !given ? odd : json_is_null(given) ? NULL : property_fault(property, given);
    json_t *patch = json_pack("{s:o}", property->id, given ? given : json_null());
    char *text = patch && !*fault ? json_dumps(patch, JSON_COMPACT) : NULL;
    const char *copy = text ? arena_strdup(request->arena, text) : NULL;
    free(text);
    json_decref(patch);
    return copy;
}

/* --- what is built in ------------------------------------------------------------------------------------
 */

struct looking {
    int64_t id;
    bool found;
};

static void look(void *context, const struct teammate *teammate)
{
    struct looking *looking = context;
    looking->found = looking->found || teammate->id == looking->id;
}

static const char *set_owner(struct request *request, const char *value, struct ticket_change *change)
{
    struct looking looking = {.id = view_id(value)};
    if (*value)
        team_walk(request->store, look, &looking);
    change->owner_id = looking.id;
    return *value && !looking.found ? "option" : NULL;
}

static const char *set_stage(const struct request *request, const struct ticket *ticket, const char *value,
                             struct ticket_change *change)
{
    const struct portal_pipeline *pipeline = portal_pipeline(request->portal, ticket->pipeline);
    const struct portal_stage *stage = pipeline ? portal_stage(pipeline, value) : NULL;
    change->closed = stage && stage->closed;
    return stage ? NULL : "option";
}

static const char *set_option(const struct request *request, const char *id, struct ticket_change *change)
{
    const struct portal_property *property = portal_property(request->portal, PORTAL_TICKET, id);
    if (!*change->value) {
        change->value = NULL;
        return NULL;
    }
    return property && portal_option(property, change->value) ? NULL : "option";
}

static const char *set_own(struct request *request, const char *id, struct ticket_change *change)
{
    const char *fault;
    const struct portal_property *property = portal_property(request->portal, PORTAL_TICKET, id);
    if (!property || !property->own)
        return "option";
    change->what = "own";
    change->told = id; /* what is written down stays when people are erased (T55): not what somebody typed */
    change->value = own_patch(request, property, change->value, &fault);
    return change->value ? NULL : fault ? fault : "number";
}

/* The code of what is wrong with it; NULL: nothing. */
static const char *fill(struct request *request, const struct ticket *ticket, const char *id,
                        struct ticket_change *change)
{
    change->what = id;
    change->told = arena_printf(request->arena, "%s: %.200s", id, change->value);
    if (strcmp(id, "owner") == 0)
        return set_owner(request, change->value, change);
    if (strcmp(id, "stage") == 0)
        return set_stage(request, ticket, change->value, change);
    if (strcmp(id, "inbox") == 0)
        return portal_inbox(request->portal, change->value) ? NULL : "option";
    if (strcmp(id, "category") == 0 || strcmp(id, "priority") == 0)
        return set_option(request, id, change);
    return set_own(request, id, change);
}

static enum problem respond_ticket(struct request *request)
{
    struct ticket ticket;
    enum rc rc = ticket_get(request->store, request->arena, &request->viewer, request->number, &ticket);
    if (rc != RC_OK)
        return problem_of(rc);
    write_begin(&request->out, NULL, '{');
    write_begin(&request->out, "ticket", '{');
    desk_view_ticket(request, &ticket);
    write_end(&request->out, '}');
    write_end(&request->out, '}');
    return respond_json(request, 200);
}

enum problem handle_desk_change(struct request *request)
{
    struct ticket ticket;
    struct ticket_change change = {0};
    const char *version, *id;
    const struct request_text fields[] = {
        {"version", &version}, {"property", &id}, {"value", &change.value}, {0}};
    enum rc rc = ticket_get(request->store, request->arena, &request->viewer, request->number, &ticket);
    if (rc != RC_OK)
        return problem_of(rc);
    enum problem problem = request_texts(request, fields);
    if (problem != PROBLEM_NONE)
        return problem;
    change.version = view_id(version);
    const char *fault = fill(request, &ticket, id, &change);
    if (fault) {
        request_error(request, "value", fault);
        return PROBLEM_INVALID;
    }
    rc = ticket_change(request->store, &request->viewer, request->number, &change, request->now);
    return rc == RC_OK ? respond_ticket(request) : rc == RC_CONFLICT ? PROBLEM_CHANGED : problem_of(rc);
}
