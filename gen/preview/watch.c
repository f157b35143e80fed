#include "watch.h"

#include "../../lib/arena.h"

#include <dirent.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { DEPTH_MAX = 64, FOLDERS_MAX = 100 * 1000, PATH_CEILING = 4096 };

#define OF_FILES (IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ONLYDIR)
#define OF_SURROUNDINGS (IN_CREATE | IN_MOVED_TO | IN_ONLYDIR)

/* A folder, by its watch descriptor. */
struct watched {
    char *path;
    bool around; /* only to see the watched folder in it appear */
};

struct watch {
    int fd;
    const char *const *folders;
    struct watched *known; /* by descriptor; those that are gone have no path */
    size_t known_count;
    bool full; /* the kernel watches no more */
};

static bool is_left_out(const char *name)
{
    size_t len = strlen(name);
    return len == 0 || name[0] == '.' || name[len - 1] == '~';
}

static bool remember(struct watch *watch, int descriptor, const char *path, bool around)
{
    size_t at = (size_t)descriptor;
    if (at >= FOLDERS_MAX)
        return false;
    if (at >= watch->known_count) {
        size_t count = at + 64;
        struct watched *known = realloc(watch->known, count * sizeof *known);
        if (!known)
            return false;
        memset(known + watch->known_count, 0, (count - watch->known_count) * sizeof *known);
        watch->known = known;
        watch->known_count = count;
    }
    struct watched *entry = &watch->known[at];
    bool news = !entry->path;
    free(entry->path);
    *entry = (struct watched){strdup(path), around && (news || entry->around)};
    return true;
}

static void add_folder(struct watch *watch, const char *path, int depth)
{
    int descriptor = inotify_add_watch(watch->fd, path, OF_FILES);
    if (descriptor < 0 || !remember(watch, descriptor, path, false)) {
        watch->full = watch->full || errno == ENOSPC || descriptor >= 0;
        return;
    }
    DIR *dir = depth < DEPTH_MAX ? opendir(path) : NULL;
    for (struct dirent *entry = dir ? readdir(dir) : NULL; entry; entry = readdir(dir)) {
        char below[PATH_CEILING];
        struct stat info;
        if (is_left_out(entry->d_name) ||
            snprintf(below, sizeof below, "%s/%s", path, entry->d_name) >= (int)sizeof below)
            continue;
        if (lstat(below, &info) == 0 && S_ISDIR(info.st_mode))
            add_folder(watch, below, depth + 1);
    }
    if (dir)
        closedir(dir);
}

/* The folder that holds another: "a/b/content" -> "a/b", "content" -> ".". */
static void surroundings_of(const char *path, char *out, size_t size)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        snprintf(out, size, ".");
    else
        snprintf(out, size, "%.*s", slash == path ? 1 : (int)(slash - path), path);
}

static void add_all(struct watch *watch)
{
    for (const char *const *folder = watch->folders; *folder; folder++) {
        char around[PATH_CEILING];
        surroundings_of(*folder, around, sizeof around);
        int descriptor = inotify_add_watch(watch->fd, around, OF_SURROUNDINGS | IN_MASK_ADD);
        if (descriptor >= 0)
            remember(watch, descriptor, around, true);
    }
    for (const char *const *folder = watch->folders; *folder; folder++)
        add_folder(watch, *folder, 0);
}

struct watch *watch_new(const char *const *folders, struct diag *diag)
{
    struct watch *watch = calloc(1, sizeof *watch);
    if (!watch)
        return NULL;
    watch->folders = folders;
    watch->fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (watch->fd < 0) {
        diag_error(diag, (struct place){0}, "files cannot be watched: %s", strerror(errno));
        free(watch);
        return NULL;
    }
    add_all(watch);
    if (watch->full)
        diag_warning(diag, (struct place){.file = folders[0]},
                     "too many folders to watch them all; raise fs.inotify.max_user_watches");
    return watch;
}

void watch_free(struct watch *watch)
{
    if (!watch)
        return;
    for (size_t i = 0; i < watch->known_count; i++)
        free(watch->known[i].path);
    free(watch->known);
    close(watch->fd);
    free(watch);
}

int watch_fd(const struct watch *watch)
{
    return watch->fd;
}

static bool is_css(const char *name)
{
    size_t len = strlen(name);
    return len > 4 && strcmp(name + len - 4, ".css") == 0;
}

static void note(struct changes *changes, const char *name)
{
    if (!changes->any) {
        changes->only_css = true;
        snprintf(changes->first, sizeof changes->first, "%s", name);
    }
    changes->any = true;
    changes->only_css = changes->only_css && is_css(name);
}

/* Is it one of the watched folders, which appeared? */
static bool is_root(const struct watch *watch, const char *path)
{
    for (const char *const *folder = watch->folders; *folder; folder++) {
        const char *bare = strncmp(path, "./", 2) == 0 ? path + 2 : path;
        if (strcmp(*folder, path) == 0 || strcmp(*folder, bare) == 0)
            return true;
    }
    return false;
}

/* A file that was only made is empty still, unless it is a link to one; its content is the news. */
static bool is_news(const struct inotify_event *event, const char *path)
{
    struct stat info;
    if (!(event->mask & IN_CREATE) || (event->mask & IN_ISDIR))
        return true;
    return lstat(path, &info) == 0 && (S_ISLNK(info.st_mode) || info.st_nlink > 1);
}

static void take_event(struct watch *watch, const struct inotify_event *event, struct changes *changes)
{
    char path[PATH_CEILING];
    if (event->mask & IN_Q_OVERFLOW) {
        add_all(watch);
        note(changes, "many files");
        return;
    }
    size_t at = (size_t)event->wd;
    if (event->wd < 0 || at >= watch->known_count || !watch->known[at].path)
        return;
    if (event->mask & IN_IGNORED) {
        free(watch->known[at].path);
        watch->known[at] = (struct watched){0};
        return;
    }
    if (event->len == 0 || is_left_out(event->name) ||
        snprintf(path, sizeof path, "%s/%s", watch->known[at].path, event->name) >= (int)sizeof path)
        return;
    if (watch->known[at].around && !is_root(watch, path))
        return;
    if ((event->mask & IN_ISDIR) && (event->mask & (IN_CREATE | IN_MOVED_TO)))
        add_folder(watch, path, 0);
    if (is_news(event, path))
        note(changes, path);
}

static bool take_events(struct watch *watch, struct changes *changes)
{
    _Alignas(struct inotify_event) char bytes[16 * 1024];
    bool took = false;
    for (ssize_t got = read(watch->fd, bytes, sizeof bytes); got > 0;
         got = read(watch->fd, bytes, sizeof bytes)) {
        took = true;
        for (char *at = bytes; at < bytes + got;) {
            const struct inotify_event *event = (const struct inotify_event *)(void *)at;
            take_event(watch, event, changes);
            at += sizeof *event + event->len;
        }
    }
    return took;
}

void watch_take(struct watch *watch, int settle_ms, struct changes *changes)
{
    take_events(watch, changes);
    for (int i = 0; i < 10; i++) {
        struct pollfd wait = {.fd = watch->fd, .events = POLLIN};
        if (poll(&wait, 1, settle_ms) <= 0 || !take_events(watch, changes))
            return;
        const struct timespec pause = {.tv_nsec = settle_ms / 2 * 1000000L};
        nanosleep(&pause, NULL);
    }
}
