/*
 * own: the preview's own files (pages/), which the program carries: its page, scripts and styles.
 */
#ifndef GUICHET_PREVIEW_OWN_H
#define GUICHET_PREVIEW_OWN_H

#include <stddef.h>

struct own_file {
    const char *name; /* "live.js" */
    const char *bytes;
    size_t len;
};

/* NULL: there is none of that name. */
const struct own_file *own_find(const char *name);

#endif
