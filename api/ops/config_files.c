#include "config_files.h"

#include "../../lib/fs.h"
#include "secret_setting.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

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
