/*
 * encoding: is a file that people wrote UTF-8?
 */
#ifndef GUICHET_CONTENT_ENCODING_H
#define GUICHET_CONTENT_ENCODING_H

#include "../../lib/diag.h"

/* An error at the first byte that is none of UTF-8, at a NUL, or at a byte order mark. False: there is one.
 */
bool encoding_check(const char *file, const char *text, size_t len, struct diag *diag);

#endif
