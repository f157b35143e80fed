#include "sweep.h"

#include "../../lib/log.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ID_LEN = 22 };

/* A stream of its own, since closedir() closes what it was made from. */
static DIR *open_again(int folder)
{
    int fd = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;
    if (!dir && fd >= 0)
        close(fd);
    return dir;
}

static bool older_file(int folder, const char *name, int64_t started)
{
    struct stat found;
    if (fstatat(folder, name, &found, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(found.st_mode))
        return false;
    return (int64_t)found.st_mtim.tv_sec * 1000 + found.st_mtim.tv_nsec / 1000000 < started;
}

static enum rc empty_tmp(struct store *store, size_t *removed)
{
    DIR *dir = open_again(store->tmp);
    if (!dir)
        return RC_INTERNAL;
    for (struct dirent *entry = readdir(dir); entry; entry = readdir(dir)) {
        if (strlen(entry->d_name) == ID_LEN && unlinkat(store->tmp, entry->d_name, 0) == 0)
            (*removed)++;
    }
    closedir(dir);
    return RC_OK;
}

/* In doubt, when the database does not answer: yes. */
static bool has_row(struct conn *conn, const char *id)
{
    struct query query = query_begin(conn, SQL_FILE_IS_KEPT);
    query_bind_text(&query, ":id", id);
    bool found = query_step(&query);
    return query_end(&query) != RC_OK || found;
}

static enum rc remove_orphans(struct store *store, int64_t started, size_t *removed)
{
    DIR *dir = open_again(store->files);
    if (!dir)
        return RC_INTERNAL;
    struct conn *conn = db_read(store->db);
    for (struct dirent *entry = readdir(dir); entry; entry = readdir(dir)) {
        const char *id = entry->d_name;
        if (strlen(id) == ID_LEN && older_file(store->files, id, started) && !has_row(conn, id) &&
            unlinkat(store->files, id, 0) == 0)
            (*removed)++;
    }
    db_done(conn);
    closedir(dir);
    return RC_OK;
}

enum rc sweep_files(struct store *store, int64_t started)
{
    size_t removed = 0;
    enum rc rc = empty_tmp(store, &removed);
    if (rc == RC_OK)
        rc = remove_orphans(store, started, &removed);
    if (removed > 0) {
        char count[24];
        snprintf(count, sizeof count, "%zu", removed);
        log_event(LOG_INFO, "store swept unfinished files", "count", count, NULL);
    }
    return rc;
}
