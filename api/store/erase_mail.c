/* Mails that stand as files in the data folder, where no mail server is set. */
#include "erase_inside.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

enum { MAIL_CEILING = 8 * 1024 * 1024 };

struct looking {
    struct conn *conn;
    int64_t person_id;
    const char *address;
    int folder;
    char *bytes; /* of a mail at a time */
};

/* 20261123T040000Z-17.eml: 17. 0: it is no mail of ours. */
static int64_t id_of(const char *name)
{
    const char *dash = strrchr(name, '-');
    char *end = NULL;
    int64_t id = dash ? strtoll(dash + 1, &end, 10) : 0;
    return end && strcmp(end, ".eml") == 0 ? id : 0;
}

static bool is_theirs(const struct looking *looking, int64_t id)
{
    struct query query = query_begin(looking->conn, SQL_ERASE_MAIL_IS_THEIRS);
    query_bind_int(&query, ":id", id);
    query_bind_int(&query, ":person", looking->person_id);
    query_bind_text(&query, ":email", looking->address);
    bool found = query_step(&query);
    return query_end(&query) != RC_OK || found;
}

/* Its row may be gone, as that of a sign-up is after a while. */
static bool names_them(const struct looking *looking, const char *name)
{
    int fd = openat(looking->folder, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    ssize_t len = 0, got = fd >= 0 ? 1 : 0;
    while (got > 0 && len < MAIL_CEILING) {
        got = read(fd, looking->bytes + len, (size_t)(MAIL_CEILING - len));
        len += got > 0 ? got : 0;
    }
    if (fd >= 0)
        close(fd);
    size_t wanted = strlen(looking->address);
    for (ssize_t at = 0; at + (ssize_t)wanted <= len; at++)
        if (strncasecmp(looking->bytes + at, looking->address, wanted) == 0)
            return true;
    return false;
}

static enum rc look_through(const struct looking *looking)
{
    int fd = openat(looking->folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;
    if (!dir && fd >= 0)
        close(fd);
    if (!dir)
        return RC_INTERNAL;
    enum rc rc = RC_OK;
    for (struct dirent *entry = readdir(dir); entry; entry = readdir(dir)) {
        int64_t id = id_of(entry->d_name);
        if (id > 0 && (is_theirs(looking, id) || names_them(looking, entry->d_name)) &&
            unlinkat(looking->folder, entry->d_name, 0) != 0 && errno != ENOENT)
            rc = RC_INTERNAL;
    }
    closedir(dir);
    return rc;
}

static enum rc find_address(struct conn *conn, struct arena *arena, int64_t person_id, const char **address)
{
    struct query query = query_begin(conn, SQL_ERASE_ADDRESS);
    query_bind_int(&query, ":person", person_id);
    *address = query_step(&query) ? query_text(&query, 0, arena) : NULL;
    enum rc rc = query_end(&query);
    return rc == RC_OK && !*address ? RC_INTERNAL : rc;
}

enum rc erase_mail_files(struct store *store, int64_t person_id)
{
    struct arena *arena = arena_new(2 * MAIL_CEILING);
    if (!arena)
        return RC_INTERNAL;
    struct looking looking = {.person_id = person_id, .bytes = arena_alloc(arena, MAIL_CEILING)};
    looking.folder = openat(store->files, "../mail", O_PATH | O_DIRECTORY | O_CLOEXEC);
    looking.conn = db_read(store->db);
    enum rc rc = looking.bytes ? find_address(looking.conn, arena, person_id, &looking.address) : RC_INTERNAL;
    if (rc == RC_OK && looking.folder >= 0)
        rc = look_through(&looking);
    db_done(looking.conn);
    if (looking.folder >= 0)
        close(looking.folder);
    arena_free(arena);
    return rc;
}
