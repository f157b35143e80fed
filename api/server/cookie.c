#include "cookie.h"

static const char *cookie_name(const struct request *request)
{
    return request->snapshot->origins.dev ? "guichet" : "__Host-guichet";
}

bool cookie_hash(struct request *request, unsigned char hash[SECRET_HASH_BYTES])
{
    const char *secret = http_cookie(request->http, cookie_name(request));
    return secret && secret_hash(secret, hash);
}

static void set_named(struct request *request, const char *name, const char *value, const char *more)
{
    const char *secure = request->snapshot->origins.dev ? "" : "; Secure";
    char *cookie =
        arena_printf(request->arena, "%s=%s; Path=/%s; HttpOnly; SameSite=Lax%s", name, value, secure, more);
    if (cookie)
        http_set(request->http, "Set-Cookie", cookie);
}

static void set(struct request *request, const char *value, const char *more)
{
    set_named(request, cookie_name(request), value, more);
}

void cookie_set(struct request *request, const char *secret, int64_t seconds)
{
    const char *age = seconds > 0 ? arena_printf(request->arena, "; Max-Age=%lld", (long long)seconds) : "";
    if (age)
        set(request, secret, age);
}

void cookie_clear(struct request *request)
{
    set(request, "", "; Max-Age=0");
}

#define DEVICE_AGE "; Max-Age=34560000" /* 400 days: browsers keep nothing for longer */

void cookie_device(struct request *request, unsigned char hash[SECRET_HASH_BYTES])
{
    char secret[SECRET_TEXT_LEN + 1];
    const char *name = request->snapshot->origins.dev ? "guichet-device" : "__Host-guichet-device";
    const char *kept = http_cookie(request->http, name);
    if (kept && secret_hash(kept, hash)) {
        set_named(request, name, kept, DEVICE_AGE);
        return;
    }
    secret_make(secret, hash);
    set_named(request, name, secret, DEVICE_AGE);
}
