/* Removing a folder and all below it. */
#include "../fs.h"
#include "folder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A path without the slashes at its end, through which a link would be followed. */
static char *bare_path(const char *path)
{
    size_t len = strlen(path);
    while (len > 1 && path[len - 1] == '/')
        len--;
    return strndup(path, len);
}

static int remove_entry(int at, const char *name, int depth);

static int remove_content(DIR *folder, int depth)
{
    int error = 0;
    struct dirent *entry;
    while (!error && (entry = folder_next(folder)))
        error = remove_entry(dirfd(folder), entry->d_name, depth);
    return error ? error : errno;
}

static int remove_folder(int at, const char *name, int depth)
{
    if (depth == FOLDER_DEPTH_MAX)
        return ELOOP;
    DIR *folder = folder_open(at, name, O_NOFOLLOW);
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
