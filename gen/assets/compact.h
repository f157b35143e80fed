/*
 * compact: scripts and style sheets without what only their authors read: comments, indentation, blank lines.
 *
 * Nothing is renamed and no line is joined with another, so that what a browser reports is still readable and
 * a script that leaves semicolons out means the same. A comment that begins with an exclamation mark stays:
 * that is how licences are marked.
 */
#ifndef GUICHET_COMPACT_H
#define GUICHET_COMPACT_H

#include "../../lib/buf.h"

#include <stdbool.h>

/*
 * Append the text to `out`. False: it is not understood to its end (a string or a comment is never closed),
 * and what was appended is to be thrown away: serve the text as it is.
 */
bool compact_script(const char *text, size_t len, struct buf *out);
bool compact_style(const char *text, size_t len, struct buf *out);

#endif
