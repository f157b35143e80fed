/*
 * fs: files and folders, safely.
 *
 * lib/fs.c has files and paths; lib/fs walks, removes and swaps whole folders.
 *
 * Every function returns 0 or an errno value. Paths are UTF-8, '/'-separated.
 */
#ifndef GUICHET_FS_H
#define GUICHET_FS_H

#include "arena.h"
#include "buf.h"

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/*
 * Append the whole file to `out`, or nothing. EFBIG: larger than the buffer's ceiling. EISDIR: a folder.
 * ENOTSUP: a pipe, a socket, a device: what may never end is not waited for.
 */
int fs_read(const char *path, struct buf *out);

/*
 * Write a file that was not there or replace it, so that a reader sees the old or the new: temporary file
 * beside it, fsync when `durable`, rename, fsync of the folder when `durable`. The mode is 0666 less the
 * umask.
 */
int fs_write(const char *path, const void *bytes, size_t len, bool durable);

/* The same for what only its owner may read (mode 0600): it holds secrets, or what people wrote. */
int fs_write_private(const char *path, const void *bytes, size_t len, bool durable);

/* Make the folder and its parents (mode 0755). An existing folder is fine. */
int fs_mkdirs(const char *path);

/* fsync a folder, so that a rename in it is on disk. */
int fs_sync_dir(const char *path);

/*
 * Remove a folder and all below it; symbolic links are removed, never followed. Absent is fine. ENOTDIR: a
 * file. ELOOP: more than 64 levels.
 */
int fs_remove_tree(const char *path);

/* Does a file (not a folder) / a folder stand there? */
bool fs_is_file(const char *path);
bool fs_is_dir(const char *path);

/* Does anything at all stand there, even a link that leads nowhere? */
bool fs_is_there(const char *path);

struct fs_entry {
    const char *path; /* relative to the walked folder */
    uint64_t size;
    struct timespec changed;
    bool link; /* a symbolic link, which only fs_walk_sources() lists */
};

/*
 * All regular files below `dir`, sorted by path (byte order). Symbolic links, and names that begin with
 * '.' or end with '~', are left out. The list is in the arena. ENOENT: no such folder.
 * ELOOP: more than 64 levels.
 */
int fs_walk(const char *dir, struct arena *arena, struct fs_entry **entries, size_t *count);

/*
 * The same for what people laid out and want to hear about: symbolic links are listed, too, and `*failed` is
 * the folder that could not be read (in the arena; `dir` itself or one below it).
 */
int fs_walk_sources(const char *dir, struct arena *arena, struct fs_entry **entries, size_t *count,
                    const char **failed);

/*
 * The names of the regular files right in `dir`, sorted (byte order), without those that begin with '.' or
 * end with '~'. The list is in the arena. ENOENT: no such folder.
 */
int fs_list(const char *dir, struct arena *arena, const char ***names, size_t *count);

/* Is this relative path UTF-8 and free of "..", ".", empty parts, backslashes, controls and a leading '/'? */
bool fs_is_safe_path(const char *path);

/* dir/name in the arena. */
char *fs_join(struct arena *arena, const char *dir, const char *name);

/*
 * Swap a built folder into place: `target` becomes `staging`, what was there becomes `previous` (which
 * is removed first). Both lie on one file system. On failure `target` is as it was.
 */
int fs_swap(const char *staging, const char *target, const char *previous);

/*
 * Let two folders change places, in one step where the file system can; otherwise by way of `aside`, which is
 * removed first, and there is a moment without `b`. On failure both are as they were.
 */
int fs_exchange(const char *a, const char *b, const char *aside);

#endif
