/* Which files are in a folder, and below it. */
#include "../fs.h"
#include "folder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { PATH_CEILING = 16 * 1024 };

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
    if (depth == FOLDER_DEPTH_MAX)
        return ELOOP;
    DIR *folder = folder_open(at, name, O_NOFOLLOW);
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
    while (!error && (entry = folder_next(folder))) {
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
    DIR *folder = folder_open(AT_FDCWD, dir, 0);
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
