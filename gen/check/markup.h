/*
 * markup: does a template hold what no page may show?
 *
 * Every page carries a Content-Security-Policy under which only the portal's own files are loaded. What it
 * forbids would silently do nothing in a browser: scripts and styles within the page, frames, and whatever is
 * fetched from elsewhere.
 */
#ifndef GUICHET_MARKUP_H
#define GUICHET_MARKUP_H

#include "../../lib/diag.h"

/* Errors with file, line and column. `text` is an HTML template and ends with a NUL. */
void markup_check(const char *file, const char *text, struct diag *diag);

/* Errors: what a template shows unescaped ({{{x}}}, {{&x}}) that is no HTML of the generator's own. */
void markup_check_unescaped(const char *file, const char *text, struct diag *diag);

#endif
