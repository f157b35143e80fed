#include "csv.h"

#include "../../lib/esc.h"
#include "../../lib/locale.h"
#include "../server/write.h"

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

static void category_cell(const struct csv *csv, const struct ticket *ticket, struct buf *out)
{
    (void)csv;
    text_cell(out, ticket->category);
}

static void priority_cell(const struct csv *csv, const struct ticket *ticket, struct buf *out)
{
    (void)csv;
    text_cell(out, ticket->priority);
}

static void source_cell(const struct csv *csv, const struct ticket *ticket, struct buf *out)
{
    (void)csv;
    text_cell(out, ticket->source);
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
        const char *label = text_of(csv, column->label);
        if (i > 0)
            buf_addc(out, ',');
        text_cell(out, label ? label : portal_word(portal, csv->locale, column->property));
    }
    buf_adds(out, "\r\n");
}

void csv_row(const struct csv *csv, const struct ticket *ticket, struct buf *out)
{
    const struct portal *portal = csv->request->portal;
    if (!has_number(portal)) {
        number_cell(csv, ticket, out);
        buf_addc(out, ',');
    }
    for (size_t i = 0; i < portal->column_count; i++) {
        if (i > 0)
            buf_addc(out, ',');
        writer_of(portal->columns[i].property)(csv, ticket, out);
    }
    buf_adds(out, "\r\n");
}
