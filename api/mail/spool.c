#include "spool.h"

#include "../../lib/fs.h"
#include "../store/store.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATH_BYTES 4096
#define PIECE (16 * 1024)

/* Everything of it, or errno. */
static bool write_all(int fd, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t wrote = write(fd, bytes, len);
        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote <= 0)
            return false;
        bytes += wrote;
        len -= (size_t)wrote;
    }
    return true;
}

static enum spool_answer copy(int from, int to)
{
    char piece[PIECE];
    size_t size = 0;
    for (;;) {
        ssize_t got = read(from, piece, sizeof piece);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return SPOOL_LATER;
        if (got == 0)
            return SPOOL_KEPT;
        size += (size_t)got;
        if (size > SPOOL_MAIL_MAX)
            return SPOOL_TOO_LARGE;
        if (!write_all(to, piece, (size_t)got))
            return SPOOL_LATER;
    }
}

/* Names that are no mail, as of what is being written, begin with a dot. */
static int is_mail(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static bool has_room(const char *folder)
{
    size_t count = 0;
    DIR *dir = opendir(folder);
    for (const struct dirent *entry = NULL; dir && (entry = readdir(dir));)
        count += is_mail(entry) ? 1 : 0;
    if (dir)
        closedir(dir);
    errno = ENOSPC;
    return dir && count < SPOOL_WAITING_MAX;
}

static bool make_folder(const char *data, const char *folder)
{
    struct stat owner;
    if (mkdir(folder, 0700) != 0)
        return errno == EEXIST;
    if (geteuid() == 0 && stat(data, &owner) == 0 && chown(folder, owner.st_uid, owner.st_gid) != 0)
        return false;
    return fs_sync_dir(data) == 0;
}

static enum spool_answer fill(int from, int to, const char *data)
{
    struct stat owner;
    enum spool_answer answer = to >= 0 ? copy(from, to) : SPOOL_LATER;
    if (answer != SPOOL_KEPT)
        return answer;
    if (geteuid() == 0 && (stat(data, &owner) != 0 || fchown(to, owner.st_uid, owner.st_gid) != 0))
        return SPOOL_LATER;
    return fsync(to) == 0 ? SPOOL_KEPT : SPOOL_LATER;
}

enum spool_answer spool_take(const char *data, int fd)
{
    char folder[PATH_BYTES], made[PATH_BYTES + 80], path[PATH_BYTES + 80], id[23];
    if (snprintf(folder, sizeof folder, "%s/" SPOOL_DIR, data) >= (int)sizeof folder) {
        errno = ENAMETOOLONG;
        return SPOOL_LATER;
    }
    if (!make_folder(data, folder) || !has_room(folder))
        return SPOOL_LATER;
    store_random_id(id);
    snprintf(made, sizeof made, "%s/.%s", folder, id);
    snprintf(path, sizeof path, "%s/%015lld-%s.eml", folder, (long long)store_now(), id);
    int to = open(made, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    enum spool_answer answer = fill(fd, to, data);
    int error = errno;
    if (to >= 0)
        close(to);
    if (answer == SPOOL_KEPT && (rename(made, path) != 0 || fs_sync_dir(folder) != 0)) {
        error = errno;
        answer = SPOOL_LATER;
    }
    if (answer != SPOOL_KEPT)
        unlink(made);
    errno = error;
    return answer;
}

const char *spool_first(const char *data, struct arena *arena)
{
    char first[256] = "";
    const char *folder = arena_printf(arena, "%s/" SPOOL_DIR, data);
    DIR *dir = folder ? opendir(folder) : NULL;
    for (const struct dirent *entry = NULL; dir && (entry = readdir(dir));)
        if (is_mail(entry) && (!*first || strcmp(entry->d_name, first) < 0))
            snprintf(first, sizeof first, "%s", entry->d_name);
    if (dir)
        closedir(dir);
    return *first ? arena_printf(arena, "%s/%s", folder, first) : NULL;
}

void spool_done(const char *path)
{
    unlink(path);
}
