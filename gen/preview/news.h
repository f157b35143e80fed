/*
 * news: what became of the latest change, and waiting for the next. Thread-safe.
 *
 * As JSON, for the pages:
 *
 *     {"run": "1a2b", "revision": 7, "built": 6, "reload": 5, "hash": "0123456789abcdef", "states": "9f..",
 *      "findings": [{"level", "file", "line", "col", "message", "source"}]}
 *
 * "revision" counts the builds, "built" is the latest that succeeded, "reload" the latest of those that
 * changed more than style sheets; "hash" names the folder of the assets, and "states" changes when the list
 * of pages and states does. "run" differs each time the preview is started.
 */
#ifndef GUICHET_PREVIEW_NEWS_H
#define GUICHET_PREVIEW_NEWS_H

#include "../../lib/arena.h"
#include "../../lib/diag.h"

#include <stdbool.h>

struct news;

struct news *news_new(void);
void news_free(struct news *news);

/* A build is over. `hash` and `states` are of no meaning unless it is `done`; `only_css` as changes.only_css.
 */
void news_add(struct news *news, bool done, bool only_css, const char *hash, const char *states,
              const struct diag *diag);

/*
 * The news in the arena, as soon as there is more than `revision`, or after `seconds`. It never waits longer
 * when many wait already, nor after news_end(). NULL: no memory.
 */
const char *news_wait(struct news *news, long revision, int seconds, struct arena *arena);

/* Let nobody wait from now on. */
void news_end(struct news *news);

/* How far things are, for a page that is sent now. */
void news_now(struct news *news, char run[24], long *built);

#endif
