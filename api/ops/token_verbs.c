/* guichet-api tokens: add, list, revoke. */
#include "../../lib/settings/format.h"
#include "../server/bearer.h"
#include "../store/secret.h"
#include "../store/sync_token.h"
#include "admin.h"

#include <sodium.h>
#include <string.h>

#define DAY_MS INT64_C(86400000)

enum { NAME_BYTES = 100, DAYS_MAX = 3650 };

static bool is_scope(const char *word)
{
    for (const char *const *scope = sync_scopes; *scope; scope++)
        if (strcmp(*scope, word) == 0)
            return true;
    return false;
}

/* " contacts:read contacts:write "; NULL: an error was added. */
static const char *read_scopes(struct admin *admin)
{
    size_t count = 0;
    const char *said = admin_option(admin, "--scopes");
    const char **words = admin_split(admin, said ? said : "", &count);
    const char *scopes = count > 0 ? " " : NULL;
    if (count == 0)
        admin_error(admin, "--scopes: want what it may do, separated by commas: contacts:write,tickets:read; "
                           "guichet-api tokens add --help lists them");
    for (size_t i = 0; words && i < count; i++) {
        if (is_scope(words[i])) {
            scopes = scopes ? arena_printf(admin->arena, "%s%s ", scopes, words[i]) : NULL;
            continue;
        }
        admin_error(admin, "--scopes: no scope \"%s\"%s", words[i], admin_hint(admin, words[i], sync_scopes));
        scopes = NULL;
    }
    return scopes;
}

static const char *read_source(struct admin *admin)
{
    const char *said = admin_option(admin, "--source");
    if (said && (!format_is_id(said) || strlen(said) > 64)) {
        admin_error(admin, "--source: want an id (a-z, 0-9, \"-\" and \"_\"), got \"%s\"", said);
        return NULL;
    }
    return said ? said : "api";
}

/* When it ends; 0: never. False: an error was added. */
static bool read_end(struct admin *admin, int64_t *expires_at)
{
    const char *said = admin_option(admin, "--days");
    int64_t days = said ? admin_number(said) : 0;
    if (said && (days < 1 || days > DAYS_MAX)) {
        admin_error(admin, "--days: want a whole number from 1 to %d, got \"%s\"", DAYS_MAX, said);
        return false;
    }
    *expires_at = days ? admin->now + days * DAY_MS : 0;
    return true;
}

static json_t *list_of(struct admin *admin, const char *scopes)
{
    size_t count = 0;
    const char **words = admin_split(admin, scopes, &count);
    json_t *list = json_array();
    for (size_t i = 0; words && i < count; i++)
        json_array_append_new(list, json_string(words[i]));
    return list;
}

static bool tell(void *context, const struct sync_token *token)
{
    struct admin *admin = context;
    json_t *one =
        json_pack("{s:I, s:s, s:s, s:o, s:o, s:o, s:o, s:o}", "id", (json_int_t)token->id, "name",
                  token->name, "source", token->source, "scopes", list_of(admin, token->scopes), "created_at",
                  admin_moment(token->created_at), "expires_at", admin_moment(token->expires_at), "used_at",
                  admin_moment(token->used_at), "revoked_at", admin_moment(token->revoked_at));
    return one && json_array_append_new(admin->tokens, one) == 0;
}

static void say_added(struct admin *admin, const struct sync_token *token, const char *secret)
{
    const char *text = arena_printf(admin->arena, BEARER_PREFIX "%s", secret);
    if (!text)
        return;
    tell(admin, token);
    json_object_set_new(json_array_get(admin->tokens, 0), "token", json_string(text));
    admin_done(admin, "token %lld: added; this is it, and it is shown only now: %s", (long long)token->id,
               text);
}

void tokens_add(struct admin *admin)
{
    char secret[SECRET_TEXT_LEN + 1];
    unsigned char hash[SECRET_HASH_BYTES];
    const char *name = json_string_value(json_array_get(admin->addresses, 0));
    struct sync_token token = {.name = name ? name : "", .created_at = admin->now};
    token.scopes = read_scopes(admin);
    token.source = read_source(admin);
    bool good = read_end(admin, &token.expires_at);
    if (!name || strlen(name) > NAME_BYTES || !name[strspn(name, " ")]) {
        admin_error(admin, "want a name for it of at most %d bytes, to know it again", NAME_BYTES);
        good = false;
    }
    if (!good || !token.scopes || !token.source)
        return;
    secret_make(secret, hash);
    enum rc rc = sync_token_add(admin->store, &token, hash, admin->now, &token.id);
    if (rc == RC_OK)
        say_added(admin, &token, secret);
    else
        admin_failed(admin, name, rc);
    sodium_memzero(secret, sizeof secret);
}

void tokens_list(struct admin *admin)
{
    enum rc rc = sync_token_walk(admin->store, admin->arena, tell, admin);
    if (rc != RC_OK)
        admin_failed(admin, "tokens", rc);
}

void tokens_revoke(struct admin *admin)
{
    size_t i;
    json_t *one;
    json_array_foreach((json_t *)admin->addresses, i, one)
    {
        const char *text = json_string_value(one);
        enum rc rc = sync_token_revoke(admin->store, admin_number(text), admin->now);
        if (rc == RC_OK)
            admin_done(admin, "token %s: revoked, and opens nothing any more", text);
        else if (rc == RC_NOT_FOUND)
            admin_error(admin,
                        "\"%s\": want the number of a token that holds; guichet-api tokens list tells them",
                        text);
        else
            admin_failed(admin, text, rc);
    }
}
