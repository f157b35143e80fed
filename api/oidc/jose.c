#include "jose.h"

#include <cjose/cjose.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum { TOKEN_MAX = 32 * 1024, RSA_BITS_MIN = 2048 };

/* What an algorithm's key must be. */
struct algorithm {
    const char *name;
    cjose_jwk_kty_t kind;
    const char *kind_name;
};

static const struct algorithm algorithms[] = {
    {"RS256", CJOSE_JWK_KTY_RSA, "RSA"},
    {"PS256", CJOSE_JWK_KTY_RSA, "RSA"},
    {"ES256", CJOSE_JWK_KTY_EC, "EC"},
};

static const char *text_at(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "";
}

static const struct algorithm *algorithm_of(const json_t *header)
{
    for (size_t i = 0; i < sizeof algorithms / sizeof algorithms[0]; i++)
        if (strcmp(algorithms[i].name, text_at(header, "alg")) == 0)
            return &algorithms[i];
    return NULL;
}

/* The first part, which cjose reads for itself as well; ours refuses a key that is there twice. */
static json_t *read_header(struct arena *arena, const char *token)
{
    size_t len = strcspn(token, "."), size = 0;
    unsigned char *bytes = arena_room(arena, len + 1);
    if (!bytes || sodium_base642bin(bytes, len + 1, token, len, NULL, &size, NULL,
                                    sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0)
        return NULL;
    return json_loadb((const char *)bytes, size, JSON_REJECT_DUPLICATES, NULL);
}

/* May this key of the set have made that signature? */
static bool key_fits(const json_t *key, const json_t *header, const struct algorithm *algorithm)
{
    const char *use = text_at(key, "use"), *alg = text_at(key, "alg"), *kid = text_at(header, "kid");
    if (strcmp(text_at(key, "kty"), algorithm->kind_name) != 0)
        return false;
    if (algorithm->kind == CJOSE_JWK_KTY_EC && strcmp(text_at(key, "crv"), "P-256") != 0)
        return false;
    return (*use == '\0' || strcmp(use, "sig") == 0) && (*alg == '\0' || strcmp(alg, algorithm->name) == 0) &&
           (*kid == '\0' || strcmp(kid, text_at(key, "kid")) == 0);
}

static bool is_strong(const cjose_jwk_t *key, const struct algorithm *algorithm)
{
    cjose_err error;
    if (cjose_jwk_get_kty(key, &error) != algorithm->kind)
        return false;
    return algorithm->kind != CJOSE_JWK_KTY_RSA || cjose_jwk_get_keysize(key, &error) >= RSA_BITS_MIN;
}

static bool verify_with(cjose_jws_t *jws, const json_t *key, const struct algorithm *algorithm)
{
    cjose_err error;
    char *text = json_dumps(key, JSON_COMPACT);
    cjose_jwk_t *jwk = text ? cjose_jwk_import(text, strlen(text), &error) : NULL;
    bool good = jwk && is_strong(jwk, algorithm) && cjose_jws_verify(jws, jwk, &error);
    if (jwk)
        cjose_jwk_release(jwk);
    free(text);
    return good;
}

static enum jose_answer verify(cjose_jws_t *jws, const json_t *header, const struct algorithm *algorithm,
                               const json_t *set)
{
    enum jose_answer answer = JOSE_KEY;
    size_t i;
    json_t *key;
    json_array_foreach(json_object_get(set, "keys"), i, key)
    {
        if (!key_fits(key, header, algorithm))
            continue;
        if (verify_with(jws, key, algorithm))
            return JOSE_GOOD;
        answer = JOSE_SIGNATURE;
    }
    return answer;
}

static json_t *read_claims(cjose_jws_t *jws)
{
    cjose_err error;
    uint8_t *bytes = NULL;
    size_t len = 0;
    if (!cjose_jws_get_plaintext(jws, &bytes, &len, &error))
        return NULL;
    json_t *claims = json_loadb((const char *)bytes, len, JSON_REJECT_DUPLICATES, NULL);
    if (json_is_object(claims))
        return claims;
    json_decref(claims);
    return NULL;
}

static enum jose_answer judge(const char *token, const json_t *header, const char *keys, json_t **claims)
{
    cjose_err error;
    const struct algorithm *algorithm = algorithm_of(header);
    if (!algorithm)
        return JOSE_ALGORITHM;
    if (json_object_get(header, "crit")) /* what we would have to understand (RFC 7515, section 4.1.11) */
        return JOSE_MALFORMED;
    cjose_jws_t *jws = cjose_jws_import(token, strlen(token), &error);
    if (!jws)
        return JOSE_MALFORMED;
    json_t *set = json_loads(keys, JSON_REJECT_DUPLICATES, NULL);
    enum jose_answer answer = verify(jws, header, algorithm, set);
    if (answer == JOSE_GOOD)
        *claims = read_claims(jws);
    json_decref(set);
    cjose_jws_release(jws);
    return answer == JOSE_GOOD && !*claims ? JOSE_MALFORMED : answer;
}

enum jose_answer jose_verify(struct arena *arena, const char *token, const char *keys, json_t **claims)
{
    *claims = NULL;
    if (strnlen(token, TOKEN_MAX) == TOKEN_MAX)
        return JOSE_MALFORMED;
    json_t *header = read_header(arena, token);
    enum jose_answer answer = json_is_object(header) ? judge(token, header, keys, claims) : JOSE_MALFORMED;
    json_decref(header);
    return answer;
}
