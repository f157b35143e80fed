/*
 * file_lock: the files of its parents that a theme replaces, as they were when it did.
 *
 * themes/<theme>/.lock/files/ holds a copy of each: templates, styles, scripts, icons, pictures, fonts and
 * fixtures, whether the theme replaces the whole file or some of a template's blocks. When the parent's file
 * has changed since, somebody has to look whether the theme should follow.
 */
#ifndef GUICHET_FILE_LOCK_H
#define GUICHET_FILE_LOCK_H

#include "theme.h"

#include <stdio.h>

/*
 * For every theme of the chain that has a parent, a warning for each file that it replaces: the parent's has
 * changed since it was recorded, or is gone; or it was never recorded.
 */
void file_lock_check(const struct theme *theme, struct diag *diag);

/* Print what changed in the parents' files since the theme recorded them, as unified diffs. */
bool file_lock_print(const struct theme *theme, FILE *out, struct diag *diag);

/*
 * Record the parents' files as they are now, and forget those that are replaced no more. `count`: how many
 * were not as they had been recorded. False: errors in `diag`.
 */
bool file_lock_write(const struct theme *theme, struct diag *diag, size_t *count);

#endif
