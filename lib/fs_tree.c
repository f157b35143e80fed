/*
 * The part of fs that works on whole folders: walking, removing, swapping.
 */
#include "fs.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Each level holds a file descriptor and a stack frame while it is worked on. */
enum { DEPTH_MAX = 64, PATH_CEILING = 16 * 1024 };

static DIR *open_folder(int at, const char *name, int flags)
{
    int fd = openat(at, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | flags);
    if (fd < 0)
        return NULL;
    DIR *folder = fdopendir(fd);
    if (!folder) {
        int error = errno;
        close(fd);
        errno = error;
    }
    return folder;
}

static bool is_dots(const char *name)
{
    return name[0] == '.' && (name[1] == '\0' || (name[1] == '.' && name[2] == '\0'));
}

/* readdir() without its trap: NULL means the end when errno is 0. */
static struct dirent *next_entry(DIR *folder)
{
    struct dirent *entry;
    do {
        errno = 0;
        entry = readdir(folder);
    } while (entry && is_dots(entry->d_name));
    return entry;
}

/* A path without the slashes at its end, through which a link would be followed. */
static char *bare_path(const char *path)
{
    size_t len = strlen(path);
    while (len > 1 && path[len - 1] == '/')
        len--;
    return strndup(path, len);
}

struct walk {
    struct arena *arena;
    struct fs_entry *entries; /* grown with realloc(), copied into the arena at the end */
    size_t count, cap;
    struct buf path;    /* of the entry that is looked at */
    bool links;         /* list them */
    bool flat;          /* do not go into folders */
    const char *failed; /* the first folder that could not be opened; in the arena */
};

static int walk_keep(struct walk *walk, const struct stat *info)
{
    if (walk->count == walk->cap) {
        size_t cap = walk->cap ? walk->cap * 2 : 64;
        struct fs_entry *entries = realloc(walk->entries, cap * sizeof *entries);
        if (!entries)
            return ENOMEM;
        walk->entries = entries;
        walk->cap = cap;
    }
    const char *path = arena_strndup(walk->arena, walk->path.data, walk->path.len);
    if (!path)
        return ENOMEM;
    walk->entries[walk->count++] =
        (struct fs_entry){path, (uint64_t)info->st_size, info->st_mtim, S_ISLNK(info->st_mode)};
    return 0;
}

static bool walk_skips(const char *name)
{
    return name[0] == '.' || name[strlen(name) - 1] == '~';
}

static int walk_folder(struct walk *walk, DIR *folder, int depth);

static int walk_below(struct walk *walk, int at, const char *name, int depth)
{
    if (walk->flat)
        return 0;
    if (depth == DEPTH_MAX)
        return ELOOP;
    DIR *folder = open_folder(at, name, O_NOFOLLOW);
    if (!folder && errno != ENOENT) {
        int error = errno;
        walk->failed = arena_strdup(walk->arena, walk->path.data);
        return error;
    }
    if (!folder)
        return 0;
    buf_addc(&walk->path, '/');
    int error = walk_folder(walk, folder, depth + 1);
    closedir(folder);
    return error;
}

/* What goes away while it is looked at was not there. */
static int walk_entry(struct walk *walk, DIR *folder, const char *name, int depth)
{
    struct stat info;
    if (fstatat(dirfd(folder), name, &info, AT_SYMLINK_NOFOLLOW) != 0)
        return errno == ENOENT ? 0 : errno;
    if (!S_ISDIR(info.st_mode) && !S_ISREG(info.st_mode) && !(walk->links && S_ISLNK(info.st_mode)))
        return 0;
    size_t before = walk->path.len;
    buf_adds(&walk->path, name);
    int error = !buf_ok(&walk->path)    ? ENAMETOOLONG
                : S_ISDIR(info.st_mode) ? walk_below(walk, dirfd(folder), name, depth)
                                        : walk_keep(walk, &info);
    buf_cut(&walk->path, before);
    return error;
}

static int walk_folder(struct walk *walk, DIR *folder, int depth)
{
    int error = 0;
    struct dirent *entry;
    while (!error && (entry = next_entry(folder))) {
        if (!walk_skips(entry->d_name))
            error = walk_entry(walk, folder, entry->d_name, depth);
    }
    return error ? error : errno;
}

static int by_path(const void *left, const void *right)
{
    const struct fs_entry *a = left, *b = right;
    return strcmp(a->path, b->path);
}

/* The same list whatever order the file system tells its names in. */
static int walk_finish(struct walk *walk, struct fs_entry **entries, size_t *count)
{
    struct fs_entry *list = arena_alloc(walk->arena, walk->count * sizeof *list);
    if (!list)
        return ENOMEM;
    if (walk->count > 0) {
        qsort(walk->entries, walk->count, sizeof *list, by_path);
        memcpy(list, walk->entries, walk->count * sizeof *list);
    }
    *entries = list;
    *count = walk->count;
    return 0;
}

static int walk_from(struct walk *walk, const char *dir, struct fs_entry **entries, size_t *count)
{
    *entries = NULL;
    *count = 0;
    DIR *folder = open_folder(AT_FDCWD, dir, 0);
    if (!folder)
        return errno;
    buf_init(&walk->path, PATH_CEILING);
    int error = walk_folder(walk, folder, 0);
    closedir(folder);
    if (!error)
        error = walk_finish(walk, entries, count);
    buf_release(&walk->path);
    free(walk->entries);
    return error;
}

int fs_walk(const char *dir, struct arena *arena, struct fs_entry **entries, size_t *count)
{
    struct walk walk = {.arena = arena};
    return walk_from(&walk, dir, entries, count);
}

int fs_walk_sources(const char *dir, struct arena *arena, struct fs_entry **entries, size_t *count,
                    const char **failed)
{
    struct walk walk = {.arena = arena, .links = true};
    int error = walk_from(&walk, dir, entries, count);
    *failed = walk.failed ? fs_join(arena, dir, walk.failed) : dir;
    return error;
}

int fs_list(const char *dir, struct arena *arena, const char ***names, size_t *count)
{
    struct walk walk = {.arena = arena, .flat = true};
    struct fs_entry *entries;
    int error = walk_from(&walk, dir, &entries, count);
    const char **list = arena_alloc(arena, (*count + 1) * sizeof *list);
    for (size_t i = 0; list && i < *count; i++)
        list[i] = entries[i].path;
    *names = list;
    return error || list ? error : ENOMEM;
}

static int remove_entry(int at, const char *name, int depth);

static int remove_content(DIR *folder, int depth)
{
    int error = 0;
    struct dirent *entry;
    while (!error && (entry = next_entry(folder)))
        error = remove_entry(dirfd(folder), entry->d_name, depth);
    return error ? error : errno;
}

static int remove_folder(int at, const char *name, int depth)
{
    if (depth == DEPTH_MAX)
        return ELOOP;
    DIR *folder = open_folder(at, name, O_NOFOLLOW);
    if (!folder)
        return errno;
    int error = remove_content(folder, depth + 1);
    closedir(folder);
    if (!error && unlinkat(at, name, AT_REMOVEDIR) != 0)
        error = errno;
    return error;
}

/* unlink() first: it never follows a link and never removes a folder, whatever was swapped in meanwhile. */
static int remove_entry(int at, const char *name, int depth)
{
    if (unlinkat(at, name, 0) == 0 || errno == ENOENT)
        return 0;
    if (errno != EISDIR && errno != EPERM)
        return errno;
    int error = remove_folder(at, name, depth);
    return error == ENOENT ? 0 : error;
}

int fs_remove_tree(const char *path)
{
    char *bare = bare_path(path);
    if (!bare)
        return ENOMEM;
    struct stat info;
    int error = 0;
    if (lstat(bare, &info) != 0)
        error = errno == ENOENT ? 0 : errno;
    else if (S_ISDIR(info.st_mode) || S_ISLNK(info.st_mode))
        error = remove_entry(AT_FDCWD, bare, 0);
    else
        error = ENOTDIR;
    free(bare);
    return error;
}

/* Where the file system cannot exchange two names, there is a moment without `target`. */
static int swap_by_renames(const char *staging, const char *target, const char *previous)
{
    int error = fs_remove_tree(previous);
    if (error)
        return error;
    if (rename(target, previous) != 0)
        return errno;
    if (rename(staging, target) == 0)
        return 0;
    error = errno;
    rename(previous, target);
    return error;
}

/* What stood at `target` lies at `staging` now. */
static int swap_keep_previous(const char *staging, const char *target, const char *previous)
{
    int error = fs_remove_tree(previous);
    if (!error && rename(staging, previous) != 0)
        error = errno;
    if (error)
        renameat2(AT_FDCWD, staging, AT_FDCWD, target, RENAME_EXCHANGE);
    return error;
}

int fs_swap(const char *staging, const char *target, const char *previous)
{
    if (!fs_is_dir(staging))
        return ENOENT;
    if (renameat2(AT_FDCWD, staging, AT_FDCWD, target, RENAME_EXCHANGE) == 0)
        return swap_keep_previous(staging, target, previous);
    if (errno == EINVAL || errno == ENOSYS)
        return swap_by_renames(staging, target, previous);
    if (errno != ENOENT)
        return errno;
    /* The first time: nothing to exchange with. */
    int error = fs_remove_tree(previous);
    if (!error && rename(staging, target) != 0)
        error = errno;
    return error;
}

/* `a` waits aside, so that `b` is away as shortly as can be. */
static int exchange_by_renames(const char *a, const char *b, const char *aside)
{
    int error = fs_remove_tree(aside);
    if (error)
        return error;
    if (rename(a, aside) != 0)
        return errno;
    if (rename(b, a) != 0) {
        error = errno;
    } else if (rename(aside, b) != 0) {
        error = errno;
        rename(a, b);
    }
    if (error)
        rename(aside, a);
    return error;
}

int fs_exchange(const char *a, const char *b, const char *aside)
{
    if (renameat2(AT_FDCWD, a, AT_FDCWD, b, RENAME_EXCHANGE) == 0)
        return 0;
    return errno == EINVAL || errno == ENOSYS ? exchange_by_renames(a, b, aside) : errno;
}
