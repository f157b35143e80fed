#include "backup.h"

#include "../../lib/fs.h"
#include "../store/backup.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define DATABASE "guichet.db"
#define PART ".part"

enum { CHUNK = 64 * 1024, WHY_BYTES = 256 };

struct backup {
    const char *from;
    const char *to; /* while it is made */
    struct arena *arena;
    struct diag *diag;
    char *chunk;
    uint64_t files, bytes;
};

static bool say(const struct backup *backup, const char *path, const char *what, int error)
{
    diag_error(backup->diag, (struct place){.file = path}, "%s: %s", what, strerror(error));
    return false;
}

static bool pour(struct backup *backup, int in, int out)
{
    ssize_t got;
    while ((got = read(in, backup->chunk, CHUNK)) > 0) {
        for (ssize_t at = 0, put; at < got; at += put)
            if ((put = write(out, backup->chunk + at, (size_t)(got - at))) < 0)
                return false;
        backup->bytes += (uint64_t)got;
    }
    return got == 0;
}

/* What has gone since the list was made was dealt with, or erased. */
static bool copy_file(struct backup *backup, const char *name)
{
    const char *source = fs_join(backup->arena, backup->from, name);
    char *target = fs_join(backup->arena, backup->to, name);
    int in = open(source, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (in < 0)
        return errno == ENOENT || say(backup, source, "cannot be read", errno);
    char *slash = strrchr(target, '/');
    *slash = '\0';
    int error = fs_mkdirs(target);
    *slash = '/';
    int out = error ? -1 : open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool good = out >= 0 && pour(backup, in, out);
    error = error ? error : errno;
    close(in);
    if (out >= 0)
        good = close(out) == 0 && good;
    backup->files += good;
    return good || say(backup, target, "cannot be copied", error);
}

static bool starts(const char *name, const char *word)
{
    return strncmp(name, word, strlen(word)) == 0;
}

/* The files of tickets, or all others but the database and what belongs to the process that runs. */
static bool is_wanted(const char *name, bool of_tickets)
{
    if (starts(name, "files/"))
        return of_tickets && !starts(name, "files/tmp/");
    return !of_tickets && !starts(name, DATABASE) && strcmp(name, "lock") != 0;
}

static bool copy_files(struct backup *backup, bool of_tickets)
{
    struct fs_entry *entries;
    size_t count;
    int error = fs_walk(backup->from, backup->arena, &entries, &count);
    if (error)
        return say(backup, backup->from, "cannot be read", error);
    for (size_t i = 0; i < count; i++)
        if (is_wanted(entries[i].path, of_tickets) && !copy_file(backup, entries[i].path))
            return false;
    return true;
}

static bool copy_database(struct backup *backup, struct store *store)
{
    char why[WHY_BYTES];
    struct stat made;
    const char *path = fs_join(backup->arena, backup->to, DATABASE);
    if (store_backup(store, path, why, sizeof why) != RC_OK) {
        diag_error(backup->diag, (struct place){.file = path}, "cannot be copied: %s", why);
        return false;
    }
    backup->files++;
    backup->bytes += stat(path, &made) == 0 ? (uint64_t)made.st_size : 0;
    return true;
}

static bool to_disk(const struct backup *backup)
{
    int folder = open(backup->to, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool good = folder >= 0 && syncfs(folder) == 0;
    if (folder >= 0)
        close(folder);
    return good;
}

static bool copy_all(struct backup *backup, struct store *store, const char *to)
{
    if (!copy_files(backup, false) || !copy_database(backup, store) || !copy_files(backup, true))
        return false;
    return (to_disk(backup) && rename(backup->to, to) == 0) || say(backup, to, "cannot be made", errno);
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

static bool make(struct backup *backup, struct store *store, const char *to)
{
    fs_remove_tree(backup->to);
    if (mkdir(backup->to, 0700) != 0)
        return say(backup, backup->to, "cannot be made", errno);
    if (copy_all(backup, store, to))
        return true;
    fs_remove_tree(backup->to);
    return false;
}

bool backup_run(const struct config *config, const char *to, FILE *out, struct diag *diag)
{
    if (!check_name(config, to, diag))
        return false;
    umask(077);
    struct backup backup = {
        .from = config->data, .arena = arena_new(0), .diag = diag, .chunk = malloc(CHUNK)};
    backup.to = backup.arena ? arena_printf(backup.arena, "%s" PART, to) : NULL;
    struct store *store = backup.to && backup.chunk
                              ? store_open(config->data, &(struct store_options){.look = true}, diag)
                              : NULL;
    bool good = store && make(&backup, store, to);
    if (good)
        fprintf(out, "%s: %llu files, %.1f MB\n", to, (unsigned long long)backup.files,
                (double)backup.bytes / 1e6);
    store_close(store);
    free(backup.chunk);
    arena_free(backup.arena);
    return good;
}
