/* What must hold between the settings of content/portal.json and content/pipelines.json. */
#include "../check/hint.h"
#include "consent.h"
#include "properties.h"
#include "single_sign_on.h"

#include <string.h>

static const char *text_at(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

static void want_locale(const struct site *site, const char *locale, struct place place, const char *key,
                        struct diag *diag)
{
    if (!site_has_locale(site, locale))
        diag_error(diag, place, "\"%s\": \"%s\" is not one of \"locales\"", key, locale);
}

static void check_locales(const struct site *site, struct diag *diag)
{
    const struct settings_file *portal = &site->portal;
    for (size_t i = 0; i < site->locale_count; i++) {
        for (size_t j = 0; j < i; j++) {
            if (strcmp(site->locales[i], site->locales[j]) == 0)
                diag_error(diag, settings_file_at(portal, "/locales/%zu", i),
                           "\"locales\": \"%s\" is listed twice", site->locales[i]);
        }
    }
    want_locale(site, site->default_locale, settings_file_at(portal, "/default_locale"), "default_locale",
                diag);
}

static void check_domains(const struct site *site, struct diag *diag)
{
    json_t *domains = json_object_get(site->portal.value, "domains");
    for (size_t i = 0; i < json_array_size(domains); i++) {
        json_t *domain = json_array_get(domains, i);
        const char *host = text_at(domain, "host");
        want_locale(site, text_at(domain, "locale"),
                    settings_file_at(&site->portal, "/domains/%zu/locale", i), "locale", diag);
        for (size_t j = 0; j < i; j++) {
            if (strcmp(host, text_at(json_array_get(domains, j), "host")) == 0)
                diag_error(diag, settings_file_at(&site->portal, "/domains/%zu/host", i),
                           "\"host\": \"%s\" is listed twice", host);
        }
    }
}

static void check_inbox(const struct site *site, struct diag *diag)
{
    json_t *inboxes = json_object_get(site->portal.value, "inboxes");
    if (json_object_get(inboxes, site->default_inbox))
        return;
    diag_error(diag, settings_file_at(&site->portal, "/default_inbox"),
               "\"default_inbox\": no inbox \"%s\"%s", site->default_inbox,
               hint_near_key(site->arena, site->default_inbox, inboxes));
}

static void check_access(const struct site *site, struct diag *diag)
{
    const json_t *access = json_object_get(site->portal.value, "access");
    const char *group = text_at(access, "sign_up_group");
    json_t *groups = json_object_get(access, "groups");
    struct place place = settings_file_at(&site->portal, "/access/sign_up_group");
    if (!group)
        return;
    if (!groups)
        diag_error(diag, place,
                   "\"sign_up_group\": there are no \"groups\", so everybody who is known comes in");
    else if (!json_object_get(groups, group))
        diag_error(diag, place, "\"sign_up_group\": no group \"%s\"%s", group,
                   hint_near_key(site->arena, group, groups));
    else if (!site->sign_up)
        diag_error(diag, place,
                   "\"sign_up_group\": nobody signs up here; set \"sign_up\": true or take it out");
}

static bool begins_with(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

/* On the pages' own host, what the API answers must not be a page, nor the other way round. */
static void check_api(const struct site *site, struct diag *diag)
{
    if (site->api[0] != '/')
        return;
    const char *api = arena_printf(site->arena, "%s/", site->api);
    for (size_t i = 0; i <= site->locale_count; i++) {
        const char *folder = arena_printf(site->arena, "%s%s/", site->slug,
                                          i < site->locale_count ? site->locales[i] : "assets");
        if (!begins_with(api, folder) && !begins_with(folder, api))
            continue;
        diag_error(diag, settings_file_at(&site->portal, "/api"),
                   "\"api\": \"%s\" would answer in place of the pages at %s; choose a path of its own",
                   site->api, folder);
        return;
    }
}

/* That they are there is seen to where they are read (gen/forms). */
static void check_forms(const struct site *site, struct diag *diag)
{
    const struct settings_file *portal = &site->portal;
    json_t *forms = json_object_get(portal->value, "forms");
    if (forms && json_object_get(portal->value, "form"))
        diag_error(
            diag, settings_file_at(portal, "/form"),
            "\"form\": \"forms\" is there, too; put this one first in \"forms\", and take \"form\" out");
    for (size_t i = 0; i < json_array_size(forms); i++) {
        const char *id = json_string_value(json_array_get(forms, i));
        for (size_t j = 0; j < i; j++) {
            if (strcmp(id, json_string_value(json_array_get(forms, j))) == 0)
                diag_error(diag, settings_file_at(portal, "/forms/%zu", i),
                           "\"forms\": \"%s\" is listed twice", id);
        }
    }
}

/* Mails fill {placeholders} when they are sent: a name that looks like one would be filled, too. */
static void check_name(const struct site *site, struct diag *diag)
{
    const char *tag;
    json_t *name;
    json_object_foreach(json_object_get(site->portal.value, "name"), tag, name)
    {
        if (strpbrk(json_string_value(name), "{}"))
            diag_error(diag, settings_file_at(&site->portal, "/name/%s", tag),
                       "\"name\": may not hold \"{\" or \"}\"");
    }
}

static void check_stages(const struct site *site, const char *id, json_t *stages, struct diag *diag)
{
    size_t closed = 0;
    size_t count = json_array_size(stages);
    for (size_t i = 0; i < count; i++) {
        json_t *stage = json_array_get(stages, i);
        closed += json_is_true(json_object_get(stage, "closed"));
        for (size_t j = 0; j < i; j++) {
            if (strcmp(text_at(stage, "id"), text_at(json_array_get(stages, j), "id")) == 0)
                diag_error(diag, settings_file_at(&site->pipelines, "/%s/stages/%zu/id", id, i),
                           "pipeline \"%s\" has two stages \"%s\"", id, text_at(stage, "id"));
        }
    }
    if (closed == 0)
        diag_error(diag, settings_file_at(&site->pipelines, "/%s/stages", id),
                   "pipeline \"%s\" has no closed stage; give one \"closed\": true", id);
    if (closed == count)
        diag_error(diag, settings_file_at(&site->pipelines, "/%s/stages", id),
                   "pipeline \"%s\" has no open stage for new tickets", id);
}

static void check_pipelines(const struct site *site, struct diag *diag)
{
    const char *id;
    json_t *pipeline;
    json_object_foreach(site->pipelines.value, id, pipeline)
        check_stages(site, id, json_object_get(pipeline, "stages"), diag);
    if (json_object_size(site->pipelines.value) == 0)
        diag_error(diag, settings_file_at(&site->pipelines, "%s", ""), "want at least one pipeline");
}

void site_check_references(const struct site *site, struct diag *diag)
{
    if (site->portal.value) {
        check_name(site, diag);
        site_check_ticket_name(site, diag);
        check_locales(site, diag);
        check_domains(site, diag);
        check_inbox(site, diag);
        check_api(site, diag);
        check_forms(site, diag);
        check_access(site, diag);
        consent_check(site, diag);
        single_sign_on_check(site, diag);
        site_check_tickets(site, diag);
    }
    if (site->pipelines.value)
        check_pipelines(site, diag);
    properties_check(site, diag);
}
