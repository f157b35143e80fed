#include "whose.h"

#include "../../lib/settings/format.h"
#include "../account/name.h"
#include "../store/access.h"
#include "../store/identity.h"
#include "claims.h"

#include <string.h>

/* The address, where the provider has seen that it is the person's own; else NULL. */
static const char *verified_email(const struct portal_claims *names, const json_t *claims)
{
    const char *email = claims_text(claims, names->email);
    return claims_flag(claims, names->email_verified) && format_is_email(email) && strlen(email) <= 254
               ? email
               : NULL;
}

static const char *clean(struct arena *arena, const json_t *claims, const char *name)
{
    const char *text = name_clean(arena, claims_text(claims, name));
    return text && !name_wrong(text) ? text : "";
}

/* In two parts as they come, or from the whole name, or what stands before the address's "@". */
static void read_names(struct arena *arena, const struct portal_claims *names, const json_t *claims,
                       struct identity_seek *seek)
{
    seek->first_name = clean(arena, claims, names->first_name);
    seek->last_name = clean(arena, claims, names->last_name);
    if (*seek->first_name || *seek->last_name)
        return;
    const char *whole = clean(arena, claims, names->name);
    if (*whole == '\0' && seek->email)
        whole = arena_strndup(arena, seek->email, strcspn(seek->email, "@"));
    if (whole && *whole)
        name_split(arena, whole, &seek->first_name, &seek->last_name);
}

static bool has_value(const json_t *claim, const char *value)
{
    size_t i;
    json_t *one;
    if (json_is_string(claim))
        return strcmp(json_string_value(claim), value) == 0;
    json_array_foreach(claim, i, one)
    {
        if (json_is_string(one) && strcmp(json_string_value(one), value) == 0)
            return true;
    }
    return false;
}

/* What the provider says now of its groups holds from now on, and takes back only what it said itself. */
static enum rc renew_groups(struct exchange *exchange, const json_t *claims, struct person *person)
{
    const struct portal_provider *provider = exchange->asking.provider;
    struct request *request = exchange->request;
    const json_t *claim = json_object_get(claims, provider->claims.groups);
    const char **groups = arena_alloc(request->arena, (provider->group_count + 1) * sizeof *groups);
    const char *source = arena_printf(request->arena, "oidc:%s", provider->id);
    size_t count = 0;
    if (provider->group_count == 0)
        return RC_OK;
    if (!groups || !source)
        return RC_INTERNAL;
    for (size_t i = 0; i < provider->group_count; i++)
        if (has_value(claim, provider->groups[i].value))
            groups[count++] = provider->groups[i].group;
    enum rc rc = access_set(request->store, person->id, source, groups, count, request->now);
    return rc == RC_OK ? person_by_id(request->store, request->arena, person->id, person) : rc;
}

enum outcome whose(struct exchange *exchange, const json_t *claims, struct person *person)
{
    static const enum outcome outcomes[] = {
        [IDENTITY_FOUND] = OUTCOME_GOOD,        [IDENTITY_UNKNOWN] = OUTCOME_UNKNOWN,
        [IDENTITY_NO_EMAIL] = OUTCOME_NO_EMAIL, [IDENTITY_TAKEN] = OUTCOME_TAKEN,
        [IDENTITY_DISABLED] = OUTCOME_DISABLED,
    };
    static const char *const words[] = {"found", "nobody", "email_unverified", "email_taken", "disabled"};
    const struct portal_provider *provider = exchange->asking.provider;
    struct arena *arena = exchange->request->arena;
    struct identity_seek seek = {
        .issuer = provider->issuer,
        .subject = claims_text(claims, "sub"),
        .staff = provider->staff,
        .email = verified_email(&provider->claims, claims),
        .link = provider->link_by_email,
        .create = provider->create_contacts,
        .locale = exchange->journey->locale,
    };
    enum identity_answer answer;
    read_names(arena, &provider->claims, claims, &seek);
    exchange->why = "store";
    if (!seek.first_name || !seek.last_name)
        return OUTCOME_INTERNAL;
    enum rc rc =
        identity_find(exchange->request->store, arena, &seek, exchange->request->now, person, &answer);
    if (rc == RC_OK && answer == IDENTITY_FOUND)
        rc = renew_groups(exchange, claims, person);
    if (rc != RC_OK)
        return rc == RC_NOT_FOUND ? OUTCOME_DISABLED : OUTCOME_INTERNAL;
    exchange->why = words[answer];
    return outcomes[answer];
}
