#include "exchange.h"

#include "../../lib/esc.h"
#include "../ops/oidc_secret.h"
#include "claims.h"
#include "fetch.h"
#include "jose.h"

#include <sodium.h>
#include <string.h>

enum { ANSWER_CEILING = 128 * 1024, FORM_CEILING = 16 * 1024 };

static enum outcome fail(struct exchange *exchange, enum outcome outcome, const char *why)
{
    exchange->why = why ? why : "memory";
    return outcome;
}

static struct arena *arena_of(const struct exchange *exchange)
{
    return exchange->request->arena;
}

/* --- the code for tokens -------------------------------------------------------------------------------- */

static void add_field(struct buf *form, const char *name, const char *value)
{
    if (form->len > 0)
        buf_addc(form, '&');
    buf_adds(form, name);
    buf_addc(form, '=');
    esc_url(form, value, strlen(value));
}

static char *form_of(const struct exchange *exchange, const char *code, const char *secret)
{
    struct buf form;
    const struct portal_provider *provider = exchange->asking.provider;
    buf_init(&form, FORM_CEILING);
    add_field(&form, "grant_type", "authorization_code");
    add_field(&form, "code", code);
    add_field(&form, "redirect_uri", exchange->redirect);
    add_field(&form, "code_verifier", exchange->journey->verifier);
    if (provider->client != PORTAL_CLIENT_BASIC)
        add_field(&form, "client_id", provider->client_id);
    if (provider->client == PORTAL_CLIENT_POST)
        add_field(&form, "client_secret", secret);
    char *text = buf_ok(&form) ? arena_strndup(arena_of(exchange), form.data, form.len) : NULL;
    buf_release(&form);
    return text;
}

/* Both are encoded first, so that a colon in one is none between them (RFC 6749, section 2.3.1). */
static const char *basic(const struct exchange *exchange, const char *secret)
{
    struct buf pair;
    const char *client = exchange->asking.provider->client_id;
    buf_init(&pair, FORM_CEILING);
    esc_url(&pair, client, strlen(client));
    buf_addc(&pair, ':');
    esc_url(&pair, secret, strlen(secret));
    size_t room = sodium_base64_encoded_len(pair.len, sodium_base64_VARIANT_ORIGINAL);
    char *text = buf_ok(&pair) ? arena_room(arena_of(exchange), room) : NULL;
    if (text)
        sodium_bin2base64(text, room, (const unsigned char *)pair.data, pair.len,
                          sodium_base64_VARIANT_ORIGINAL);
    buf_release(&pair);
    return text ? arena_printf(arena_of(exchange), "Basic %s", text) : NULL;
}

/* What a provider calls its refusal is a word of the specification, or else not for our log. */
static const char *refusal(struct exchange *exchange, const char *body)
{
    json_t *answer = json_loads(body, JSON_REJECT_DUPLICATES, NULL);
    const char *word = claims_text(answer, "error");
    bool plain =
        *word != '\0' && strlen(word) < 40 && word[strspn(word, "abcdefghijklmnopqrstuvwxyz_")] == '\0';
    const char *why = plain ? arena_printf(arena_of(exchange), "token_%s", word) : "token_status";
    json_decref(answer);
    return why;
}

static enum outcome ask_tokens(struct exchange *exchange, const char *code, json_t **tokens)
{
    const struct portal_provider *provider = exchange->asking.provider;
    bool public = provider->client == PORTAL_CLIENT_PUBLIC;
    const char *secret =
        public ? "" : oidc_secret(exchange->request->server->config, arena_of(exchange), provider->id);
    if (!secret)
        return fail(exchange, OUTCOME_UNAVAILABLE, "secret_missing");
    const struct fetch fetch = {
        .url = exchange->endpoints.token,
        .form = form_of(exchange, code, secret),
        .authorization = provider->client == PORTAL_CLIENT_BASIC ? basic(exchange, secret) : NULL,
        .ceiling = ANSWER_CEILING,
    };
    const char *body;
    if (!fetch.form)
        return fail(exchange, OUTCOME_INTERNAL, NULL);
    enum fetch_answer answer = fetch_run(&fetch, arena_of(exchange), &body);
    if (answer == FETCH_STATUS)
        return fail(exchange, OUTCOME_UNTRUSTED, refusal(exchange, body));
    if (answer != FETCH_GOOD)
        return fail(exchange, OUTCOME_UNAVAILABLE,
                    arena_printf(arena_of(exchange), "token_%s", fetch_word(answer)));
    *tokens = json_loads(body, JSON_REJECT_DUPLICATES, NULL);
    return json_is_object(*tokens) ? OUTCOME_GOOD : fail(exchange, OUTCOME_UNTRUSTED, "token_no_json");
}

/* --- the ID token --------------------------------------------------------------------------------------- */

static const char *jose_word(enum jose_answer answer)
{
    static const char *const words[] = {
        [JOSE_GOOD] = "good",       [JOSE_MALFORMED] = "malformed", [JOSE_ALGORITHM] = "algorithm",
        [JOSE_KEY] = "key_unknown", [JOSE_SIGNATURE] = "signature",
    };
    return words[answer];
}

static enum outcome verify(struct exchange *exchange, const char *id_token, json_t **claims)
{
    const char *keys;
    const char *url = exchange->endpoints.keys;
    if (!provider_keys(&exchange->asking, url, false, &keys))
        return fail(exchange, OUTCOME_UNAVAILABLE, exchange->asking.why);
    enum jose_answer answer = jose_verify(arena_of(exchange), id_token, keys, claims);
    /* A changed key has another name, or the same one as before, or none. */
    bool may_have_changed = answer == JOSE_KEY || answer == JOSE_SIGNATURE;
    if (may_have_changed && provider_keys(&exchange->asking, url, true, &keys))
        answer = jose_verify(arena_of(exchange), id_token, keys, claims);
    return answer == JOSE_GOOD ? OUTCOME_GOOD : fail(exchange, OUTCOME_UNTRUSTED, jose_word(answer));
}

static enum outcome believe(struct exchange *exchange, const json_t *tokens, json_t **claims)
{
    const struct claims_wanted wanted = {
        .issuer = exchange->asking.provider->issuer,
        .client_id = exchange->asking.provider->client_id,
        .nonce = exchange->journey->nonce,
        .access_token = json_string_value(json_object_get(tokens, "access_token")),
        .now = exchange->request->now / 1000,
    };
    enum outcome outcome = verify(exchange, claims_text(tokens, "id_token"), claims);
    const char *wrong = outcome == OUTCOME_GOOD ? claims_wrong(*claims, &wanted) : NULL;
    return wrong ? fail(exchange, OUTCOME_UNTRUSTED, arena_printf(arena_of(exchange), "claim_%s", wrong))
                 : outcome;
}

/* --- what the ID token does not say --------------------------------------------------------------------- */

static bool wants_more(const struct exchange *exchange, const json_t *claims)
{
    const struct portal_claims *names = &exchange->asking.provider->claims;
    return *exchange->endpoints.userinfo &&
           (!json_object_get(claims, names->email) || !json_object_get(claims, names->email_verified) ||
            (exchange->asking.provider->group_count > 0 && !json_object_get(claims, names->groups)));
}

/* "Verified" is said of the address beside it: never take one from here and the other from there. */
static void keep_address_together(const struct exchange *exchange, json_t *claims, json_t *more)
{
    const struct portal_claims *names = &exchange->asking.provider->claims;
    if (!json_object_get(claims, names->email))
        json_object_del(claims, names->email_verified);
    else if (strcmp(claims_text(claims, names->email), claims_text(more, names->email)) != 0)
        json_object_del(more, names->email_verified);
}

/* It speaks of the same subject, or it is not believed (OpenID Connect Core 1.0, section 5.3.2); and it takes
 * nothing back that was signed. */
static enum outcome add_userinfo(struct exchange *exchange, const char *access_token, json_t *claims)
{
    const char *body;
    const struct fetch fetch = {
        .url = exchange->endpoints.userinfo,
        .authorization = arena_printf(arena_of(exchange), "Bearer %s", access_token),
        .ceiling = ANSWER_CEILING,
    };
    enum fetch_answer answer = fetch_run(&fetch, arena_of(exchange), &body);
    if (answer != FETCH_GOOD)
        return fail(exchange, OUTCOME_UNAVAILABLE,
                    arena_printf(arena_of(exchange), "userinfo_%s", fetch_word(answer)));
    json_t *more = json_loads(body, JSON_REJECT_DUPLICATES, NULL);
    bool same = json_is_object(more) && strcmp(claims_text(more, "sub"), claims_text(claims, "sub")) == 0;
    if (same) {
        keep_address_together(exchange, claims, more);
        json_object_update_missing(claims, more);
    }
    json_decref(more);
    return same ? OUTCOME_GOOD : fail(exchange, OUTCOME_UNTRUSTED, "userinfo_sub");
}

/* A value that can stand in a header: letters of a token (RFC 6750, section 2.1). */
static bool is_bearer(const char *token)
{
    size_t len = strlen(token);
    for (size_t i = 0; i < len; i++)
        if (token[i] <= ' ' || token[i] >= 0x7f)
            return false;
    return len > 0 && len < 3800;
}

enum outcome exchange_code(struct exchange *exchange, const char *code, json_t **claims)
{
    json_t *tokens = NULL;
    *claims = NULL;
    enum outcome outcome = ask_tokens(exchange, code, &tokens);
    if (outcome == OUTCOME_GOOD)
        outcome = believe(exchange, tokens, claims);
    const char *access_token = claims_text(tokens, "access_token");
    if (outcome == OUTCOME_GOOD && wants_more(exchange, *claims) && is_bearer(access_token))
        outcome = add_userinfo(exchange, access_token, *claims);
    json_decref(tokens);
    if (outcome != OUTCOME_GOOD) {
        json_decref(*claims);
        *claims = NULL;
    }
    return outcome;
}
