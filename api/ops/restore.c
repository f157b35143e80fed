#include "restore.h"

#include "../../lib/fs.h"
#include "../store/lock.h"
#include "../store/verify.h"
#include "copy.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static bool say(const char *path, const char *what, struct diag *diag)
{
    diag_error(diag, (struct place){.file = path}, "%s", what);
    return false;
}

/* A file of the folder that is no file of the backup: what a process left that had it open. */
static bool is_wanted(const char *name)
{
    return strcmp(name, "lock") != 0 && strcmp(name, COPY_DATABASE "-shm") != 0;
}

static bool is_same(const char *one, const char *other)
{
    char *first = realpath(one, NULL), *second = realpath(other, NULL);
    bool same = first && second && strcmp(first, second) == 0;
    free(first);
    free(second);
    return same;
}

static bool check(const struct config *config, const char *from, struct arena *arena, struct diag *diag)
{
    const char *database = arena_printf(arena, "%s/" COPY_DATABASE, from);
    if (!fs_is_dir(from))
        return say(from, "there is no such folder", diag);
    if (!fs_is_file(database))
        return say(from, "is no backup: guichet.db is not in it", diag);
    if (is_same(from, config->data))
        return say(from, "is the data folder itself; want a backup of it", diag);
    return true;
}

/* A name of its own for what was there: "data.before-20261123T141500Z". */
static const char *aside(const char *data, struct arena *arena)
{
    char stamp[32];
    struct tm utc;
    time_t now = time(NULL);
    gmtime_r(&now, &utc);
    strftime(stamp, sizeof stamp, "%Y%m%dT%H%M%SZ", &utc);
    return arena_printf(arena, "%.*s.before-%s", (int)(strlen(data) - (data[strlen(data) - 1] == '/')), data,
                        stamp);
}

/* In the place of what was there; that comes back when the copy cannot take it. */
static bool replace(struct copy *copy, const char *data, const char *before, struct diag *diag)
{
    if (before && rename(data, before) != 0) {
        diag_error(diag, (struct place){.file = data}, "cannot be put aside: %s", strerror(errno));
        return false;
    }
    if (copy_finish(copy))
        return true;
    if (before && rename(before, data) != 0)
        diag_error(diag, (struct place){.file = before}, "holds what was in %s", data);
    return false;
}

static bool put_in_place(const struct config *config, const char *from, struct arena *arena, FILE *out,
                         struct diag *diag)
{
    struct copy copy = {0};
    uint64_t attached = 0;
    const char *before = fs_is_there(config->data) ? aside(config->data, arena) : NULL;
    bool good = copy_begin(&copy, from, config->data, diag) && copy_files(&copy, is_wanted) &&
                store_verify(copy.to, from, &attached, diag) && replace(&copy, config->data, before, diag);
    if (good)
        fprintf(out, "%s: %llu files, %.1f MB, %llu of them attached to messages, and all of it whole\n",
                config->data, (unsigned long long)copy.files, (double)copy.bytes / 1e6,
                (unsigned long long)attached);
    if (good && before)
        fprintf(out, "%s: what was there\n", before);
    copy_release(&copy);
    return good;
}

bool restore_run(const struct config *config, const char *from, FILE *out, struct diag *diag)
{
    struct arena *arena = arena_new(0);
    bool there = fs_is_dir(config->data);
    bool good = arena && check(config, from, arena, diag);
    int lock = good && there ? lock_take(config->data, NULL, diag) : -1;
    good = good && (!there || lock >= 0) && put_in_place(config, from, arena, out, diag);
    lock_release(lock);
    arena_free(arena);
    return good;
}
