#include "door.h"

#include <string.h>
#include <strings.h>

#define USUAL_PORT ":443"

static bool is_host(const char *host, const char *domain)
{
    size_t len = strlen(domain);
    return strncasecmp(host, domain, len) == 0 && (!host[len] || strcmp(host + len, USUAL_PORT) == 0);
}

const char *door_home(const struct portal *portal, const char *path, const char *host, struct arena *arena)
{
    if (!host || (strcmp(path, "/") != 0 && strcmp(path, portal->slug) != 0))
        return NULL;
    for (size_t i = 0; i < portal->domain_count; i++) {
        const struct portal_domain *domain = &portal->domains[i];
        if (is_host(host, domain->host))
            return arena_printf(arena, "%s%s/", portal->slug, domain->locale);
    }
    return NULL;
}
