#include "journey.h"

#include "../account/return.h"
#include "../server/cookie.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#define VARIANT sodium_base64_VARIANT_URLSAFE_NO_PADDING

enum { LASTS_SECONDS = 15 * 60, COOKIE_MAX = 2048, PARTS = 5 };

/* The parts of the cookie: secret, end (seconds), provider, language, way back in base64url; dots between. */
enum part { SECRET, END, PROVIDER, LOCALE, BACK };

static void to_text(char text[JOURNEY_TEXT + 1], const unsigned char bytes[32])
{
    sodium_bin2base64(text, JOURNEY_TEXT + 1, bytes, 32, VARIANT);
}

static void derive(char out[JOURNEY_TEXT + 1], const char *purpose, const char *secret, const char *rest)
{
    unsigned char bytes[32];
    crypto_generichash_state state;
    crypto_generichash_init(&state, (const unsigned char *)secret, JOURNEY_TEXT, sizeof bytes);
    crypto_generichash_update(&state, (const unsigned char *)purpose, strlen(purpose) + 1);
    crypto_generichash_update(&state, (const unsigned char *)rest, strlen(rest));
    crypto_generichash_final(&state, bytes, sizeof bytes);
    to_text(out, bytes);
}

/* `cookie` is the secret, a dot, and what it is bound to. */
static void derive_all(struct journey *journey, const char *cookie)
{
    unsigned char digest[crypto_hash_sha256_BYTES];
    const char *rest = cookie + JOURNEY_TEXT;
    derive(journey->state, "state", cookie, rest);
    derive(journey->nonce, "nonce", cookie, rest);
    derive(journey->verifier, "verifier", cookie, rest);
    crypto_hash_sha256(digest, (const unsigned char *)journey->verifier, JOURNEY_TEXT);
    to_text(journey->challenge, digest);
}

static char *encoded(struct arena *arena, const char *text)
{
    size_t len = strlen(text), room = sodium_base64_encoded_len(len, VARIANT);
    char *out = arena_room(arena, room);
    return out ? sodium_bin2base64(out, room, (const unsigned char *)text, len, VARIANT) : NULL;
}

static char *decoded(struct arena *arena, const char *text)
{
    size_t len = strlen(text), size = 0;
    char *out = arena_alloc(arena, len + 1);
    if (!out || sodium_base642bin((unsigned char *)out, len, text, len, NULL, &size, NULL, VARIANT) != 0 ||
        memchr(out, '\0', size))
        return NULL;
    return out;
}

bool journey_begin(struct request *request, struct journey *journey)
{
    unsigned char bytes[32];
    char secret[JOURNEY_TEXT + 1];
    randombytes_buf(bytes, sizeof bytes);
    to_text(secret, bytes);
    const char *back = encoded(request->arena, journey->back);
    const char *cookie =
        back ? arena_printf(request->arena, "%s.%" PRId64 ".%s.%s.%s", secret,
                            request->now / 1000 + LASTS_SECONDS, journey->provider, journey->locale, back)
             : NULL;
    if (!cookie)
        return false;
    derive_all(journey, cookie);
    cookie_keep(request, COOKIE_JOURNEY, cookie, LASTS_SECONDS);
    return true;
}

static bool split(char *cookie, char *parts[PARTS])
{
    for (int i = 0; i < PARTS; i++) {
        parts[i] = cookie;
        cookie = cookie ? strchr(cookie, '.') : NULL;
        if ((cookie == NULL) != (i == PARTS - 1))
            return false;
        if (cookie)
            *cookie++ = '\0';
    }
    return strlen(parts[SECRET]) == JOURNEY_TEXT;
}

/* Nobody else could have made the parts, since the state hangs on them: the way back is looked at all the
 * same. */
static bool read_parts(struct request *request, char *parts[PARTS], struct journey *journey)
{
    char *end = NULL;
    long long until = strtoll(parts[END], &end, 10);
    const char *back = decoded(request->arena, parts[BACK]);
    journey->provider = parts[PROVIDER];
    journey->locale = parts[LOCALE];
    journey->back = back && return_is_own(request->portal->slug, back) ? back : "";
    return *end == '\0' && request->now / 1000 < until && until <= request->now / 1000 + LASTS_SECONDS;
}

bool journey_end(struct request *request, const char *state, struct journey *journey)
{
    char *parts[PARTS];
    const char *sent = cookie_kept(request, COOKIE_JOURNEY);
    char *cookie = sent && strlen(sent) <= COOKIE_MAX ? arena_strdup(request->arena, sent) : NULL;
    if (!cookie)
        return false;
    cookie_drop(request, COOKIE_JOURNEY);
    if (!split(cookie, parts))
        return false;
    derive_all(journey, sent);
    return read_parts(request, parts, journey) && state && strlen(state) == JOURNEY_TEXT &&
           sodium_memcmp(state, journey->state, JOURNEY_TEXT) == 0;
}
