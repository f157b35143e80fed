/*
 * compare: what differs between two folders as a run leaves them, site/ and portal/.
 *
 * Names that say what they name by its hash change with every change of it: a folder of sixteen hexadecimal
 * digits, and the integrity of a script or style sheet. They count as the same, else one changed colour would
 * change every page; what changed is told by the file itself. Packed forms of files are left out.
 */
#ifndef GUICHET_COMPARE_H
#define GUICHET_COMPARE_H

#include "../../lib/arena.h"
#include "../../lib/buf.h"

#include <stdbool.h>
#include <stddef.h>

enum compare_kind { COMPARE_PAGE, COMPARE_ASSET, COMPARE_FILE, COMPARE_KINDS };
enum compare_change { COMPARE_ADDED, COMPARE_REMOVED, COMPARE_CHANGED, COMPARE_CHANGES };

struct compared {
    const char *path; /* "site/support/assets/HASH/css/base.css" */
    enum compare_kind kind;
    enum compare_change change;
    const char *before, *after; /* the files themselves; NULL: there is none */
};

/*
 * List all differences, sorted by path, in the arena. A folder that is not there is empty. 0 or an errno
 * value; `*at` is then what could not be read.
 */
int compare_folders(const char *before, const char *after, struct arena *arena, struct compared **list,
                    size_t *count, const char **at);

/* Is it a file of lines that people read? */
bool compare_is_text(const char *path);

/* Append the text with the same word for every hash. */
void compare_normalise(const char *text, size_t len, struct buf *out);

#endif
