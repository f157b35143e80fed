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

static void send(struct request *request, const char *name, const char *value, const char *more)
{
    const char *secure = request->snapshot->origins.dev ? "" : "; Secure";
    char *cookie =
        arena_printf(request->arena, "%s=%s; Path=/%s; HttpOnly; SameSite=Lax%s", name, value, secure, more);
    if (cookie)
        http_set(request->http, "Set-Cookie", cookie);
}

static const char *age(struct request *request, int64_t seconds)
{
    return arena_printf(request->arena, "; Max-Age=%lld", (long long)seconds);
}

void cookie_set(struct request *request, const char *secret, int64_t seconds)
{
    const char *more = seconds > 0 ? age(request, seconds) : "";
    if (more)
        send(request, cookie_name(request), secret, more);
}

void cookie_clear(struct request *request)
{
    send(request, cookie_name(request), "", "; Max-Age=0");
}

/* --- besides the session's ------------------------------------------------------------------------------ */

static const char *name_of(struct request *request, const char *which)
{
    const char *name = arena_printf(request->arena, "%s-%s", cookie_name(request), which);
    return name ? name : "";
}

const char *cookie_kept(struct request *request, const char *which)
{
    return http_cookie(request->http, name_of(request, which));
}

void cookie_keep(struct request *request, const char *which, const char *value, int64_t seconds)
{
    const char *more = age(request, seconds);
    if (more)
        send(request, name_of(request, which), value, more);
}

void cookie_drop(struct request *request, const char *which)
{
    send(request, name_of(request, which), "", "; Max-Age=0");
}

#define DEVICE_SECONDS 34560000 /* 400 days: browsers keep nothing for longer */

void cookie_device(struct request *request, unsigned char hash[SECRET_HASH_BYTES])
{
    char secret[SECRET_TEXT_LEN + 1];
    const char *kept = cookie_kept(request, COOKIE_DEVICE);
    if (!kept || !secret_hash(kept, hash)) {
        secret_make(secret, hash);
        kept = secret;
    }
    cookie_keep(request, COOKIE_DEVICE, kept, DEVICE_SECONDS);
}
