#include "oidc_secret.h"

#include "../../lib/log.h"
#include "secret_setting.h"

#include <ctype.h>
#include <string.h>

#define START "GUICHET_OIDC_"
#define END "_SECRET"
#define END_FILE "_SECRET_FILE"

static bool ends_with(const char *text, const char *end)
{
    size_t len = strlen(text), end_len = strlen(end);
    return len > end_len && strcmp(text + len - end_len, end) == 0;
}

bool oidc_secret_is_name(const char *name)
{
    return strncmp(name, START, strlen(START)) == 0 && (ends_with(name, END) || ends_with(name, END_FILE)) &&
           strlen(name) > strlen(START END);
}

const char *oidc_secret_name(struct arena *arena, const char *provider)
{
    char *name = arena_printf(arena, START "%s" END, provider);
    for (char *c = name; c && *c; c++)
        *c = *c == '-' ? '_' : (char)toupper((unsigned char)*c);
    return name ? name : "";
}

const char *oidc_secret(const struct config *config, struct arena *arena, const char *provider)
{
    return secret_setting(config, arena, oidc_secret_name(arena, provider));
}

void oidc_secret_check(const struct config *config, const struct portal *portal)
{
    struct arena *arena = arena_new(0);
    for (size_t i = 0; arena && i < portal->provider_count; i++) {
        const struct portal_provider *provider = &portal->providers[i];
        if (provider->client == PORTAL_CLIENT_PUBLIC || oidc_secret(config, arena, provider->id))
            continue;
        log_event(LOG_ERROR, "oidc_secret_missing", "provider", provider->id, "set",
                  oidc_secret_name(arena, provider->id), "meaning", "nobody can sign in with it", NULL);
    }
    arena_free(arena);
}
