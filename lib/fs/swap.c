/* Folders that change places. */
#include "../fs.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>

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
