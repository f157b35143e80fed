/* The table of "company_view" and "internal" in "tickets" of content/portal.json, and what the tables of who
 * sees what cannot say. */
#include "../../lib/settings/format.h"
#include "../check/hint.h"
#include "filters.h"
#include "visible.h"

#include <string.h>

const struct setting company_view_settings[] = {
    {.key = "managers",
     .type = SETTING_BOOL,
     .fallback = "true",
     .label = "Company managers",
     .help = "Contacts that are marked as managers see all tickets of their company."},
    {.key = "contacts",
     .type = SETTING_FILTER,
     .label = "Matching contacts",
     .help = "So do contacts whose properties match."},
    {0},
};

static const struct setting channel_item[] = {
    {.type = SETTING_ID,
     .label = "Channel",
     .help = "How a conversation came in, such as \"email\" or \"phone\"."}};

static const struct setting sender_item[] = {{.type = SETTING_TEXT,
                                              .min = 3,
                                              .max = 254,
                                              .label = "Sender",
                                              .help = "An e-mail address, or a domain with its @."}};

const struct setting internal_settings[] = {
    {.key = "channels",
     .type = SETTING_LIST,
     .fallback = "[]",
     .max = 20,
     .fields = channel_item,
     .label = "Channels",
     .help = "Conversations that came in this way show to the team alone."},
    {.key = "senders",
     .type = SETTING_LIST,
     .fallback = "[]",
     .max = 100,
     .fields = sender_item,
     .label = "Senders",
     .help = "What these wrote shows to the team and to themselves: \"bot@example.com\", \"@example.com\"."},
    {.key = "tickets",
     .type = SETTING_FILTER,
     .label = "Tickets",
     .help = "In tickets that match, customers see nothing but what they wrote themselves."},
    {0},
};

static json_t *tickets_of(const struct site *site)
{
    return json_object_get(site->portal.draft, "tickets");
}

static const char *text_at(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

static const char *text_in(const json_t *list, size_t at)
{
    return json_string_value(json_array_get(list, at));
}

static const char *item(const struct site *site, const char *pointer, size_t index)
{
    return arena_printf(site->arena, "%s/%zu", pointer, index);
}

static void check_twice(const struct site *site, const char *pointer, const json_t *list, struct diag *diag)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        for (size_t j = 0; j < i; j++) {
            if (settings_same(text_in(list, i), text_in(list, j)))
                settings_file_error(&site->portal, diag, item(site, pointer, i),
                                    "\"%s\" is there twice; take one out", text_in(list, i));
        }
    }
}

static void check_inboxes(const struct site *site, struct diag *diag)
{
    static const char pointer[] = "/tickets/inboxes";
    json_t *known = json_object_get(site->portal.draft, "inboxes");
    const json_t *inboxes = json_object_get(tickets_of(site), "inboxes");
    const char *usual = text_at(site->portal.draft, "default_inbox");
    bool may_lack = json_is_array(inboxes) && usual;
    for (size_t i = 0; i < json_array_size(inboxes); i++) {
        const char *id = text_in(inboxes, i);
        may_lack = may_lack && id && strcmp(id, usual) != 0;
        if (id && settings_lacks(known, id))
            settings_file_error(&site->portal, diag, item(site, pointer, i),
                                "no inbox \"%s\" among \"inboxes\"%s", id,
                                hint_known(site->arena, id, known));
    }
    check_twice(site, pointer, inboxes, diag);
    if (may_lack)
        settings_file_warning(&site->portal, diag, pointer,
                              "\"%s\", the default inbox, is not among them: customers will not see what "
                              "they file there",
                              usual);
}

/* Whether it stands in the file: a group has its defaults otherwise, too. */
static bool is_given(const struct site *site, const char *key)
{
    const json_t *raw = json_object_get(json_object_get(site->portal.doc.root, "tickets"), key);
    return raw && !json_is_null(raw);
}

static void check_company_view(const struct site *site, const json_t *offered, struct diag *diag)
{
    const json_t *view = json_object_get(tickets_of(site), "company_view");
    const json_t *contacts = json_object_get(view, "contacts");
    const char *permission = text_at(tickets_of(site), "permission");
    bool matching = settings_same(permission, "matching");
    if (is_given(site, "company_view") && permission && !matching)
        settings_file_error(
            &site->portal, diag, "/tickets/company_view",
            "has a meaning only with \"permission\": \"matching\", and that is \"%s\"; take it "
            "out, or change the permission",
            permission);
    if (matching && !contacts && json_is_false(json_object_get(view, "managers")))
        settings_file_error(&site->portal, diag, "/tickets/company_view",
                            "nobody would see the company's tickets; want \"managers\" or \"contacts\", or "
                            "\"permission\": \"own\"");
    filter_check(site, offered, "/tickets/company_view/contacts", contacts, PORTAL_CONTACT, diag);
}

static bool is_sender(const struct site *site, const char *text)
{
    return format_is_email(*text == '@' ? arena_printf(site->arena, "x%s", text) : text);
}

static void check_internal(const struct site *site, const json_t *offered, struct diag *diag)
{
    const json_t *internal = json_object_get(tickets_of(site), "internal");
    const json_t *channels = json_object_get(internal, "channels"),
                 *senders = json_object_get(internal, "senders");
    for (size_t i = 0; i < json_array_size(channels); i++) {
        if (settings_same(text_in(channels, i), "portal"))
            settings_file_error(&site->portal, diag, item(site, "/tickets/internal/channels", i),
                                "\"portal\" is where customers write; it cannot be internal");
    }
    for (size_t i = 0; i < json_array_size(senders); i++) {
        if (text_in(senders, i) && !is_sender(site, text_in(senders, i)))
            settings_file_error(&site->portal, diag, item(site, "/tickets/internal/senders", i),
                                "want an address such as \"bot@example.com\" or a domain such as "
                                "\"@example.com\", got \"%s\"",
                                text_in(senders, i));
    }
    check_twice(site, "/tickets/internal/channels", channels, diag);
    check_twice(site, "/tickets/internal/senders", senders, diag);
    filter_check(site, offered, "/tickets/internal/tickets", json_object_get(internal, "tickets"),
                 PORTAL_TICKET, diag);
}

bool visible_check(const struct site *site, const json_t *offered, struct diag *diag)
{
    size_t before = diag_errors(diag);
    if (!site->portal.draft)
        return true;
    check_company_view(site, offered, diag);
    check_inboxes(site, diag);
    filter_check(site, offered, "/tickets/visible", json_object_get(tickets_of(site), "visible"),
                 PORTAL_TICKET, diag);
    check_internal(site, offered, diag);
    return diag_errors(diag) == before;
}

static void copy(json_t *portal, const json_t *settings, const char *from, const char *to)
{
    json_t *value = json_object_get(settings, from);
    json_object_set(portal, to, value ? value : json_null());
}

void visible_compile(const struct site *site, json_t *portal)
{
    const json_t *tickets = tickets_of(site);
    const json_t *view = json_object_get(tickets, "company_view"),
                 *internal = json_object_get(tickets, "internal");
    json_t *compiled_view = json_object(), *compiled_internal = json_object();
    copy(portal, tickets, "permission", "permission");
    copy(compiled_view, view, "managers", "managers");
    json_object_set_new(compiled_view, "contacts",
                        filter_compile(site, json_object_get(view, "contacts"), PORTAL_CONTACT));
    json_object_set_new(portal, "company_view", compiled_view);
    json_object_set_new(portal, "visible",
                        filter_compile(site, json_object_get(tickets, "visible"), PORTAL_TICKET));
    copy(portal, tickets, "inboxes", "visible_inboxes");
    copy(portal, tickets, "threads", "threads");
    copy(compiled_internal, internal, "channels", "channels");
    copy(compiled_internal, internal, "senders", "senders");
    json_object_set_new(compiled_internal, "tickets",
                        filter_compile(site, json_object_get(internal, "tickets"), PORTAL_TICKET));
    json_object_set_new(portal, "internal", compiled_internal);
}
