/*
 * render: one template with one file of data, so that a designer can try it without a portal.
 */
#ifndef GUICHET_VERB_RENDER_H
#define GUICHET_VERB_RENDER_H

#include "../../lib/template.h"

#include <stdio.h>

struct render_options {
    const char *file;     /* the template; any ending */
    const char *data;     /* a JSON file */
    const char *partials; /* every .html and .txt below it is a partial by its path without ending; NULL: none
                           */
    struct template_options how;
};

/*
 * The rendering, byte for byte, goes to `out`, findings to `err`. 0: done; 1: errors, and nothing went to
 * `out` (but for an error in writing itself).
 */
int render_run(const struct render_options *options, FILE *out, FILE *err);

#endif
