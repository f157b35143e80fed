/* The table of "tickets" in content/portal.json. Between settings: ticket_check.c. */
#include "site.h"

#include "../../lib/portal.h"

static const char *const permissions[] = {"own", "company", NULL};

static const struct setting column_fields[] = {
    {.key = "property",
     .type = SETTING_CHOICE,
     .required = true,
     .choices = portal_properties,
     .label = "Property",
     .help = "What of a ticket the column shows."},
    {.key = "label",
     .type = SETTING_LOCAL,
     .min = 1,
     .max = 60,
     .label = "Label",
     .help = "Stands above the column; the theme's own word when absent."},
    {0},
};

static const struct setting column_item[] = {
    {.type = SETTING_GROUP, .fields = column_fields, .label = "Column", .help = "One property of tickets."}};

static const struct setting closed_stage[] = {
    {.type = SETTING_ID, .label = "Closed stage", .help = "A closed stage of the pipeline."}};

const struct setting ticket_settings[] = {
    {.key = "permission",
     .type = SETTING_CHOICE,
     .fallback = "\"own\"",
     .choices = permissions,
     .label = "Who sees what",
     .help = "\"own\": one's own tickets; \"company\": those of one's company besides."},
    {.key = "reply_to_closed",
     .type = SETTING_BOOL,
     .fallback = "true",
     .label = "Replies to closed tickets",
     .help = "A reply opens the ticket again; off: closed tickets take no replies."},
    {.key = "per_page",
     .type = SETTING_INT,
     .fallback = "25",
     .min = 1,
     .max = 100,
     .label = "Tickets on a page",
     .help = "How many tickets the list shows at once."},
    {.key = "columns",
     .type = SETTING_LIST,
     .fallback = "[{\"property\": \"subject\"}, {\"property\": \"requester\"}, {\"property\": \"created\"}, "
                 "{\"property\": \"owner\"}, {\"property\": \"last_activity\"}, {\"property\": \"status\"}]",
     .min = 1,
     .max = 10,
     .fields = column_item,
     .label = "Columns",
     .help = "What the list of tickets shows, in this order."},
    {.key = "csv_mark",
     .type = SETTING_BOOL,
     .fallback = "true",
     .label = "Byte order mark in exports",
     .help = "Excel needs it to read a CSV file's letters right; some programs stumble over it."},
    {.key = "customers_close",
     .type = SETTING_BOOL,
     .fallback = "false",
     .label = "Customers may close tickets",
     .help = "Off: only the team closes tickets."},
    {.key = "closed_stages",
     .type = SETTING_MAP,
     .fallback = "{}",
     .max = 100,
     .fields = closed_stage,
     .label = "Where customers close to",
     .help = "The closed stage, by pipeline; a pipeline with only one needs none here."},
    {0},
};
