/* What must hold for "tickets" of content/portal.json, also between it and content/pipelines.json. */
#include "columns.h"

#include "../../lib/buf.h"
#include "../../lib/filter.h"
#include "../check/hint.h"
#include "properties.h"

#include <string.h>

static const char *text_at(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

static json_t *tickets_of(const struct site *site)
{
    return json_object_get(site->portal.draft, "tickets");
}

static bool is_listed(const char *const *ids, const char *id)
{
    for (; *ids; ids++) {
        if (strcmp(*ids, id) == 0)
            return true;
    }
    return false;
}

/* The number is found by the search, and the status is what the list's tabs choose. */
static bool is_filter(const struct site *site, const char *id)
{
    if (strcmp(id, "number") == 0 || strcmp(id, "status") == 0)
        return false;
    return !property_is_odd(site, "tickets", id);
}

/* Whatever can be named here, as the keys of an object. */
static json_t *filters_known(const struct site *site)
{
    json_t *known = json_object();
    for (const struct property_kind *kind = ticket_property_kinds; kind->id; kind++)
        if (is_filter(site, kind->id))
            json_object_set_new(known, kind->id, json_true());
    json_object_update(known, json_object_get(site->properties.draft, "tickets"));
    return known;
}

static void check_filter(const struct site *site, const json_t *filters, size_t at, json_t *known,
                         struct diag *diag)
{
    const char *id = json_string_value(json_array_get(filters, at));
    const char *pointer = arena_printf(site->arena, "/tickets/filters/%zu", at);
    if (!id)
        return;
    if (property_is_odd(site, "tickets", id))
        settings_file_error(&site->portal, diag, pointer, "tickets have no property \"%s\"%s", id,
                            hint_known(site->arena, id, known));
    else if (!is_filter(site, id))
        settings_file_error(&site->portal, diag, pointer, "the list is not filtered by \"%s\"%s", id,
                            hint_known(site->arena, id, known));
    if (site_hides_owner(site, id))
        settings_file_error(&site->portal, diag, pointer,
                            "\"owner\" tells apart the people whom \"owner_name\": \"alias\" makes one; "
                            "take it out");
    for (size_t j = 0; j < at; j++) {
        if (settings_same(id, json_string_value(json_array_get(filters, j))))
            settings_file_error(&site->portal, diag, pointer, "\"%s\" is there twice; take one out", id);
    }
}

static void check_filters(const struct site *site, struct diag *diag)
{
    const json_t *filters = json_object_get(tickets_of(site), "filters");
    json_t *known = filters_known(site);
    for (size_t i = 0; i < json_array_size(filters); i++)
        check_filter(site, filters, i, known, diag);
    json_decref(known);
}

bool site_hides_owner(const struct site *site, const char *id)
{
    return strcmp(id, "owner") == 0 && settings_same(text_at(tickets_of(site), "owner_name"), "alias");
}

json_t *site_filters(const struct site *site)
{
    static const char *const not_by_default[] = {"subject", "number", "status", NULL};
    json_t *given = json_object_get(tickets_of(site), "filters"), *list = json_array(), *column;
    size_t i;
    if (given) {
        json_decref(list);
        return json_incref(given);
    }
    json_array_foreach(json_object_get(tickets_of(site), "columns"), i, column)
    {
        if (!is_listed(not_by_default, text_at(column, "property")) &&
            !site_hides_owner(site, text_at(column, "property")))
            json_array_append(list, json_object_get(column, "property"));
    }
    return list;
}

static void check_follow_up(const struct site *site, struct diag *diag)
{
    const json_t *tickets = tickets_of(site);
    if (json_object_get(tickets, "follow_up_days") &&
        json_is_false(json_object_get(tickets, "reply_to_closed")))
        settings_file_error(&site->portal, diag, "/tickets/follow_up_days",
                            "has no effect while \"reply_to_closed\" is false; remove one of them");
}

static void check_alias(const struct site *site, struct diag *diag)
{
    const char *name = text_at(tickets_of(site), "owner_name");
    bool wanted = settings_same(name, "alias");
    bool given = json_object_get(tickets_of(site), "owner_alias") != NULL;
    if (wanted && !given)
        settings_file_error(&site->portal, diag, "/tickets/owner_name",
                            "\"alias\" wants the name to show; write \"owner_alias\": \"Our team\"");
    if (given && name && !wanted)
        settings_file_error(&site->portal, diag, "/tickets/owner_alias",
                            "shows nowhere; write \"owner_name\": \"alias\" or remove it");
}

/* The ids of a pipeline's closed (or open) stages, ended by NULL; how many there are. None where some of them
 * are not known. */
static size_t stages_that(const struct site *site, const json_t *pipeline, bool closed, const char ***ids)
{
    json_t *stages = json_object_get(pipeline, "stages");
    size_t count = 0, i;
    json_t *stage;
    *ids = arena_alloc(site->arena, (json_array_size(stages) + 1) * sizeof **ids);
    json_array_foreach(stages, i, stage)
    {
        const json_t *value = json_object_get(stage, "closed");
        if (!json_is_boolean(value) || !text_at(stage, "id")) {
            (*ids)[0] = NULL;
            return 0;
        }
        if (json_is_true(value) == closed)
            (*ids)[count++] = text_at(stage, "id");
    }
    return count;
}

const char *site_closed_stage(const struct site *site, const char *pipeline)
{
    const char *chosen = text_at(json_object_get(tickets_of(site), "closed_stages"), pipeline);
    const char **closed;
    size_t count = stages_that(site, json_object_get(site->pipelines.draft, pipeline), true, &closed);
    return chosen ? chosen : count == 1 ? closed[0] : NULL;
}

const char *site_reopen_stage(const struct site *site, const char *pipeline)
{
    const char *chosen = text_at(json_object_get(tickets_of(site), "reopen_stages"), pipeline);
    const char **open;
    stages_that(site, json_object_get(site->pipelines.draft, pipeline), false, &open);
    return chosen ? chosen : open[0];
}

static const char *listed(const struct site *site, const char *const *ids)
{
    const char *text = "";
    for (; *ids; ids++)
        text = arena_printf(site->arena, "%s%s\"%s\"", text, *text ? ", " : "", *ids);
    return text;
}

/* One entry of "closed_stages" or "reopen_stages". */
static void check_choice(const struct site *site, const char *key, bool closed, const char *pipeline,
                         const char *stage, struct diag *diag)
{
    json_t *known = json_object_get(site->pipelines.draft, pipeline);
    const char *pointer = arena_printf(site->arena, "/tickets/%s/%s", key, pipeline);
    const char **ids;
    if (settings_lacks(site->pipelines.draft, pipeline)) {
        settings_file_error(&site->portal, diag, pointer, "no pipeline \"%s\" in content/pipelines.json%s",
                            pipeline, hint_known(site->arena, pipeline, site->pipelines.draft));
        return;
    }
    size_t count = stages_that(site, known, closed, &ids);
    if (stage && count > 0 && !is_listed(ids, stage))
        settings_file_error(
            &site->portal, diag, pointer, "\"%s\" is no %s stage of the pipeline \"%s\"; want %s%s", stage,
            closed ? "closed" : "open", pipeline, count == 1 ? "" : "one of ", listed(site, ids));
}

static void check_choices(const struct site *site, const char *key, bool closed, struct diag *diag)
{
    const char *pipeline;
    json_t *stage;
    json_object_foreach(json_object_get(tickets_of(site), key), pipeline, stage)
        check_choice(site, key, closed, pipeline, json_string_value(stage), diag);
}

/* Who presses "Close" names no stage: there must be one for each pipeline. */
static void check_chosen(const struct site *site, const char *pipeline, const json_t *value,
                         struct diag *diag)
{
    const json_t *chosen = json_object_get(tickets_of(site), "closed_stages");
    const char **closed;
    if (stages_that(site, value, true, &closed) < 2 || json_is_null(chosen) ||
        json_object_get(chosen, pipeline))
        return;
    settings_file_error(&site->portal, diag, "/tickets/customers_close",
                        "the pipeline \"%s\" has several closed stages (%s); choose the one for "
                        "customers: \"closed_stages\": {\"%s\": \"%s\"}",
                        pipeline, listed(site, closed), pipeline, closed[0]);
}

void site_check_tickets(const struct site *site, struct diag *diag)
{
    const char *pipeline;
    json_t *value;
    columns_check(site, "columns", diag);
    columns_check(site, "page", diag);
    check_filters(site, diag);
    check_alias(site, diag);
    check_follow_up(site, diag);
    if (!site->pipelines.draft)
        return;
    check_choices(site, "closed_stages", true, diag);
    check_choices(site, "reopen_stages", false, diag);
    if (!json_is_true(json_object_get(tickets_of(site), "customers_close")))
        return;
    json_object_foreach(site->pipelines.draft, pipeline, value) check_chosen(site, pipeline, value, diag);
}
