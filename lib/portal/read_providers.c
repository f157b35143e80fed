/* The providers of single sign-on, in the compiled portal. */
#include "../settings/format.h"
#include "read.h"

static bool is_text(const char *text)
{
    return *text != '\0';
}

static void read_claims(struct portal_reader *reader, struct portal_claims *claims, const json_t *provider)
{
    const json_t *object = json_object_get(provider, "claims");
    if (!json_is_object(object)) {
        reader_refuse(reader, provider, "claims", "want an object");
        return;
    }
    claims->email = reader_text(reader, object, "email");
    claims->email_verified = reader_text(reader, object, "email_verified");
    claims->first_name = reader_text(reader, object, "first_name");
    claims->last_name = reader_text(reader, object, "last_name");
    claims->name = reader_text(reader, object, "name");
    claims->groups = reader_text(reader, object, "groups");
}

static void read_scopes(struct portal_reader *reader, struct portal_provider *provider, const json_t *object)
{
    json_t *list = reader_list(reader, object, "scopes", 1, &provider->scopes, sizeof *provider->scopes,
                               &provider->scope_count);
    for (size_t i = 0; i < provider->scope_count; i++) {
        const char *scope = json_string_value(json_array_get(list, i));
        if (!scope || !*scope)
            reader_refuse(reader, object, "scopes", "want texts");
        provider->scopes[i] = scope ? scope : "";
    }
}

/* Groups were read before. */
static void read_groups(struct portal_reader *reader, struct portal_provider *provider,
                        const struct portal *portal, const json_t *object)
{
    json_t *list = reader_list(reader, object, "groups", 0, &provider->groups, sizeof *provider->groups,
                               &provider->group_count);
    for (size_t i = 0; i < provider->group_count; i++) {
        const json_t *item = json_array_get(list, i);
        provider->groups[i].value = reader_form(reader, item, "value", is_text, "want a text");
        provider->groups[i].group = reader_form(reader, item, "group", format_is_id, "want an id");
        if (!reader->failed && !portal_group(portal, provider->groups[i].group))
            reader_refuse(reader, item, "group", "want one of the portal's groups");
    }
}

static void read_provider(struct portal_reader *reader, struct portal_provider *provider,
                          const struct portal *portal, const json_t *object)
{
    static const char *const peoples[] = {"customers", "staff", NULL};
    static const char *const clients[] = {
        [PORTAL_CLIENT_BASIC] = "secret_basic",
        [PORTAL_CLIENT_POST] = "secret_post",
        [PORTAL_CLIENT_PUBLIC] = "public",
        NULL,
    };
    provider->id = reader_form(reader, object, "id", format_is_id, "want an id");
    provider->label = reader_texts(reader, object, "label");
    provider->issuer = reader_form(reader, object, "issuer", format_is_url, "want an address");
    provider->client_id = reader_form(reader, object, "client_id", is_text, "want a text");
    provider->client = (enum portal_client)reader_choice(reader, object, "client", clients);
    provider->staff = reader_choice(reader, object, "for", peoples) == 1;
    provider->create_contacts = reader_flag(reader, object, "create_contacts");
    provider->link_by_email = reader_flag(reader, object, "link_by_email");
    provider->sign_out = reader_flag(reader, object, "sign_out");
    read_scopes(reader, provider, object);
    read_claims(reader, &provider->claims, object);
    read_groups(reader, provider, portal, object);
}

void portal_read_providers(struct portal_reader *reader, struct portal *portal, const json_t *root)
{
    json_t *list = reader_list(reader, root, "single_sign_on", 0, &portal->providers,
                               sizeof *portal->providers, &portal->provider_count);
    for (size_t i = 0; i < portal->provider_count; i++)
        read_provider(reader, &portal->providers[i], portal, json_array_get(list, i));
}
