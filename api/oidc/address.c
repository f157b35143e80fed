#include "address.h"

#include "../../lib/esc.h"

#include <string.h>
#include <strings.h>

enum { URL_CEILING = 8 * 1024 };

/* Of what we answer to, where the request came in. */
static const char *origin_of(struct request *request)
{
    const struct origins *origins = &request->snapshot->origins;
    const char *host = http_header(request->http, "Host");
    for (size_t i = 0; host && i < origins->origin_count; i++) {
        const char *name = strstr(origins->origins[i], "://");
        if (name && strcasecmp(name + 3, host) == 0)
            return origins->origins[i];
    }
    return origins->self;
}

const char *address_of_ours(struct request *request, const char *id, const char *page)
{
    const char *api = request->portal->api;
    return arena_printf(request->arena, "%s%s/oidc/%s/%s", *api == '/' ? origin_of(request) : "", api, id,
                        page);
}

const char *address_with(struct request *request, const char *url, const char *const *pairs)
{
    struct buf out;
    buf_init(&out, URL_CEILING);
    buf_adds(&out, url);
    char mark = strchr(url, '?') ? '&' : '?';
    for (; *pairs; pairs += 2, mark = '&') {
        buf_addc(&out, mark);
        buf_adds(&out, pairs[0]);
        buf_addc(&out, '=');
        esc_url(&out, pairs[1], strlen(pairs[1]));
    }
    const char *whole = buf_ok(&out) ? arena_strndup(request->arena, out.data, out.len) : NULL;
    buf_release(&out);
    return whole;
}

const char *address_locale(struct request *request, const char *locale)
{
    const struct portal *portal = request->portal;
    for (size_t i = 0; locale && i < portal->locale_count; i++)
        if (strcmp(portal->locales[i], locale) == 0)
            return portal->locales[i];
    return portal->default_locale;
}
