/*
 * power_cut: preloaded into guichet-api, keeps beside what a program wrote what would be left after a power
 * cut: of each file the bytes of its last fsync, of each folder the names of its last one. POWER_CUT names
 * the folder for it: files are kept there by inode, folders as lists of "INODE NAME". POWER_CUT_FORGETS names
 * an ending: files with it are never kept, as if they had not been synced.
 */
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static bool is_forgotten(const char *path)
{
    const char *ending = getenv("POWER_CUT_FORGETS");
    size_t len = strlen(path), end = ending ? strlen(ending) : 0;
    return end > 0 && len >= end && strcmp(path + len - end, ending) == 0;
}

static void keep_file(const char *path, const char *kept)
{
    static char piece[65536]; /* a server's threads have small stacks */
    char half[PATH_MAX + 128];
    ssize_t got;
    snprintf(half, sizeof half, "%s.half", kept);
    int from = open(path, O_RDONLY | O_CLOEXEC),
        to = open(half, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    while (from >= 0 && to >= 0 && (got = read(from, piece, sizeof piece)) > 0)
        if (write(to, piece, (size_t)got) != got)
            abort();
    if (from >= 0)
        close(from);
    if (to >= 0)
        close(to);
    if (rename(half, kept) != 0)
        abort();
}

static void keep_folder(const char *path, const char *kept)
{
    char half[PATH_MAX + 128];
    snprintf(half, sizeof half, "%s.half", kept);
    FILE *list = fopen(half, "we");
    DIR *folder = opendir(path);
    const struct dirent *entry;
    if (!list || !folder)
        abort();
    fprintf(list, "%s\n", path);
    while ((entry = readdir(folder)))
        if (entry->d_type == DT_REG)
            fprintf(list, "%llu %s\n", (unsigned long long)entry->d_ino, entry->d_name);
    closedir(folder);
    if (fclose(list) != 0 || rename(half, kept) != 0)
        abort();
}

static int keep(int fd, const char *which)
{
    int (*real)(int);
    char link[64], path[PATH_MAX], kept[PATH_MAX + 64];
    const char *place = getenv("POWER_CUT");
    struct stat what;
    *(void **)&real = dlsym(RTLD_NEXT, which);
    int result = real(fd);
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t len = readlink(link, path, sizeof path - 1);
    if (result != 0 || !place || len < 0 || fstat(fd, &what) != 0)
        return result;
    path[len] = '\0';
    bool folder = S_ISDIR(what.st_mode);
    snprintf(kept, sizeof kept, "%s/%s%llu", place, folder ? "folder-" : "", (unsigned long long)what.st_ino);
    pthread_mutex_lock(&lock);
    if (folder)
        keep_folder(path, kept);
    else if (!is_forgotten(path))
        keep_file(path, kept);
    pthread_mutex_unlock(&lock);
    return result;
}

__attribute__((visibility("default"))) int fsync(int fd)
{
    return keep(fd, "fsync");
}

__attribute__((visibility("default"))) int fdatasync(int fd)
{
    return keep(fd, "fdatasync");
}
