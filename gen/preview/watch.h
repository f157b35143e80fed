/*
 * watch: which files of some folders change, whatever an editor does to save them.
 *
 * Folders are watched with all below them, new ones too. One may be missing: it is noticed when it appears,
 * provided that the folder around it is there. Names that the generator leaves out (beginning with '.' or
 * ending with '~') are nobody's news.
 */
#ifndef GUICHET_PREVIEW_WATCH_H
#define GUICHET_PREVIEW_WATCH_H

#include "../../lib/diag.h"

#include <stdbool.h>
#include <stddef.h>

struct watch;

/* What has changed since the last look. */
struct changes {
    bool any;
    bool only_css;   /* of files that end in .css, and of nothing else */
    char first[256]; /* the name of one that changed, for people */
};

/* Watch `folders` (borrowed, ended by NULL). NULL: an error in `diag`. */
struct watch *watch_new(const char *const *folders, struct diag *diag);
void watch_free(struct watch *watch);

/* Becomes readable when something happened: for poll(). */
int watch_fd(const struct watch *watch);

/*
 * Take in what happened, and wait until it has been quiet for `settle_ms`, but for ten times that at most.
 * Adds to `changes`.
 */
void watch_take(struct watch *watch, int settle_ms, struct changes *changes);

#endif
