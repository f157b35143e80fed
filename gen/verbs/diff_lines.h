/*
 * diff_lines: the lines of a difference, as many as one looks through.
 */
#ifndef GUICHET_DIFF_LINES_H
#define GUICHET_DIFF_LINES_H

#include "../../lib/buf.h"

/*
 * Append what `diff -u` said without its heading: at most `most` lines, none longer than 240 bytes; a last
 * one says how many are left out.
 */
void diff_lines_add(const char *text, size_t most, struct buf *out);

#endif
