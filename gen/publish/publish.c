#include "publish.h"

#include "../../lib/fs.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

struct publish {
    struct arena *arena;
    const char *out;
    const char *staging;
    bool made_out; /* `out` was not there before */
    int staging_fd;
    int lock_fd;
};

static void complain(struct diag *diag, const char *path, const char *what, int error)
{
    diag_error(diag, (struct place){.file = path}, "%s: %s", what, strerror(error));
}

/* Only the last folder of the path is made: a mistyped path should not come true. */
static bool make_out(struct publish *publish, struct diag *diag)
{
    if (mkdir(publish->out, 0755) == 0) {
        publish->made_out = true;
        return true;
    }
    int error = errno;
    if (error == EEXIST && fs_is_dir(publish->out))
        return true;
    if (error == ENOENT)
        diag_error(diag, (struct place){.file = publish->out},
                   "the folder that is to hold it does not exist");
    else
        complain(diag, publish->out, "cannot be made", error);
    return false;
}

/* The folder itself is locked, so that no file is left lying in it. */
static bool take_lock(struct publish *publish, struct diag *diag)
{
    publish->lock_fd = open(publish->out, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (publish->lock_fd < 0) {
        complain(diag, publish->out, "cannot be opened", errno);
        return false;
    }
    if (flock(publish->lock_fd, LOCK_EX | LOCK_NB) == 0)
        return true;
    diag_error(diag, (struct place){.file = publish->out},
               "another run is writing here; try again when it is done");
    return false;
}

static bool make_staging(struct publish *publish, struct diag *diag)
{
    publish->staging = fs_join(publish->arena, publish->out, ".staging");
    int error = fs_remove_tree(publish->staging); /* of a run that was cut short */
    if (!error)
        error = fs_mkdirs(fs_join(publish->arena, publish->staging, "site"));
    if (!error)
        error = fs_mkdirs(fs_join(publish->arena, publish->staging, "portal"));
    if (!error) {
        publish->staging_fd = open(publish->staging, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        error = publish->staging_fd < 0 ? errno : 0;
    }
    if (error)
        complain(diag, publish->staging, "cannot be made", error);
    return error == 0;
}

static void publish_free(struct publish *publish)
{
    if (publish->staging_fd >= 0)
        close(publish->staging_fd);
    if (publish->lock_fd >= 0)
        close(publish->lock_fd);
    arena_free(publish->arena);
    free(publish);
}

struct publish *publish_begin(const char *out, struct diag *diag)
{
    struct publish *publish = calloc(1, sizeof *publish);
    if (!publish)
        return NULL;
    publish->staging_fd = publish->lock_fd = -1;
    publish->arena = arena_new(0);
    publish->out = out;
    if (publish->arena && make_out(publish, diag) && take_lock(publish, diag) && make_staging(publish, diag))
        return publish;
    publish_free(publish);
    return NULL;
}

/* The folders of a path below the staging folder; those that are there already are fine. */
static int make_parents(int at, const char *path)
{
    char folder[4096];
    size_t len = strlen(path);
    if (len >= sizeof folder)
        return ENAMETOOLONG;
    memcpy(folder, path, len + 1);
    for (char *slash = strchr(folder, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (mkdirat(at, folder, 0755) != 0 && errno != EEXIST)
            return errno;
        *slash = '/';
    }
    return 0;
}

/* Most pages have a folder of their own, in one that is there: try the short way first. */
static int open_new(int at, const char *path)
{
    const int flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC;
    int fd = openat(at, path, flags, 0644);
    if (fd < 0 && errno == ENOENT) {
        int error = make_parents(at, path);
        if (error) {
            errno = error;
            return -1;
        }
        fd = openat(at, path, flags, 0644);
    }
    return fd;
}

static int write_all(int fd, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t done = write(fd, bytes, len);
        if (done < 0 && errno != EINTR)
            return errno;
        if (done > 0) {
            bytes += done;
            len -= (size_t)done;
        }
    }
    return 0;
}

bool publish_write(struct publish *publish, const char *path, const void *bytes, size_t len,
                   struct diag *diag)
{
    int fd = open_new(publish->staging_fd, path);
    int error = fd < 0 ? errno : write_all(fd, bytes, len);
    if (fd >= 0 && close(fd) != 0 && !error)
        error = errno;
    if (error)
        diag_error(diag, (struct place){.file = publish->staging}, "%s cannot be written: %s", path,
                   strerror(error));
    return error == 0;
}

static int swap(struct publish *publish, const char *name)
{
    const char *previous = fs_join(publish->arena, fs_join(publish->arena, publish->out, "previous"), name);
    return fs_swap(fs_join(publish->arena, publish->staging, name),
                   fs_join(publish->arena, publish->out, name), previous);
}

/* The pages go first; when the compiled portal cannot follow, they go back. */
static void undo_site(struct publish *publish)
{
    const char *site = fs_join(publish->arena, publish->out, "site");
    const char *previous = fs_join(publish->arena, publish->out, "previous/site");
    if (fs_is_dir(previous))
        fs_swap(previous, site, fs_join(publish->arena, publish->staging, "site"));
    else
        fs_remove_tree(site);
}

bool publish_commit(struct publish *publish, struct diag *diag)
{
    int error = fs_mkdirs(fs_join(publish->arena, publish->out, "previous"));
    if (!error)
        error = swap(publish, "site");
    if (!error) {
        error = swap(publish, "portal");
        if (error)
            undo_site(publish);
    }
    if (error)
        complain(diag, publish->out, "the new pages cannot take their place", error);
    fs_remove_tree(publish->staging);
    publish_free(publish);
    return error == 0;
}

void publish_abort(struct publish *publish)
{
    if (!publish)
        return;
    fs_remove_tree(publish->staging);
    if (publish->made_out)
        rmdir(publish->out);
    publish_free(publish);
}
