#include "folder.h"

#include "../../lib/fs.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define PREFIX "guichet-preview-"
enum { ATTEMPTS = 16 };

static const char *above(void)
{
    const char *dir = getenv("TMPDIR");
    return dir && dir[0] == '/' && strlen(dir) < FOLDER_PATH_MAX / 2 ? dir : "/tmp";
}

/* The folder's descriptor, locked; -1: it is not ours, in use, or gone. */
static int lock_of(const char *path)
{
    struct stat opened, named;
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        return -1;
    if (fstat(fd, &opened) == 0 && opened.st_uid == geteuid() && flock(fd, LOCK_EX | LOCK_NB) == 0 &&
        stat(path, &named) == 0 && named.st_ino == opened.st_ino && named.st_dev == opened.st_dev)
        return fd;
    close(fd);
    return -1;
}

static void remove_if_left(const char *path)
{
    int lock = lock_of(path);
    if (lock < 0)
        return;
    fs_remove_tree(path);
    close(lock);
}

static void remove_left_ones(const char *dir)
{
    DIR *entries = opendir(dir);
    if (!entries)
        return;
    for (struct dirent *entry = readdir(entries); entry; entry = readdir(entries)) {
        char path[FOLDER_PATH_MAX];
        if (strncmp(entry->d_name, PREFIX, strlen(PREFIX)) != 0)
            continue;
        if (snprintf(path, sizeof path, "%s/%s", dir, entry->d_name) < (int)sizeof path)
            remove_if_left(path);
    }
    closedir(entries);
}

/* Another run may take a folder that is not locked yet for one left behind: then it is made once more. */
bool folder_make(struct folder *folder, struct diag *diag)
{
    remove_left_ones(above());
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        snprintf(folder->path, sizeof folder->path, "%s/" PREFIX "XXXXXX", above());
        if (!mkdtemp(folder->path))
            break;
        folder->lock = lock_of(folder->path);
        if (folder->lock >= 0)
            return true;
        fs_remove_tree(folder->path);
    }
    diag_error(diag, (struct place){.file = above()}, "a temporary folder cannot be made here: %s",
               strerror(errno));
    return false;
}

void folder_remove(struct folder *folder)
{
    fs_remove_tree(folder->path);
    close(folder->lock);
}
