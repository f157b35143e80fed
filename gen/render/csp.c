#include "render.h"

#include <string.h>

/* "https://api.example.com/api/v1" -> "https://api.example.com"; a path is of the pages' own origin: "". */
static const char *origin_of(struct arena *arena, const char *api)
{
    if (api[0] == '/')
        return "";
    const char *host = strstr(api, "://") + 3;
    return arena_strndup(arena, api, (size_t)(host - api) + strcspn(host, "/"));
}

const char *render_csp(struct arena *arena, const char *api)
{
    const char *origin = origin_of(arena, api);
    const char *space = origin[0] ? " " : "";
    return arena_printf(arena,
                        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "
                        "font-src 'self'; connect-src 'self'%s%s; form-action 'self'%s%s; base-uri 'none'; "
                        "manifest-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'",
                        space, origin, space, origin);
}
