#include "single_sign_on.h"

#include "../check/hint.h"

#include <string.h>

enum { ID_MAX = 32 };

static json_t *member(const json_t *object, const char *key)
{
    return json_object_get(object, key);
}

static const char *text_at(const json_t *object, const char *key)
{
    return json_string_value(member(object, key));
}

static json_t *providers_of(const struct site *site)
{
    return member(site->portal.draft, "single_sign_on");
}

static bool has_flag(const json_t *provider, const char *key)
{
    return json_is_true(member(provider, key));
}

#define COMPLAIN(site, diag, id, key, ...)                                                                   \
    settings_file_error(&(site)->portal, diag, path_of(site, id, key), __VA_ARGS__)

static const char *path_of(const struct site *site, const char *id, const char *key)
{
    return arena_printf(site->arena, "/single_sign_on/%s%s%s", id, *key ? "/" : "", key);
}

/* --- checks --------------------------------------------------------------------------------------------- */

static void check_scopes(const struct site *site, const char *id, const json_t *scopes, struct diag *diag)
{
    bool openid = false;
    size_t i;
    json_t *scope;
    json_array_foreach(scopes, i, scope)
    {
        const char *text = json_string_value(scope);
        openid = openid || !text || strcmp(text, "openid") == 0;
        for (const char *c = text ? text : ""; *c; c++) {
            if (*c > ' ' && *c < 0x7f && *c != '"' && *c != '\\')
                continue;
            COMPLAIN(site, diag, id, arena_printf(site->arena, "scopes/%zu", i),
                     "\"%s\" is no scope: no blanks, quotes or letters beyond ASCII (RFC 6749, "
                     "section 3.3); one scope for each item",
                     text);
            break;
        }
    }
    if (!openid && json_is_array(scopes))
        COMPLAIN(site, diag, id, "scopes",
                 "without \"openid\" the provider does not say who somebody is; add it");
}

/* As the name of an environment variable has them. */
static bool is_same_variable(const char *a, const char *b)
{
    for (; *a && *b; a++, b++)
        if (*a != *b && !(strchr("-_", *a) && strchr("-_", *b)))
            return false;
    return *a == *b;
}

static void check_between(const struct site *site, const char *id, const json_t *provider, struct diag *diag)
{
    const char *earlier;
    json_t *other;
    json_object_foreach(providers_of(site), earlier, other)
    {
        if (strcmp(earlier, id) == 0)
            return;
        if (is_same_variable(earlier, id))
            COMPLAIN(site, diag, id, "",
                     "\"%s\" and \"%s\" have the same environment variable for their secrets; rename one", id,
                     earlier);
        if (settings_same(text_at(other, "issuer"), text_at(provider, "issuer")) &&
            settings_same(text_at(other, "for"), text_at(provider, "for")))
            COMPLAIN(site, diag, id, "issuer",
                     "\"%s\" has the same one for the same people: two buttons for one thing; take one out",
                     earlier);
    }
}

static void check_groups(const struct site *site, const char *id, const json_t *provider, struct diag *diag)
{
    const json_t *access = member(site->portal.draft, "access");
    json_t *known = member(access, "groups");
    size_t i;
    json_t *item;
    json_array_foreach(member(provider, "groups"), i, item)
    {
        const char *group = text_at(item, "group");
        if (group && (settings_lacks(known, group) || (json_is_object(access) && !known)))
            COMPLAIN(site, diag, id, arena_printf(site->arena, "groups/%zu/group", i),
                     "no group \"%s\" among \"access.groups\"%s", group,
                     known ? hint_known(site->arena, group, known)
                           : ", which there are none of; add it there");
    }
}

static void check_provider(const struct site *site, const char *id, const json_t *provider, struct diag *diag)
{
    if (strlen(id) > ID_MAX)
        COMPLAIN(site, diag, id, "", "want an id of at most %d letters", ID_MAX);
    check_scopes(site, id, member(provider, "scopes"), diag);
    if (has_flag(provider, "create_contacts") && settings_same(text_at(provider, "for"), "staff"))
        COMPLAIN(site, diag, id, "create_contacts",
                 "a provider for staff makes no contacts; people of the team are added by "
                 "you, and found with \"link_by_email\"");
    check_groups(site, id, provider, diag);
    check_between(site, id, provider, diag);
}

void single_sign_on_check(const struct site *site, struct diag *diag)
{
    const char *id;
    json_t *provider;
    json_object_foreach(providers_of(site), id, provider) check_provider(site, id, provider, diag);
}

/* --- pages ---------------------------------------------------------------------------------------------- */

static json_t *provider_view(const struct site *site, const char *id, const json_t *provider,
                             const char *locale)
{
    const char *label = site_text(site, member(provider, "label"), locale);
    const char *lang = site_text_lang(site, member(provider, "label"), locale);
    json_t *view = json_object();
    json_object_set_new(view, "id", json_string(id));
    json_object_set_new(view, "label", json_string(label ? label : id));
    json_object_set_new(view, "label_lang", lang ? json_string(lang) : json_false());
    json_object_set_new(view, "url", json_string(arena_printf(site->arena, "%s/oidc/%s", site->api, id)));
    return view;
}

json_t *single_sign_on_view(const struct site *site, const char *locale)
{
    json_t *customers = json_array(), *staff = json_array(), *leaving = json_array();
    const char *id;
    json_t *provider;
    json_object_foreach(providers_of(site), id, provider)
    {
        json_t *view = provider_view(site, id, provider, locale);
        json_array_append(strcmp(text_at(provider, "for"), "staff") == 0 ? staff : customers, view);
        if (has_flag(provider, "sign_out"))
            json_array_append(leaving, view);
        json_decref(view);
    }
    bool any = json_array_size(customers) + json_array_size(staff) > 0;
    json_t *view = json_pack("{sb so so so sb sb}", "any", any, "customers", customers, "staff", staff,
                             "leaving", leaving, "for_customers", json_array_size(customers) > 0, "for_staff",
                             json_array_size(staff) > 0);
    return view;
}

/* --- the API -------------------------------------------------------------------------------------------- */

static json_t *provider_compile(const struct site *site, const char *id, const json_t *provider)
{
    static const char *const copied[] = {"for",           "issuer",   "client_id", "client",
                                         "scopes",        "claims",   "groups",    "create_contacts",
                                         "link_by_email", "sign_out", NULL};
    json_t *out = json_object();
    json_object_set_new(out, "id", json_string(id));
    json_object_set_new(out, "label", site_text_all(site, member(provider, "label")));
    for (const char *const *key = copied; *key; key++)
        json_object_set(out, *key, member(provider, *key));
    return out;
}

json_t *single_sign_on_compile(const struct site *site)
{
    json_t *list = json_array();
    const char *id;
    json_t *provider;
    json_object_foreach(providers_of(site), id, provider)
        json_array_append_new(list, provider_compile(site, id, provider));
    return list;
}
