/*
 * preview: every page in every state, while one types.
 *
 * Builds the portal into a private temporary folder (out/ is never touched), serves it to this machine alone,
 * watches content/ and themes/, builds anew in the same process when something changes, and tells the pages.
 * Designers need no API: what it would answer comes from the theme's fixtures (fixtures.h).
 *
 *     preview.c    start, the loop, the end          watch.h      which files changed
 *     building.h   building the portal anew          news.h       what became of it
 *     folder.h     the temporary folder              serve.h      what is answered to whom
 *     scene.h      what is served at the moment      style.h      what the style controls say
 *     pages/       the preview's own pages and scripts
 */
#ifndef GUICHET_PREVIEW_H
#define GUICHET_PREVIEW_H

#include <stdio.h>

struct preview_options {
    const char *site;   /* the portal's folder */
    const char *themes; /* NULL: its folder "themes", then the installed ones */
    const char *port;   /* NULL: 8090; "0": any free one */
};

/* Serve until SIGINT, SIGTERM or SIGHUP. 0: it ran; 1: it could not start, which `err` tells. */
int preview_run(const struct preview_options *options, FILE *out, FILE *err);

#endif
