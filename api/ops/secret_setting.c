#include "secret_setting.h"

#include "../../lib/buf.h"
#include "../../lib/fs.h"
#include "oidc_secret.h"

#include <stdlib.h>
#include <string.h>

enum { FILE_CEILING = 8 * 1024 };

bool secret_setting_is_name(const char *name)
{
    return strcmp(name, SMTP_PASSWORD_NAME) == 0 || strcmp(name, SMTP_PASSWORD_NAME "_FILE") == 0 ||
           strcmp(name, IMAP_PASSWORD_NAME) == 0 || strcmp(name, IMAP_PASSWORD_NAME "_FILE") == 0 ||
           oidc_secret_is_name(name);
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

const char *secret_setting(const struct config *config, struct arena *arena, const char *name)
{
    const char *secret = value_of(config, name);
    if (secret)
        return secret;
    const char *file_name = arena_printf(arena, "%s_FILE", name);
    const char *path = file_name ? value_of(config, file_name) : NULL;
    return path ? from_file(arena, path) : NULL;
}
