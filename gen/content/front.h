/*
 * front: the lines between "---" and "---" at the top of an article.
 *
 *     ---
 *     title: Reset your password
 *     summary: Where to ask for a new one, and what to do when no mail arrives.
 *     order: 20                      (optional; else the file's leading number)
 *     changed: 2026-11-22            (optional; shown to readers; not in the future)
 *     translated: no                 (optional; it is meant to stand in one language only)
 *     ---
 *
 * A value is the rest of its line, as it stands; in double quotes it is a JSON string.
 */
#ifndef GUICHET_FRONT_H
#define GUICHET_FRONT_H

#include "../../lib/arena.h"
#include "../../lib/diag.h"

#include <stdbool.h>
#include <stddef.h>

#define FRONT_NO_ORDER (-1)

struct front {
    const char *title;
    const char *summary;
    const char *changed; /* NULL: not said */
    long order;          /* FRONT_NO_ORDER: not said */
    bool alone;          /* not to be translated */
    size_t body;         /* where the text begins, in bytes */
    unsigned body_line;  /* and in lines, from 1 */
};

/* Read the front matter of `text`. Values are in the arena. False: errors in `diag`, all of them. */
bool front_parse(struct front *front, const char *file, const char *text, size_t len, struct arena *arena,
                 struct diag *diag);

/* The same of a text that may do without front matter, and whose front matter may only have a title. */
bool front_parse_title(struct front *front, const char *file, const char *text, size_t len,
                       struct arena *arena, struct diag *diag);

#endif
