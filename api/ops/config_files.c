#include "config_files.h"

#include "../../lib/fs.h"
#include "secret_setting.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

enum { CANDIDATES_MAX = 60, NAME_BYTES = 128 };

extern char **environ;

static bool can_be_read(const char *name, const char *path, struct diag *diag)
{
    int error = access(path, R_OK) == 0 ? 0 : errno;
    if (!error && fs_is_dir(path))
        error = EISDIR;
    if (error)
        diag_error(diag, (struct place){0},
                   "%s: \"%s\" cannot be read: %s; want a file of certificates (PEM)", name, path,
                   strerror(error));
    return !error;
}

bool config_files_check(const struct config *config, struct arena *arena, struct diag *diag)
{
    bool good = true;
    for (const struct config_row *row = config_rows(); row->name; row++) {
        if (row->type != CONFIG_FILE)
            continue;
        const char *path = *(const char *const *)((const char *)config + row->offset);
        good = (!*path || can_be_read(row->name, path, diag)) && good;
    }
    return secret_setting_check(config, arena, diag) && good;
}

#define START "GUICHET_"

static bool is_setting(const char *name)
{
    bool known = secret_setting_is_name(name) || strcmp(name, START "CONFIG") == 0;
    for (const struct config_row *row = config_rows(); row->name && !known; row++)
        known = strcmp(row->name, name) == 0;
    return known;
}

/* Without what all of them begin with, which would make them all alike. */
static const char *nearest(const char *name)
{
    const char *candidates[CANDIDATES_MAX + 1] = {"CONFIG", &(SMTP_PASSWORD_NAME)[strlen(START)],
                                                  &(IMAP_PASSWORD_NAME)[strlen(START)]};
    size_t count = 3;
    for (const struct config_row *row = config_rows(); row->name && count < CANDIDATES_MAX; row++)
        candidates[count++] = row->name + strlen(START);
    return diag_nearest(name + strlen(START), candidates);
}

void config_environment_check(void)
{
    for (char **pair = environ; pair && *pair; pair++) {
        char name[NAME_BYTES], meant[NAME_BYTES + 32];
        size_t len = strcspn(*pair, "=");
        if (len >= sizeof name || strncmp(*pair, START, strlen(START)) != 0)
            continue;
        snprintf(name, sizeof name, "%.*s", (int)len, *pair);
        const char *near = is_setting(name) ? NULL : nearest(name);
        if (!near)
            continue;
        snprintf(meant, sizeof meant, "did you mean " START "%s?", near);
        log_event(LOG_WARNING, "setting_unknown", "name", name, "meaning", meant, NULL);
    }
}
