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

/* `pointer`: where a language is named. */
static void want_locale(const struct site *site, const char *locale, const char *pointer, struct diag *diag)
{
    bool known = json_is_array(json_object_get(site->portal.draft, "locales")) && site->locale_count > 0;
    if (known && locale && !site_has_locale(site, locale))
        settings_file_error(&site->portal, diag, pointer,
                            "\"%s\" is not one of \"locales\"; add it there, "
                            "or name one of them",
                            locale);
}

static void check_locales(const struct site *site, struct diag *diag)
{
    for (size_t i = 0; i < site->locale_count; i++) {
        for (size_t j = 0; j < i; j++) {
            if (strcmp(site->locales[i], site->locales[j]) == 0)
                settings_file_error(&site->portal, diag, arena_printf(site->arena, "/locales/%zu", i),
                                    "\"%s\" is listed twice; take one out", site->locales[i]);
        }
    }
    want_locale(site, text_at(site->portal.draft, "default_locale"), "/default_locale", diag);
}

static void check_domains(const struct site *site, struct diag *diag)
{
    json_t *domains = json_object_get(site->portal.draft, "domains");
    for (size_t i = 0; i < json_array_size(domains); i++) {
        json_t *domain = json_array_get(domains, i);
        const char *host = text_at(domain, "host");
        want_locale(site, text_at(domain, "locale"), arena_printf(site->arena, "/domains/%zu/locale", i),
                    diag);
        for (size_t j = 0; j < i; j++) {
            if (settings_same(host, text_at(json_array_get(domains, j), "host")))
                settings_file_error(&site->portal, diag, arena_printf(site->arena, "/domains/%zu/host", i),
                                    "\"%s\" is listed twice; take one out", host);
        }
    }
}

static void check_inbox(const struct site *site, struct diag *diag)
{
    json_t *inboxes = json_object_get(site->portal.draft, "inboxes");
    const char *id = text_at(site->portal.draft, "default_inbox");
    if (id && settings_lacks(inboxes, id))
        settings_file_error(&site->portal, diag, "/default_inbox", "no inbox \"%s\" among \"inboxes\"%s", id,
                            hint_known(site->arena, id, inboxes));
}

static void check_access(const struct site *site, struct diag *diag)
{
    static const char pointer[] = "/access/sign_up_group";
    const json_t *access = json_object_get(site->portal.draft, "access");
    const char *group = text_at(access, "sign_up_group");
    json_t *groups = json_object_get(access, "groups");
    if (!group)
        return;
    if (!groups)
        settings_file_error(
            &site->portal, diag, pointer,
            "there are no \"access.groups\", so everybody who is known comes in; take it out");
    else if (settings_lacks(groups, group))
        settings_file_error(&site->portal, diag, pointer, "no group \"%s\" among \"access.groups\"%s", group,
                            hint_known(site->arena, group, groups));
    else if (json_is_false(json_object_get(access, "sign_up")))
        settings_file_error(&site->portal, diag, pointer,
                            "nobody signs up here; set \"access.sign_up\": true or take it out");
}

static bool begins_with(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

/* On the pages' own host, what the API answers must not be a page, nor the other way round. */
static void check_api(const struct site *site, struct diag *diag)
{
    if (!site->api || site->api[0] != '/' || site->locale_count == 0)
        return;
    const char *api = arena_printf(site->arena, "%s/", site->api);
    for (size_t i = 0; i <= site->locale_count; i++) {
        const char *folder = arena_printf(site->arena, "%s%s/", site->slug,
                                          i < site->locale_count ? site->locales[i] : "assets");
        if (!begins_with(api, folder) && !begins_with(folder, api))
            continue;
        settings_file_error(&site->portal, diag, "/api",
                            "\"%s\" would answer in place of the pages at %s; choose a path of its own",
                            site->api, folder);
        return;
    }
}

/* That they are there is seen to where they are read (gen/forms). */
static void check_forms(const struct site *site, struct diag *diag)
{
    const struct settings_file *portal = &site->portal;
    json_t *forms = json_object_get(portal->draft, "forms");
    if (forms && json_object_get(portal->draft, "form"))
        settings_file_error(
            portal, diag, "/form",
            "\"forms\" is there, too; put this one first in \"forms\", and take \"form\" out");
    for (size_t i = 0; i < json_array_size(forms); i++) {
        const char *id = json_string_value(json_array_get(forms, i));
        for (size_t j = 0; j < i; j++) {
            if (settings_same(id, json_string_value(json_array_get(forms, j))))
                settings_file_error(portal, diag, arena_printf(site->arena, "/forms/%zu", i),
                                    "\"%s\" is listed twice; take one out", id);
        }
    }
}

/* Mails fill {placeholders} when they are sent: a name that looks like one would be filled, too. */
static void check_name(const struct site *site, struct diag *diag)
{
    const char *tag;
    json_t *name;
    json_object_foreach(json_object_get(site->portal.draft, "name"), tag, name)
    {
        if (!strpbrk(json_string_value(name), "{}"))
            continue;
        settings_file_error(&site->portal, diag,
                            *tag == '*' ? "/name" : arena_printf(site->arena, "/name/%s", tag),
                            "may not hold \"{\" or \"}\", which mails would fill in");
    }
}

/* What is not known may be either. */
static size_t count_stages(const json_t *stages, bool closed)
{
    size_t count = 0, i;
    json_t *stage;
    json_array_foreach(stages, i, stage)
    {
        const json_t *value = json_object_get(stage, "closed");
        count += !json_is_boolean(value) || json_is_true(value) == closed;
    }
    return count;
}

static void check_stages(const struct site *site, const char *id, const json_t *stages, struct diag *diag)
{
    const char *pointer = arena_printf(site->arena, "/%s/stages", id);
    for (size_t i = 0; i < json_array_size(stages); i++) {
        const char *stage = text_at(json_array_get(stages, i), "id");
        for (size_t j = 0; j < i; j++) {
            if (settings_same(stage, text_at(json_array_get(stages, j), "id")))
                settings_file_error(&site->pipelines, diag,
                                    arena_printf(site->arena, "%s/%zu/id", pointer, i),
                                    "pipeline \"%s\" has two stages \"%s\"; rename one", id, stage);
        }
    }
    if (json_is_array(stages) && count_stages(stages, true) == 0)
        settings_file_error(&site->pipelines, diag, pointer,
                            "pipeline \"%s\" has no closed stage; give one \"closed\": true", id);
    if (json_is_array(stages) && count_stages(stages, false) == 0)
        settings_file_error(&site->pipelines, diag, pointer,
                            "pipeline \"%s\" has no open stage for new tickets; take \"closed\" from one",
                            id);
}

static void check_pipelines(const struct site *site, struct diag *diag)
{
    const char *id;
    json_t *pipeline;
    json_object_foreach(site->pipelines.draft, id, pipeline)
        check_stages(site, id, json_object_get(pipeline, "stages"), diag);
    if (json_object_size(site->pipelines.draft) == 0)
        settings_file_error(&site->pipelines, diag, "", "want at least one pipeline");
}

void site_check_references(const struct site *site, struct diag *diag)
{
    if (site->portal.draft) {
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
    if (site->pipelines.draft)
        check_pipelines(site, diag);
    properties_check(site, diag);
}
