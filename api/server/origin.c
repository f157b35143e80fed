#include "origin.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define HTTPS "https://"
#define LOCALHOST "http://localhost:"

static bool is_port(const char *text)
{
    size_t digits = strspn(text, "0123456789");
    return digits > 0 && digits <= 5 && text[digits] == '\0' && strtol(text, NULL, 10) <= 65535;
}

static bool is_host(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (!islower((unsigned char)text[i]) && !isdigit((unsigned char)text[i]) && text[i] != '-' &&
            text[i] != '.')
            return false;
    return len > 0 && len <= 253 && text[0] != '.' && text[0] != '-';
}

bool origin_is_valid(const char *origin, bool *dev)
{
    *dev = strncmp(origin, LOCALHOST, strlen(LOCALHOST)) == 0;
    if (*dev)
        return is_port(origin + strlen(LOCALHOST));
    if (strncmp(origin, HTTPS, strlen(HTTPS)) != 0)
        return false;
    const char *host = origin + strlen(HTTPS);
    size_t len = strcspn(host, ":");
    return is_host(host, len) && (host[len] == '\0' || is_port(host + len + 1));
}

static bool add_origin(struct origins *origins, const char *origin)
{
    if (!origin)
        return false;
    if (origins_allow(origins, origin))
        return true;
    origins->origins[origins->origin_count++] = origin;
    origins->hosts[origins->host_count++] = strstr(origin, "://") + 3;
    return true;
}

/* An API at an address of its own has its own host, whose pages we never serve. */
static bool add_api_host(struct origins *origins, struct arena *arena, const char *api)
{
    const char *host = strstr(api, "://");
    if (!host || origins->dev)
        return true;
    host += 3;
    char *copy = arena_strndup(arena, host, strcspn(host, "/"));
    if (copy && !origins_know_host(origins, copy))
        origins->hosts[origins->host_count++] = copy;
    return copy != NULL;
}

bool origins_make(struct origins *origins, struct arena *arena, const char *self, const struct portal *portal)
{
    memset(origins, 0, sizeof *origins);
    size_t room = portal->domain_count + 2;
    origins->origins = arena_alloc(arena, room * sizeof *origins->origins);
    origins->hosts = arena_alloc(arena, room * sizeof *origins->hosts);
    if (!origins->origins || !origins->hosts || (*self == '\0' && portal->domain_count == 0))
        return false;
    origins->self =
        *self ? arena_strdup(arena, self) : arena_printf(arena, HTTPS "%s", portal->domains[0].host);
    if (!add_origin(origins, origins->self))
        return false;
    origins->dev = strncmp(origins->self, HTTPS, strlen(HTTPS)) != 0;
    for (size_t i = 0; i < portal->domain_count && !origins->dev; i++)
        if (!add_origin(origins, arena_printf(arena, HTTPS "%s", portal->domains[i].host)))
            return false;
    return add_api_host(origins, arena, portal->api);
}

bool origins_know_host(const struct origins *origins, const char *host)
{
    for (size_t i = 0; i < origins->host_count; i++)
        if (strcmp(origins->hosts[i], host) == 0)
            return true;
    return false;
}

bool origins_allow(const struct origins *origins, const char *origin)
{
    for (size_t i = 0; origin && i < origins->origin_count; i++)
        if (strcmp(origins->origins[i], origin) == 0)
            return true;
    return false;
}

bool origins_allow_form(const struct origins *origins, const char *origin, const char *fetch_site)
{
    if (origins_allow(origins, origin))
        return true;
    return origin && fetch_site && strcmp(origin, "null") == 0 && strcmp(fetch_site, "same-origin") == 0;
}
