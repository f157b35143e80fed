#include "secret_setting.h"

#include "../../lib/buf.h"
#include "../../lib/fs.h"
#include "oidc_secret.h"

#include <stdlib.h>
#include <string.h>

#define FILE_END "_FILE"

enum { FILE_CEILING = 8 * 1024 };

extern char **environ;

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

/* Without the line's end that an editor leaves; NULL: `*error` says why, 0: it is empty. */
static const char *from_file(struct arena *arena, const char *path, int *error)
{
    struct buf text;
    buf_init(&text, FILE_CEILING);
    const char *secret = NULL;
    *error = fs_read(path, &text);
    if (*error == 0) {
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
    int error;
    const char *secret = value_of(config, name);
    if (secret)
        return secret;
    const char *file_name = arena_printf(arena, "%s" FILE_END, name);
    const char *path = file_name ? value_of(config, file_name) : NULL;
    return path ? from_file(arena, path, &error) : NULL;
}

static bool check(const char *name, const char *path, struct arena *arena, struct diag *diag)
{
    int error;
    size_t len = strlen(name);
    if (!*path || len < strlen(FILE_END) || strcmp(name + len - strlen(FILE_END), FILE_END) != 0 ||
        !secret_setting_is_name(name) || from_file(arena, path, &error))
        return true;
    if (error)
        diag_error(diag, (struct place){0},
                   "%s: \"%s\" cannot be read: %s; want a file that holds the secret", name, path,
                   strerror(error));
    else
        diag_error(diag, (struct place){0}, "%s: \"%s\" is empty; want a file that holds the secret", name,
                   path);
    return false;
}

bool secret_setting_check(const struct config *config, struct arena *arena, struct diag *diag)
{
    bool good = true;
    for (char **pair = environ; pair && *pair; pair++) {
        const char *equals = strchr(*pair, '=');
        const char *name = equals ? arena_strndup(arena, *pair, (size_t)(equals - *pair)) : NULL;
        good = (!name || check(name, equals + 1, arena, diag)) && good;
    }
    for (const struct config_secret *secret = config->secrets; secret; secret = secret->next)
        good = (getenv(secret->name) || check(secret->name, secret->value, arena, diag)) && good;
    return good;
}
