#include "read.h"

#include "../locale.h"
#include "../settings/format.h"

#include <string.h>

const char *const portal_words[] = {
    "subject",  "requester", "company", "created", "owner",  "status", "last_activity", "stage", "pipeline",
    "priority", "category",  "source",  "closed",  "number", "open",   "closed_status", "file",  "yes",
    "no",       "removed",   "erased",  "readme",  NULL};

static bool has_locale(const struct portal *portal, const char *tag)
{
    for (size_t i = 0; i < portal->locale_count; i++) {
        if (strcmp(portal->locales[i], tag) == 0)
            return true;
    }
    return false;
}

static void read_locales(struct portal_reader *reader, struct portal *portal, const json_t *root)
{
    json_t *list = reader_list(reader, root, "locales", 1, &portal->locales, sizeof *portal->locales,
                               &portal->locale_count);
    for (size_t i = 0; i < portal->locale_count; i++) {
        const char *tag = json_string_value(json_array_get(list, i));
        if (!tag || !locale_is_tag(tag))
            reader_refuse(reader, root, "locales", "want language tags");
        portal->locales[i] = tag ? tag : "";
    }
    portal->default_locale = reader_text(reader, root, "default_locale");
    if (!has_locale(portal, portal->default_locale))
        reader_refuse(reader, root, "default_locale", "is no language of the portal");
    reader->locales = portal->locales;
    reader->locale_count = portal->locale_count;
}

static void read_domains(struct portal_reader *reader, struct portal *portal, const json_t *root)
{
    json_t *list = reader_list(reader, root, "domains", 1, &portal->domains, sizeof *portal->domains,
                               &portal->domain_count);
    for (size_t i = 0; i < portal->domain_count; i++) {
        const json_t *item = json_array_get(list, i);
        portal->domains[i].host = reader_form(reader, item, "host", format_is_host, "want a host name");
        portal->domains[i].locale = reader_text(reader, item, "locale");
        if (!has_locale(portal, portal->domains[i].locale))
            reader_refuse(reader, item, "locale", "is no language of the portal");
    }
}

static void read_inboxes(struct portal_reader *reader, struct portal *portal, const json_t *root)
{
    json_t *list = reader_list(reader, root, "inboxes", 1, &portal->inboxes, sizeof *portal->inboxes,
                               &portal->inbox_count);
    for (size_t i = 0; i < portal->inbox_count; i++) {
        const json_t *item = json_array_get(list, i);
        portal->inboxes[i].id = reader_text(reader, item, "id");
        portal->inboxes[i].name = reader_texts(reader, item, "name");
        portal->inboxes[i].address = reader_form(reader, item, "address", format_is_email, "want an address");
    }
    portal->default_inbox = reader_text(reader, root, "default_inbox");
    if (!reader->failed && !portal_inbox(portal, portal->default_inbox))
        reader_refuse(reader, root, "default_inbox", "names no inbox");
}

static void read_stages(struct portal_reader *reader, struct portal_pipeline *pipeline, const json_t *item)
{
    size_t open = 0;
    json_t *list = reader_list(reader, item, "stages", 1, &pipeline->stages, sizeof *pipeline->stages,
                               &pipeline->stage_count);
    for (size_t i = 0; i < pipeline->stage_count; i++) {
        const json_t *each = json_array_get(list, i);
        pipeline->stages[i].id = reader_text(reader, each, "id");
        pipeline->stages[i].label = reader_texts(reader, each, "label");
        pipeline->stages[i].closed = reader_flag(reader, each, "closed");
        open += !pipeline->stages[i].closed;
    }
    if (open == 0 || open == pipeline->stage_count)
        reader_refuse(reader, item, "stages", "want open stages and closed ones");
}

static void read_closed_stage(struct portal_reader *reader, struct portal_pipeline *pipeline,
                              const json_t *item)
{
    if (json_is_null(json_object_get(item, "closed_stage")))
        return;
    const char *id = reader_text(reader, item, "closed_stage");
    const struct portal_stage *stage = portal_stage(pipeline, id);
    if (!reader->failed && (!stage || !stage->closed))
        reader_refuse(reader, item, "closed_stage", "names no closed stage");
    pipeline->closed_stage = id;
}

static void read_reopen_stage(struct portal_reader *reader, struct portal_pipeline *pipeline,
                              const json_t *item)
{
    pipeline->reopen_stage = reader_text(reader, item, "reopen_stage");
    const struct portal_stage *stage = portal_stage(pipeline, pipeline->reopen_stage);
    if (!reader->failed && (!stage || stage->closed))
        reader_refuse(reader, item, "reopen_stage", "names no open stage");
}

static void read_pipelines(struct portal_reader *reader, struct portal *portal, const json_t *root)
{
    json_t *list = reader_list(reader, root, "pipelines", 1, &portal->pipelines, sizeof *portal->pipelines,
                               &portal->pipeline_count);
    for (size_t i = 0; i < portal->pipeline_count; i++) {
        const json_t *item = json_array_get(list, i);
        portal->pipelines[i].id = reader_text(reader, item, "id");
        portal->pipelines[i].label = reader_texts(reader, item, "label");
        read_stages(reader, &portal->pipelines[i], item);
        read_closed_stage(reader, &portal->pipelines[i], item);
        read_reopen_stage(reader, &portal->pipelines[i], item);
    }
}

static void read_filters(struct portal_reader *reader, struct portal *portal, const json_t *root)
{
    json_t *list = reader_list(reader, root, "filters", 0, &portal->filters, sizeof *portal->filters,
                               &portal->filter_count);
    for (size_t i = 0; i < portal->filter_count; i++) {
        const char *id = json_string_value(json_array_get(list, i));
        if (!id || !portal_property(portal, PORTAL_TICKET, id))
            reader_refuse(reader, root, "filters", "want properties of tickets");
        portal->filters[i] = id ? id : "";
    }
}

static void read_closing(struct portal_reader *reader, struct portal *portal, const json_t *root)
{
    portal->participants = reader_flag(reader, root, "participants");
    portal->csv_mark = reader_flag(reader, root, "csv_mark");
    portal->customers_close = reader_flag(reader, root, "customers_close");
    portal->rating = reader_flag(reader, root, "rating");
    for (size_t i = 0; portal->customers_close && i < portal->pipeline_count; i++) {
        if (!portal->pipelines[i].closed_stage)
            reader_refuse(reader, root, "customers_close", "wants a closed stage for each pipeline");
    }
}

static void read_limits(struct portal_reader *reader, struct portal *portal, const json_t *root)
{
    portal->reply_to_closed = reader_flag(reader, root, "reply_to_closed");
    portal->per_page = reader_number(reader, root, "per_page", 1, 100);
    portal->file_max_bytes = reader_number(reader, root, "file_max_bytes", 1, 1073741824);
    portal->files_max = reader_number(reader, root, "files_max", 1, 50);
    portal->idle_minutes = reader_number(reader, root, "idle_minutes", 1, 1440);
    portal->session_hours = reader_number(reader, root, "session_hours", 1, 720);
    portal->remember_days = reader_number(reader, root, "remember_days", 0, 365);
    portal->invitation_days = reader_number(reader, root, "invitation_days", 1, 90);
    portal->password_min = reader_number(reader, root, "password_min", 8, 128);
}

static void read_mails(struct portal_reader *reader, const struct portal *portal, const json_t *root)
{
    static const char *const mails[] = {"reply",
                                        "inbox_reply",
                                        "inbox_ticket",
                                        "shared",
                                        "copy",
                                        "digest",
                                        "closed",
                                        "rated_good",
                                        "rated_bad",
                                        "received",
                                        "reset",
                                        "invitation",
                                        "sign_up",
                                        "sign_up_known",
                                        "sign_in_link",
                                        "address",
                                        "address_old",
                                        "password_changed",
                                        "two_step_on",
                                        "two_step_off",
                                        "recovery_used",
                                        "recovery_new",
                                        "consent_withdrawn",
                                        "new_sign_in",
                                        "erasure_asked",
                                        "erasure_withdrawn",
                                        "erasure_declined",
                                        "erasure_done",
                                        NULL};
    const json_t *by_locale = json_object_get(root, "mail");
    for (size_t i = 0; i < portal->locale_count; i++) {
        const json_t *own = json_object_get(by_locale, portal->locales[i]);
        if (!json_is_object(own)) {
            reader_refuse(reader, root, "mail", "want the mails in every language of the portal");
            return;
        }
        for (const char *const *mail = mails; *mail; mail++) {
            const json_t *parts = json_object_get(own, *mail);
            if (!json_is_object(parts)) {
                reader_refuse(reader, own, *mail, "want an object");
                return;
            }
            reader_text(reader, parts, "subject");
            reader_text(reader, parts, "text");
            if (json_object_get(parts, "html"))
                reader_text(reader, parts, "html");
        }
    }
}

static void read_words(struct portal_reader *reader, const struct portal *portal, const json_t *root)
{
    const json_t *words = json_object_get(root, "words");
    for (size_t i = 0; i < portal->locale_count; i++) {
        const json_t *own = json_object_get(words, portal->locales[i]);
        if (!json_is_object(own)) {
            reader_refuse(reader, root, "words", "want the words in every language of the portal");
            return;
        }
        for (const char *const *word = portal_words; *word; word++)
            reader_text(reader, own, *word);
    }
}

static void read_ticket_name(struct portal_reader *reader, struct portal *portal, const json_t *root)
{
    const json_t *name = json_object_get(root, "ticket_name");
    if (!json_is_object(name)) {
        reader_refuse(reader, root, "ticket_name", "want an object");
        return;
    }
    portal->ticket_name = reader_texts(reader, name, "one");
    portal->tickets_name = reader_texts(reader, name, "other");
}

static void read_groups(struct portal_reader *reader, struct portal *portal, const json_t *root)
{
    const json_t *given = json_object_get(root, "groups");
    if (!json_is_null(given)) {
        json_t *list = reader_list(reader, root, "groups", 1, &portal->groups, sizeof *portal->groups,
                                   &portal->group_count);
        for (size_t i = 0; i < portal->group_count; i++) {
            const json_t *item = json_array_get(list, i);
            portal->groups[i].id = reader_form(reader, item, "id", format_is_id, "want an id");
            portal->groups[i].name = reader_texts(reader, item, "name");
        }
    }
    if (json_is_null(json_object_get(root, "sign_up_group")))
        return;
    portal->sign_up_group = reader_text(reader, root, "sign_up_group");
    if (!reader->failed && !portal_group(portal, portal->sign_up_group))
        reader_refuse(reader, root, "sign_up_group", "names no group");
}

static void read_access(struct portal_reader *reader, struct portal *portal, const json_t *root)
{
    const char *version;
    json_t *text;
    portal->sign_up = reader_flag(reader, root, "sign_up");
    read_groups(reader, portal, root);
    portal->sign_in_links = reader_flag(reader, root, "sign_in_links");
    portal->sign_in_mails = reader_flag(reader, root, "sign_in_mails");
    portal->erasure = reader_flag(reader, root, "erasure");
    portal->cool_off_days = reader_number(reader, root, "cool_off_days", 0, 90);
    portal->consent_renew = reader_flag(reader, root, "consent_renew");
    static const char *const two_steps[] = {"optional", "staff", NULL};
    portal->two_step_staff = reader_choice(reader, root, "two_step", two_steps) == 1;
    portal->consent = json_object_get(root, "consent");
    if (!json_is_object(portal->consent))
        reader_refuse(reader, root, "consent", "want an object");
    json_object_foreach((json_t *)portal->consent, version, text)
    {
        if (*version == '\0' || !json_is_string(text))
            reader_refuse(reader, root, "consent", "want texts by version");
    }
}

static bool is_header_value(const char *text)
{
    for (; *text; text++)
        if (*text < ' ' || *text > '~')
            return false;
    return true;
}

bool portal_read(struct portal_reader *reader, struct portal *portal)
{
    const json_t *root = portal->root;
    portal->open = reader_flag(reader, root, "open");
    read_locales(reader, portal, root);
    portal->name = reader_texts(reader, root, "name");
    read_ticket_name(reader, portal, root);
    portal->slug =
        reader_form(reader, root, "slug", format_is_slug, "want \"/\" or a path like \"/support/\"");
    portal->api = reader_form(reader, root, "api", format_is_api, "want a path or https://host/path");
    read_domains(reader, portal, root);
    read_inboxes(reader, portal, root);
    read_pipelines(reader, portal, root);
    portal_read_properties(reader, portal, root);
    portal_read_columns(reader, portal, root);
    read_filters(reader, portal, root);
    portal_read_visible(reader, portal, root);
    read_limits(reader, portal, root);
    read_closing(reader, portal, root);
    portal_read_rules(reader, portal, root);
    portal_read_forms(reader, portal, root);
    read_mails(reader, portal, root);
    read_words(reader, portal, root);
    read_access(reader, portal, root);
    portal_read_providers(reader, portal, root);
    portal->csp = reader_form(reader, root, "csp", is_header_value, "want one line of ASCII");
    return !reader->failed;
}
