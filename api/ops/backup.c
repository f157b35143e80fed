#include "backup.h"

#include "../../lib/fs.h"
#include "../store/backup.h"
#include "copy.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { WHY_BYTES = 256 };

static bool starts(const char *name, const char *word)
{
    return strncmp(name, word, strlen(word)) == 0;
}

static bool is_of_tickets(const char *name)
{
    return starts(name, "files/") && !starts(name, "files/tmp/");
}

/* All others but the database and what belongs to the process that runs. */
static bool is_other(const char *name)
{
    return !starts(name, "files/") && !starts(name, COPY_DATABASE) && strcmp(name, "lock") != 0;
}

static bool copy_database(struct copy *copy, struct store *store)
{
    char why[WHY_BYTES];
    struct stat made;
    const char *path = fs_join(copy->arena, copy->to, COPY_DATABASE);
    if (store_backup(store, path, why, sizeof why) != RC_OK) {
        diag_error(copy->diag, (struct place){.file = path}, "cannot be copied: %s", why);
        return false;
    }
    copy->files++;
    copy->bytes += stat(path, &made) == 0 ? (uint64_t)made.st_size : 0;
    return true;
}

/* A copy within what is copied would be copied the next time. */
static bool is_within(const char *path, const char *folder)
{
    char *copy = strdup(path), *slash = copy ? strrchr(copy, '/') : NULL;
    if (slash)
        slash[slash == copy] = '\0';
    char *parent = copy ? realpath(slash ? copy : ".", NULL) : NULL, *whole = realpath(folder, NULL);
    size_t len = whole ? strlen(whole) : 0;
    bool within = parent && whole && strncmp(parent, whole, len) == 0 && strchr("/", parent[len]);
    free(copy);
    free(parent);
    free(whole);
    return within;
}

static bool check_name(const struct config *config, const char *to, struct diag *diag)
{
    const struct place place = {.file = to};
    if (fs_is_there(to))
        diag_error(diag, place, "is there already; want the name of a new folder");
    else if (is_within(to, config->data))
        diag_error(diag, place, "lies in the data folder; want one outside of it");
    else
        return true;
    return false;
}

bool backup_run(const struct config *config, const char *to, FILE *out, struct diag *diag)
{
    struct copy copy = {0};
    if (!check_name(config, to, diag))
        return false;
    struct store *store = store_open(config->data, &(struct store_options){.look = true}, diag);
    bool good = store && copy_begin(&copy, config->data, to, diag) && copy_files(&copy, is_other) &&
                copy_database(&copy, store) && copy_files(&copy, is_of_tickets) && copy_finish(&copy);
    if (good)
        fprintf(out, "%s: %llu files, %.1f MB\n", to, (unsigned long long)copy.files,
                (double)copy.bytes / 1e6);
    copy_release(&copy);
    store_close(store);
    return good;
}
