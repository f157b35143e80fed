#include "claims.h"

#include <sodium.h>
#include <string.h>

enum { SUBJECT_MAX = 255, HALF = crypto_hash_sha256_BYTES / 2 };

const char *claims_text(const json_t *claims, const char *name)
{
    const char *text = json_string_value(json_object_get(claims, name));
    return text ? text : "";
}

bool claims_flag(const json_t *claims, const char *name)
{
    return json_is_true(json_object_get(claims, name)) || strcmp(claims_text(claims, name), "true") == 0;
}

static bool is_for(const json_t *audience, const char *client_id)
{
    size_t i;
    json_t *one;
    if (json_is_string(audience))
        return strcmp(json_string_value(audience), client_id) == 0;
    json_array_foreach(audience, i, one)
    {
        if (json_is_string(one) && strcmp(json_string_value(one), client_id) == 0)
            return true;
    }
    return false;
}

/* Who asked for the token: it must be told when the token is for others as well. */
static bool is_asked_by(const json_t *claims, const char *client_id)
{
    const json_t *party = json_object_get(claims, "azp");
    if (!party)
        return json_array_size(json_object_get(claims, "aud")) <= 1;
    return json_is_string(party) && strcmp(json_string_value(party), client_id) == 0;
}

/* A time as a number of seconds; fractions are cut. */
static bool read_time(const json_t *claims, const char *name, int64_t *seconds)
{
    const json_t *value = json_object_get(claims, name);
    double number = json_number_value(value);
    if (!json_is_number(value) || !(number >= 0 && number < 1e12))
        return false;
    *seconds = (int64_t)number;
    return true;
}

static const char *wrong_time(const json_t *claims, int64_t now)
{
    int64_t at;
    if (!read_time(claims, "exp", &at) || now >= at + CLAIMS_LEEWAY)
        return "exp";
    if (!read_time(claims, "iat", &at) || at > now + CLAIMS_LEEWAY)
        return "iat";
    if (json_object_get(claims, "nbf") && (!read_time(claims, "nbf", &at) || at > now + CLAIMS_LEEWAY))
        return "nbf";
    return NULL;
}

static bool is_hash_of(const json_t *hash, const char *token)
{
    unsigned char digest[crypto_hash_sha256_BYTES];
    char text[sodium_base64_ENCODED_LEN(HALF, sodium_base64_VARIANT_URLSAFE_NO_PADDING)];
    crypto_hash_sha256(digest, (const unsigned char *)token, strlen(token));
    sodium_bin2base64(text, sizeof text, digest, HALF, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return json_is_string(hash) && strcmp(json_string_value(hash), text) == 0;
}

const char *claims_wrong(const json_t *claims, const struct claims_wanted *wanted)
{
    const json_t *hash = json_object_get(claims, "at_hash");
    size_t subject = strlen(claims_text(claims, "sub"));
    if (strcmp(claims_text(claims, "iss"), wanted->issuer) != 0)
        return "iss";
    if (subject == 0 || subject > SUBJECT_MAX)
        return "sub";
    if (!is_for(json_object_get(claims, "aud"), wanted->client_id))
        return "aud";
    if (!is_asked_by(claims, wanted->client_id))
        return "azp";
    const char *time = wrong_time(claims, wanted->now);
    if (time)
        return time;
    if (strcmp(claims_text(claims, "nonce"), wanted->nonce) != 0 || *wanted->nonce == '\0')
        return "nonce";
    if (hash && wanted->access_token && !is_hash_of(hash, wanted->access_token))
        return "at_hash";
    return NULL;
}
