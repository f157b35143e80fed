/*
 * assets: the files that pages link to: the theme's CSS, scripts, icons, and the images of help centre and
 * pages.
 *
 * All of them stand in one folder named by the hash of all their names and bytes, so that they may be cached
 * for ever, change together, and refer to each other by relative paths. css/tokens.css is made here, from
 * the theme's settings.
 */
#ifndef GUICHET_ASSETS_H
#define GUICHET_ASSETS_H

#include "../content/page_texts.h"
#include "../publish/publish.h"
#include "../theme/theme.h"

enum { INTEGRITY_MAX = 72 }; /* "sha384-", 64 characters, NUL */

struct asset {
    const char *path;   /* below the folder: "css/base.css" */
    const char *source; /* where it was read from; NULL: it was made here */
    const char *text;   /* as it was written, for whom looks for mistakes; ends with a NUL */
    const char *bytes;  /* as it is served; with a closing NUL that `len` does not count */
    size_t len;
    char integrity[INTEGRITY_MAX]; /* of a style sheet or script, see integrity.h; "" of others */
};

struct assets {
    struct asset *files; /* sorted by path */
    size_t count;
    char hash[17];
    const char *url;       /* "/support/assets/<hash>/" */
    const char *media_url; /* where those images are */
};

/* Read all; bytes live in the site's arena. False: errors in `diag`. */
bool assets_load(struct assets *assets, const struct site *site, const struct theme *theme,
                 const struct help *help, const struct page_texts *texts, struct diag *diag);

/* The file at a path. NULL: there is none. */
const struct asset *assets_find(const struct assets *assets, const char *path);

bool assets_write(const struct assets *assets, const struct site *site, struct publish *publish,
                  struct diag *diag);

#endif
