/* The table of "tickets" in content/portal.json. Between settings: ticket_check.c. */
#include "site.h"

#include "visible.h"

static const char *const permissions[] = {"own", "company", "matching", NULL};
static const char *const statuses[] = {"open_closed", "stages", NULL};
static const char *const owner_names[] = {"first", "last", "full", "alias", NULL};

static const struct setting column_fields[] = {
    {.key = "property",
     .type = SETTING_ID,
     .required = true,
     .label = "Property",
     .help =
         "What of a ticket is shown: subject, requester, company, created, owner, status, last_activity, "
         "stage, "
         "pipeline, priority, category, source, closed, number, or a property of content/properties.json."},
    {.key = "label",
     .type = SETTING_LOCAL,
     .min = 1,
     .max = 60,
     .label = "Label",
     .help = "What it is called here; the property's own label, or the theme's word, when absent."},
    {0},
};

static const struct setting column_item[] = {
    {.type = SETTING_GROUP, .fields = column_fields, .label = "Column", .help = "One property of tickets."}};

static const char *const thread_choices[] = {"all", "latest", "original", NULL};

static const struct setting inbox_item[] = {
    {.type = SETTING_ID, .label = "Inbox", .help = "The id of an inbox."}};

static const struct setting filter_item[] = {
    {.type = SETTING_ID, .label = "Filter", .help = "A property of tickets."}};

static const struct setting closed_stage[] = {
    {.type = SETTING_ID, .label = "Closed stage", .help = "A closed stage of the pipeline."}};

static const struct setting reopen_stage[] = {
    {.type = SETTING_ID, .label = "Open stage", .help = "An open stage of the pipeline."}};

const struct setting ticket_settings[] = {
    {.key = "permission",
     .type = SETTING_CHOICE,
     .fallback = "\"own\"",
     .choices = permissions,
     .label = "Who sees what",
     .help = "\"own\": one's own tickets; \"company\": those of one's company besides; \"matching\": "
             "those besides only for the contacts of \"company_view\"."},
    {.key = "company_view",
     .type = SETTING_GROUP,
     .fields = company_view_settings,
     .label = "Company view",
     .help = "Who sees the company's tickets when the permission is \"matching\"."},
    {.key = "visible",
     .type = SETTING_FILTER,
     .label = "Visibility",
     .help =
         "Only tickets that match show to customers: in lists, searches, counts, exports, pages, files and "
         "mails."},
    {.key = "inboxes",
     .type = SETTING_LIST,
     .min = 1,
     .max = 100,
     .fields = inbox_item,
     .label = "Inboxes",
     .help = "Only tickets of these inboxes show to customers; of all when absent."},
    {.key = "threads",
     .type = SETTING_CHOICE,
     .fallback = "\"all\"",
     .choices = thread_choices,
     .label = "Conversations",
     .help = "Which public conversations of a ticket show: all, the latest or the original one."},
    {.key = "internal",
     .type = SETTING_GROUP,
     .fields = internal_settings,
     .label = "Internal by rule",
     .help = "What shows to the team alone besides its notes."},
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
    {.key = "filters",
     .type = SETTING_LIST,
     .max = 20,
     .fields = filter_item,
     .label = "Filters",
     .help = "What customers may filter the list by: ids of properties; when absent, the columns besides the "
             "subject, the number and the status."},
    {.key = "page",
     .type = SETTING_LIST,
     .fallback = "[{\"property\": \"requester\"}, {\"property\": \"owner\"}, "
                 "{\"property\": \"category\"}, {\"property\": \"priority\"}, {\"property\": \"created\"}, "
                 "{\"property\": \"last_activity\"}, {\"property\": \"closed\"}]",
     .max = 40,
     .fields = column_item,
     .label = "Ticket page",
     .help = "What a ticket's own page shows beside the conversation, in this order; what a ticket has not "
             "is left "
             "out."},
    {.key = "participants",
     .type = SETTING_BOOL,
     .fallback = "true",
     .label = "Colleagues in copy",
     .help =
         "People of the ticket's company can be added to it: they see it and get its mail. Off: nobody sees "
         "a ticket because they were added."},
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
    {.key = "reopen_stages",
     .type = SETTING_MAP,
     .fallback = "{}",
     .max = 100,
     .fields = reopen_stage,
     .label = "Where replies reopen to",
     .help = "The open stage that a reply to a closed ticket moves it to, by pipeline; its first open one "
             "when absent."},
    {.key = "follow_up_days",
     .type = SETTING_INT,
     .min = 1,
     .max = 3650,
     .label = "Days until a reply starts a new ticket",
     .help = "A reply later than so many days after the ticket was closed starts a new one that is linked to "
             "it; absent: "
             "never."},
    {.key = "status",
     .type = SETTING_CHOICE,
     .fallback = "\"open_closed\"",
     .choices = statuses,
     .label = "What the status says",
     .help = "\"open_closed\": Open or Closed; \"stages\": the name of the stage in its pipeline."},
    {.key = "owner_name",
     .type = SETTING_CHOICE,
     .fallback = "\"first\"",
     .choices = owner_names,
     .label = "Name of the team's people",
     .help =
         "What customers read of them: their first, last or full name, or \"owner_alias\" for all of them."},
    {.key = "owner_alias",
     .type = SETTING_LOCAL,
     .min = 1,
     .max = 60,
     .label = "One name for all",
     .help = "What everybody of the team is called when \"owner_name\" is \"alias\"."},
    {.key = "rating",
     .type = SETTING_BOOL,
     .fallback = "true",
     .label = "Rating",
     .help = "Whoever asked may say how it went once the ticket is closed, and add a comment."},
    {0},
};
