/*
 * news: what became of the latest change, and waiting for the next. Thread-safe.
 *
 * As JSON, for the pages:
 *
 *     {"run": "1a2b", "revision": 7, "built": 6, "reload": 5, "hash": "0123456789abcdef", "states": "9f..",
 *      "style": 3, "findings": [{"level", "file", "line", "col", "message", "source", "control", "member"}]}
 *
 * "revision" counts the builds, "built" is the latest that succeeded, "reload" the latest of those that
 * changed more than style sheets; "hash" names the folder of the assets, and "states" changes when the list
 * of pages, states or style controls does; "style" is the change of these (style.h) that the latest build
 * took in, and findings name theirs (control.h). "run" differs each time the preview is started.
 */
#ifndef GUICHET_PREVIEW_NEWS_H
#define GUICHET_PREVIEW_NEWS_H

#include "../../lib/arena.h"

#include <stdbool.h>

struct news;

struct news *news_new(void);
void news_free(struct news *news);

struct news_item {
    bool done, only_css;       /* the latter as changes.only_css */
    const char *hash, *states; /* of no meaning unless it is done */
    long style;
    char *findings; /* is taken; findings.h */
};

/* A build is over. */
void news_add(struct news *news, const struct news_item *item);

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
