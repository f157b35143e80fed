#include "copy.h"

#include "../../lib/fs.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CHUNK = 64 * 1024 };

static bool say(const struct copy *copy, const char *path, const char *what, int error)
{
    diag_error(copy->diag, (struct place){.file = path}, "%s: %s", what, strerror(error));
    return false;
}

bool copy_begin(struct copy *copy, const char *from, const char *to, struct diag *diag)
{
    *copy =
        (struct copy){.from = from, .name = to, .arena = arena_new(0), .diag = diag, .chunk = malloc(CHUNK)};
    copy->to = copy->arena ? arena_printf(copy->arena, "%s.part", to) : NULL;
    if (!copy->to || !copy->chunk)
        return say(copy, to, "cannot be made", ENOMEM);
    umask(077);
    fs_remove_tree(copy->to);
    if (mkdir(copy->to, 0700) == 0)
        return true;
    say(copy, copy->to, "cannot be made", errno);
    copy->to = NULL;
    return false;
}

static bool pour(struct copy *copy, int in, int out)
{
    ssize_t got;
    while ((got = read(in, copy->chunk, CHUNK)) > 0) {
        for (ssize_t at = 0, put; at < got; at += put)
            if ((put = write(out, copy->chunk + at, (size_t)(got - at))) < 0)
                return false;
        copy->bytes += (uint64_t)got;
    }
    return got == 0;
}

/* What has gone since the list was made was dealt with, or erased. */
static bool copy_file(struct copy *copy, const char *name)
{
    const char *source = fs_join(copy->arena, copy->from, name);
    char *target = fs_join(copy->arena, copy->to, name);
    int in = open(source, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (in < 0)
        return errno == ENOENT || say(copy, source, "cannot be read", errno);
    char *slash = strrchr(target, '/');
    *slash = '\0';
    int error = fs_mkdirs(target);
    *slash = '/';
    int out = error ? -1 : open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool good = out >= 0 && pour(copy, in, out);
    error = error ? error : errno;
    close(in);
    if (out >= 0)
        good = close(out) == 0 && good;
    copy->files += good;
    return good || say(copy, target, "cannot be copied", error);
}

bool copy_files(struct copy *copy, bool (*is_wanted)(const char *path))
{
    struct fs_entry *entries;
    size_t count;
    int error = fs_walk(copy->from, copy->arena, &entries, &count);
    if (error)
        return say(copy, copy->from, "cannot be read", error);
    for (size_t i = 0; i < count; i++)
        if (is_wanted(entries[i].path) && !copy_file(copy, entries[i].path))
            return false;
    return true;
}

static bool to_disk(const struct copy *copy)
{
    int folder = open(copy->to, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool good = folder >= 0 && syncfs(folder) == 0;
    if (folder >= 0)
        close(folder);
    return good;
}

bool copy_finish(struct copy *copy)
{
    if (!to_disk(copy) || rename(copy->to, copy->name) != 0)
        return say(copy, copy->name, "cannot be made", errno);
    copy->to = NULL;
    return true;
}

void copy_release(struct copy *copy)
{
    if (copy->to)
        fs_remove_tree(copy->to);
    free(copy->chunk);
    arena_free(copy->arena);
    *copy = (struct copy){0};
}
