/*
 * folder: how the files of lib/fs open and read folders: by their place, so that nobody can lead them
 * elsewhere in between.
 */
#ifndef GUICHET_FS_FOLDER_H
#define GUICHET_FS_FOLDER_H

#include <dirent.h>

/* Deeper is ELOOP: each level holds a file descriptor and a stack frame while it is worked on. */
enum { FOLDER_DEPTH_MAX = 64 };

/* The folder `name` in the folder `at` (AT_FDCWD: where we are), to be closed. `flags`: such as O_NOFOLLOW.
 * NULL: errno says why. */
DIR *folder_open(int at, const char *name, int flags);

/* readdir() without its trap, and without "." and "..": NULL means the end when errno is 0. */
struct dirent *folder_next(DIR *folder);

#endif
