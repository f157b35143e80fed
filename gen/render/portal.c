/* out/portal/portal.json: all that the API needs to know, complete. lib/portal.h is its reader. */
#include "../../lib/portal.h"

#include "../site/consent.h"
#include "../site/single_sign_on.h"
#include "../site/visible.h"
#include "render.h"

static json_t *member(const json_t *object, const char *key)
{
    return json_object_get(object, key);
}

static void copy(json_t *to, const json_t *from, const char *key)
{
    json_object_set(to, key, member(from, key));
}

static json_t *inboxes_of(const struct site *site)
{
    json_t *list = json_array();
    const char *id;
    json_t *inbox;
    json_object_foreach(member(site->portal.value, "inboxes"), id, inbox)
    {
        json_t *item = json_object();
        json_object_set_new(item, "id", json_string(id));
        json_object_set_new(item, "name", site_text_all(site, member(inbox, "name")));
        copy(item, inbox, "address");
        json_array_append_new(list, item);
    }
    return list;
}

static json_t *stages_of(const struct site *site, const json_t *pipeline)
{
    json_t *list = json_array();
    size_t i;
    json_t *stage;
    json_array_foreach(member(pipeline, "stages"), i, stage)
    {
        json_t *item = json_object();
        copy(item, stage, "id");
        json_object_set_new(item, "label", site_text_all(site, member(stage, "label")));
        copy(item, stage, "closed");
        json_array_append_new(list, item);
    }
    return list;
}

static json_t *pipelines_of(const struct site *site)
{
    json_t *list = json_array();
    const char *id;
    json_t *pipeline;
    json_object_foreach(site->pipelines.value, id, pipeline)
    {
        json_t *item = json_object();
        json_object_set_new(item, "id", json_string(id));
        json_object_set_new(item, "label", site_text_all(site, member(pipeline, "label")));
        json_object_set_new(item, "stages", stages_of(site, pipeline));
        const char *closed = site_closed_stage(site, id);
        json_object_set_new(item, "closed_stage", closed ? json_string(closed) : json_null());
        json_object_set_new(item, "reopen_stage", json_string(site_reopen_stage(site, id)));
        json_array_append_new(list, item);
    }
    return list;
}

/* null: everybody who is known is let in. */
static json_t *groups_of(const struct site *site)
{
    const json_t *groups = member(member(site->portal.value, "access"), "groups");
    if (!groups)
        return json_null();
    json_t *list = json_array();
    const char *id;
    json_t *group;
    json_object_foreach((json_t *)groups, id, group)
    {
        json_t *item = json_object();
        json_object_set_new(item, "id", json_string(id));
        json_object_set_new(item, "name", site_text_all(site, member(group, "name")));
        json_array_append_new(list, item);
    }
    return list;
}

/* Who comes in. */
static void add_access(json_t *portal, const struct site *site)
{
    copy(portal, member(site->portal.value, "access"), "invitation_days");
    const json_t *group = member(member(site->portal.value, "access"), "sign_up_group");
    json_object_set_new(portal, "sign_up", json_boolean(site->sign_up));
    json_object_set_new(portal, "groups", groups_of(site));
    json_object_set_new(portal, "sign_up_group", group ? json_incref((json_t *)group) : json_null());
}

/* `key`: "columns" or "page". */
static json_t *columns_of(const struct site *site, const char *key)
{
    json_t *list = json_array();
    size_t i;
    json_t *column;
    json_array_foreach(member(member(site->portal.value, "tickets"), key), i, column)
    {
        const json_t *label = member(column, "label");
        json_t *item = json_object();
        copy(item, column, "property");
        json_object_set_new(item, "label", label ? site_text_all(site, label) : json_null());
        json_array_append_new(list, item);
    }
    return list;
}

static json_t *ticket_name_of(const struct render *render)
{
    static const char *const forms[] = {"one", "other"};
    json_t *name = json_object();
    for (size_t form = 0; form < 2; form++) {
        json_t *words = json_object();
        for (size_t i = 0; i < render->site->locale_count; i++)
            json_object_set_new(words, render->site->locales[i],
                                json_string(render_ticket_name(render, i, forms[form])));
        json_object_set_new(name, forms[form], words);
    }
    return name;
}

/* What customers read of the team, and what they may do. */
static void add_ticket_rules(json_t *portal, const struct site *site)
{
    const json_t *tickets = member(site->portal.value, "tickets");
    const json_t *alias = member(tickets, "owner_alias");
    const json_t *days = member(tickets, "follow_up_days");
    copy(portal, tickets, "status");
    copy(portal, tickets, "owner_name");
    json_object_set_new(portal, "owner_alias", alias ? site_text_all(site, alias) : json_null());
    json_object_set_new(portal, "follow_up_days", days ? json_incref((json_t *)days) : json_null());
}

static void add_limits(json_t *portal, const json_t *settings)
{
    const json_t *tickets = member(settings, "tickets");
    const json_t *files = member(settings, "files");
    const json_t *session = member(settings, "session");
    copy(portal, tickets, "reply_to_closed");
    copy(portal, tickets, "per_page");
    copy(portal, tickets, "customers_close");
    copy(portal, tickets, "rating");
    copy(portal, tickets, "participants");
    copy(portal, tickets, "csv_mark");
    json_object_set(portal, "file_max_bytes", member(files, "max_bytes"));
    json_object_set(portal, "files_max", member(files, "max_count"));
    copy(portal, session, "idle_minutes");
    json_object_set(portal, "session_hours", member(session, "hours"));
    copy(portal, session, "remember_days");
    copy(portal, settings, "password_min");
}

json_t *render_portal(const struct render *render, json_t *mails)
{
    const struct site *site = render->site;
    const json_t *settings = site->portal.value;
    json_t *portal = json_object(), *words = render_words(render);
    json_object_set_new(portal, "format", json_integer(PORTAL_FORMAT));
    copy(portal, settings, "open");
    json_object_set_new(portal, "name", site_text_all(site, member(settings, "name")));
    json_object_set_new(portal, "ticket_name", ticket_name_of(render));
    copy(portal, settings, "slug");
    copy(portal, settings, "api");
    copy(portal, settings, "locales");
    copy(portal, settings, "default_locale");
    copy(portal, settings, "domains");
    json_object_set_new(portal, "inboxes", inboxes_of(site));
    copy(portal, settings, "default_inbox");
    json_object_set_new(portal, "pipelines", pipelines_of(site));
    json_object_set_new(portal, "properties", render_properties(render, words));
    json_object_set_new(portal, "columns", columns_of(site, "columns"));
    json_object_set_new(portal, "page", columns_of(site, "page"));
    visible_compile(site, portal);
    json_object_set_new(portal, "filters", site_filters(site));
    add_limits(portal, settings);
    add_ticket_rules(portal, site);
    json_object_set_new(portal, "forms", forms_compile(render->forms, site));
    json_object_set_new(portal, "mail", mails);
    json_object_set_new(portal, "words", words);
    add_access(portal, site);
    copy(portal, member(settings, "access"), "sign_in_links");
    copy(portal, member(settings, "access"), "sign_in_mails");
    copy(portal, member(settings, "access"), "two_step");
    copy(portal, member(settings, "own_data"), "erasure");
    copy(portal, member(settings, "own_data"), "cool_off_days");
    json_object_set_new(portal, "consent", consent_compile(site));
    json_object_set_new(portal, "consent_renew", json_boolean(consent_renews(site)));
    json_object_set_new(portal, "single_sign_on", single_sign_on_compile(site));
    json_object_set_new(portal, "csp", json_string(render->csp));
    return portal;
}
