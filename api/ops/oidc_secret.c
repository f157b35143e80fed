#include "oidc_secret.h"

#include "../../lib/buf.h"
#include "../../lib/fs.h"
#include "../../lib/log.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define START "GUICHET_OIDC_"
#define END "_SECRET"
#define END_FILE "_SECRET_FILE"

enum { FILE_CEILING = 8 * 1024 };

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

static const char *value_of(const struct config *config, const char *name)
{
    const char *value = getenv(name);
    if (value && *value)
        return value;
    for (const struct config_secret *secret = config->secrets; secret; secret = secret->next)
        if (strcmp(secret->name, name) == 0 && *secret->value)
            return secret->value;
    return NULL;
}

/* Without the line's end that an editor leaves. */
static const char *from_file(struct arena *arena, const char *path)
{
    struct buf text;
    buf_init(&text, FILE_CEILING);
    const char *secret = NULL;
    if (fs_read(path, &text) == 0) {
        size_t len = text.len;
        while (len > 0 && strchr(" \t\r\n", text.data[len - 1]))
            len--;
        secret = len > 0 ? arena_strndup(arena, text.data, len) : NULL;
    }
    buf_release(&text);
    return secret;
}

const char *oidc_secret(const struct config *config, struct arena *arena, const char *provider)
{
    const char *name = oidc_secret_name(arena, provider);
    const char *secret = value_of(config, name);
    if (secret)
        return secret;
    const char *file_name = arena_printf(arena, "%s_FILE", name);
    const char *path = file_name ? value_of(config, file_name) : NULL;
    return path ? from_file(arena, path) : NULL;
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
