#include "inputs.h"

#include "publish/stamp.h"
#include "theme/theme.h"

#include <dirent.h>
#include <fcntl.h>
#include <link.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { DEPTH_MAX = 64 };

struct listing {
    struct buf *out;
    int64_t last; /* when any of it was changed last */
    bool failed;
};

static void add_text(struct listing *listing, const char *text)
{
    buf_add(listing->out, text ? text : "", strlen(text ? text : "") + 1);
}

static void add_stamp(struct listing *listing, const struct stat *info)
{
    struct stamp stamp = stamp_of(info);
    buf_add(listing->out, &stamp, sizeof stamp);
    if (stamp.changed > listing->last)
        listing->last = stamp.changed;
}

static void add_folder(struct listing *listing, int at, const char *name, int depth);

/* Of a link both it and what it leads to: most are left out, but a settings file may be one. */
static void add_entry(struct listing *listing, int at, const char *name, int depth)
{
    struct stat info;
    add_text(listing, name);
    if (fstatat(at, name, &info, AT_SYMLINK_NOFOLLOW) != 0)
        return; /* it is gone again, which its name without a stamp tells */
    if (S_ISDIR(info.st_mode)) {
        add_folder(listing, at, name, depth + 1);
        return;
    }
    add_stamp(listing, &info);
    if (!S_ISLNK(info.st_mode) || fstatat(at, name, &info, 0) != 0)
        return;
    add_stamp(listing, &info);
    listing->failed |= S_ISDIR(info.st_mode); /* where that leads, and whether it ends, is not looked at */
}

/* The names of a folder come in an order of their own, which is the same as long as nothing changes. */
static void add_folder(struct listing *listing, int at, const char *name, int depth)
{
    int fd = depth < DEPTH_MAX ? openat(at, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    DIR *folder = fd >= 0 ? fdopendir(fd) : NULL;
    struct dirent *entry;
    add_text(listing, folder ? "{" : "-");
    if (!folder) {
        listing->failed |= depth > 0; /* the portal may do without themes/, but not without a folder it has */
        if (fd >= 0)
            close(fd);
        return;
    }
    while ((entry = readdir(folder))) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            add_entry(listing, fd, entry->d_name, depth);
    }
    add_text(listing, "}");
    closedir(folder);
}

/* Another version of the program or of a library makes other pages. */
static int add_library(struct dl_phdr_info *info, size_t size, void *context)
{
    struct listing *listing = context;
    struct stat file;
    (void)size;
    const char *path = info->dlpi_name[0] ? info->dlpi_name : "/proc/self/exe";
    add_text(listing, path);
    if (stat(path, &file) == 0)
        add_stamp(listing, &file);
    return 0;
}

static void add_overlay(struct listing *listing, const json_t *overlay)
{
    char *text = overlay ? json_dumps(overlay, JSON_COMPACT | JSON_SORT_KEYS) : NULL;
    add_text(listing, text);
    listing->failed |= overlay && !text;
    free(text);
}

static void add_options(struct listing *listing, const struct build_options *options)
{
    add_text(listing, GUICHET_VERSION);
    add_text(listing, options->site);
    add_text(listing, options->themes);
    add_text(listing, options->out);
    add_text(listing, options->compress ? "compress" : "");
    add_text(listing, options->pseudo ? "pseudo" : "");
    add_overlay(listing, options->settings);
    add_overlay(listing, options->overlay);
}

bool inputs_list(const struct build_options *options, struct buf *out)
{
    struct listing listing = {.out = out};
    struct arena *arena = arena_new(0);
    if (!arena)
        return false;
    add_options(&listing, options);
    dl_iterate_phdr(add_library, &listing);
    add_folder(&listing, AT_FDCWD, site_path(arena, options->site, "content"), 0);
    const char *const *folders = theme_folders(arena, options->site, options->themes);
    for (; *folders; folders++)
        add_folder(&listing, AT_FDCWD, *folders, 0);
    arena_free(arena);
    return !listing.failed && buf_ok(out) && stamp_settle(listing.last);
}
