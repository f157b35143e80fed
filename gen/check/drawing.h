/*
 * drawing: an SVG shows a picture, and runs nothing.
 *
 * Within a page browsers run no script of a drawing, but opened by itself it is a page of the portal's own
 * host. The Content-Security-Policy forbids scripts there, too; a host that only sends files sends none.
 */
#ifndef GUICHET_DRAWING_H
#define GUICHET_DRAWING_H

#include "../../lib/diag.h"

/* What would run: a script, an event handler, an address that is one. NULL: nothing. */
const char *drawing_script(const char *text);

/* Report it as an error of the file. */
void drawing_check(const char *file, const char *text, struct diag *diag);

#endif
