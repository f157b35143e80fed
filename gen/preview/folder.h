/*
 * folder: a temporary folder of one's own, which nobody else may read and nothing is left of.
 *
 * It is locked as long as its program lives; so what a killed one left behind is told from what is in use.
 */
#ifndef GUICHET_PREVIEW_FOLDER_H
#define GUICHET_PREVIEW_FOLDER_H

#include "../../lib/diag.h"

enum { FOLDER_PATH_MAX = 512 };

struct folder {
    char path[FOLDER_PATH_MAX];
    int lock;
};

/* Make one below TMPDIR (or /tmp), and remove those that killed runs of this user left. False: an error. */
bool folder_make(struct folder *folder, struct diag *diag);

/* Remove it and all that is in it. */
void folder_remove(struct folder *folder);

#endif
