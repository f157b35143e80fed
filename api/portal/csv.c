#include "csv.h"

#include "../../lib/esc.h"
#include "../../lib/locale.h"
#include "../server/write.h"
#include "property.h"

#include <stdio.h>
#include <string.h>

typedef void cell_writer(const struct csv *csv, const struct ticket *ticket, struct buf *out);

static void text_cell(struct buf *out, const char *text)
{
    if (text)
        esc_csv(out, text, strlen(text));
}

static void moment_cell(struct buf *out, int64_t ms)
{
    if (ms > 0)
        write_moment(out, ms);
}

static const char *text_of(const struct csv *csv, const json_t *by_language)
{
    return by_language ? locale_pick(by_language, csv->locale, csv->request->portal->default_locale) : NULL;
}

static void subject_cell(const struct csv *csv, const struct ticket *ticket, struct buf *out)
{
    (void)csv;
    text_cell(out, ticket->subject);
}

static void number_cell(const struct csv *csv, const struct ticket *ticket, struct buf *out)
{
    (void)csv;
    buf_addf(out, "%lld", (long long)ticket->number);
}

static void name_cell(struct buf *out, const char *first, const char *last)
{
    struct buf name;
    buf_init(&name, 4096);
    buf_addf(&name, "%s%s%s", first, *first && *last ? " " : "", last);
    text_cell(out, name.data);
    buf_release(&name);
}

static void requester_cell(const struct csv *csv, const struct ticket *ticket, struct buf *out)
{
    (void)csv;
    name_cell(out, ticket->requester_first_name, ticket->requester_last_name);
}

static void company_cell(const struct csv *csv, const struct ticket *ticket, struct buf *out)
{
    (void)csv;
    text_cell(out, ticket->company_name);
}

static void owner_cell(const struct csv *csv, const struct ticket *ticket, struct buf *out)
{
    const struct portal *portal = csv->request->portal;
    const char *first = ticket->owner_first_name, *last = ticket->owner_last_name;
    if (first && portal->owner_name == PORTAL_FULL_NAME)
        name_cell(out, first, last); /* which takes none of the arena: there may be many rows */
    else if (first)
        text_cell(out, portal_team_name(portal, csv->request->arena, csv->locale, first, last));
}

static void status_cell(const struct csv *csv, const struct ticket *ticket, struct buf *out)
{
    text_cell(out, portal_status(csv->request->portal, csv->locale, ticket->pipeline, ticket->stage,
                                 ticket->closed));
}

/* A stage or pipeline that the settings forgot is better named by its id than not at all. */
static void stage_cell(const struct csv *csv, const struct ticket *ticket, struct buf *out)
{
    const struct portal_pipeline *pipeline = portal_pipeline(csv->request->portal, ticket->pipeline);
    const struct portal_stage *stage = pipeline ? portal_stage(pipeline, ticket->stage) : NULL;
    const char *label = stage ? text_of(csv, stage->label) : NULL;
    text_cell(out, label ? label : ticket->stage);
}

static void pipeline_cell(const struct csv *csv, const struct ticket *ticket, struct buf *out)
{
    const struct portal_pipeline *pipeline = portal_pipeline(csv->request->portal, ticket->pipeline);
    const char *label = pipeline ? text_of(csv, pipeline->label) : NULL;
    text_cell(out, label ? label : ticket->pipeline);
}

/* What a choice is called in the customer's language. */
static void option_cell(const struct csv *csv, const char *property, const char *value, struct buf *out)
{
    const struct portal *portal = csv->request->portal;
    const struct portal_property *found = portal_property(portal, PORTAL_TICKET, property);
    text_cell(out, value ? portal_option_label(portal, found, csv->locale, value) : NULL);
}

static void category_cell(const struct csv *csv, const struct ticket *ticket, struct buf *out)
{
    option_cell(csv, "category", ticket->category, out);
}

static void priority_cell(const struct csv *csv, const struct ticket *ticket, struct buf *out)
{
    option_cell(csv, "priority", ticket->priority, out);
}

static void source_cell(const struct csv *csv, const struct ticket *ticket, struct buf *out)
{
    option_cell(csv, "source", ticket->source, out);
}

static void created_cell(const struct csv *csv, const struct ticket *ticket, struct buf *out)
{
    (void)csv;
    moment_cell(out, ticket->created_at);
}

static void activity_cell(const struct csv *csv, const struct ticket *ticket, struct buf *out)
{
    (void)csv;
    moment_cell(out, ticket->last_activity_at);
}

static void closed_cell(const struct csv *csv, const struct ticket *ticket, struct buf *out)
{
    (void)csv;
    moment_cell(out, ticket->closed_at);
}

static const struct {
    const char *property;
    cell_writer *write;
} cells[] = {
    {"number", number_cell},
    {"subject", subject_cell},
    {"requester", requester_cell},
    {"company", company_cell},
    {"owner", owner_cell},
    {"status", status_cell},
    {"stage", stage_cell},
    {"pipeline", pipeline_cell},
    {"category", category_cell},
    {"priority", priority_cell},
    {"source", source_cell},
    {"created", created_cell},
    {"last_activity", activity_cell},
    {"closed", closed_cell},
};

static cell_writer *writer_of(const char *property)
{
    for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++)
        if (strcmp(cells[i].property, property) == 0)
            return cells[i].write;
    return NULL;
}

/* --- the admin's own ------------------------------------------------------------------------------------ */

/* The options' labels, joined: "Print head; Roll". */
static void options_cell(const struct csv *csv, const struct portal_property *property, const json_t *value,
                         struct buf *out)
{
    struct buf text;
    buf_init(&text, 64 * 1024);
    for (size_t i = 0; i < json_array_size(value); i++) {
        const char *option = json_string_value(json_array_get(value, i));
        buf_addf(&text, "%s%s", i > 0 ? "; " : "",
                 portal_option_label(csv->request->portal, property, csv->locale, option));
    }
    text_cell(out, text.data);
    buf_release(&text);
}

static void own_number_cell(const json_t *value, struct buf *out)
{
    char text[40];
    snprintf(text, sizeof text, "%.15g", json_number_value(value));
    buf_adds(out, text); /* not as text: -3 is no formula here */
}

static void own_cell(const struct csv *csv, const struct portal_property *property, const json_t *value,
                     struct buf *out)
{
    const struct portal *portal = csv->request->portal;
    if (!value || !property_is_of_type(property, value))
        return;
    switch (property->type) {
    case PROPERTY_NUMBER:
        own_number_cell(value, out);
        break;
    case PROPERTY_SELECT:
        text_cell(out, portal_option_label(portal, property, csv->locale, json_string_value(value)));
        break;
    case PROPERTY_MULTI_SELECT:
        options_cell(csv, property, value, out);
        break;
    case PROPERTY_CHECKBOX:
        text_cell(out, portal_word(portal, csv->locale, json_is_true(value) ? "yes" : "no"));
        break;
    default:
        text_cell(out, json_string_value(value));
    }
}

static bool has_own(const struct portal *portal)
{
    for (size_t i = 0; i < portal->column_count; i++)
        if (portal->columns[i].what->own)
            return true;
    return false;
}

static bool has_number(const struct portal *portal)
{
    for (size_t i = 0; i < portal->column_count; i++)
        if (strcmp(portal->columns[i].property, "number") == 0)
            return true;
    return false;
}

void csv_head(const struct csv *csv, struct buf *out)
{
    const struct portal *portal = csv->request->portal;
    if (!has_number(portal)) {
        text_cell(out, portal_word(portal, csv->locale, "number"));
        buf_addc(out, ',');
    }
    for (size_t i = 0; i < portal->column_count; i++) {
        const struct portal_column *column = &portal->columns[i];
        const char *label = text_of(csv, column->label ? column->label : column->what->label);
        if (i > 0)
            buf_addc(out, ',');
        text_cell(out, label);
    }
    buf_adds(out, "\r\n");
}

static void column_cell(const struct csv *csv, const struct portal_column *column,
                        const struct ticket *ticket, const json_t *own, struct buf *out)
{
    if (column->what->own)
        own_cell(csv, column->what, json_object_get(own, column->property), out);
    else
        writer_of(column->property)(csv, ticket, out);
}

void csv_row(const struct csv *csv, const struct ticket *ticket, struct buf *out)
{
    const struct portal *portal = csv->request->portal;
    json_t *own = has_own(portal) ? property_parse(ticket->properties) : NULL;
    if (!has_number(portal)) {
        number_cell(csv, ticket, out);
        buf_addc(out, ',');
    }
    for (size_t i = 0; i < portal->column_count; i++) {
        if (i > 0)
            buf_addc(out, ',');
        column_cell(csv, &portal->columns[i], ticket, own, out);
    }
    buf_adds(out, "\r\n");
    json_decref(own);
}
