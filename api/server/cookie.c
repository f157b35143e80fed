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

static void set(struct request *request, const char *value, const char *more)
{
    const char *secure = request->snapshot->origins.dev ? "" : "; Secure";
    char *cookie = arena_printf(request->arena, "%s=%s; Path=/%s; HttpOnly; SameSite=Lax%s",
                                cookie_name(request), value, secure, more);
    if (cookie)
        http_set(request->http, "Set-Cookie", cookie);
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
