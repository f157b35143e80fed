/*
 * layout: did the parser underneath take the whole head, and only that?
 *
 * It ends a head quietly at the first line that it does not take for a field: a folded line, one field too
 * many. It is lenient with white space. And it skips blank lines before a request without minding where the
 * received bytes end, so that it would go on into what another client had sent before. But it splits its
 * buffer in place; so where the pieces lie tells what stood between them.
 */
#ifndef GUICHET_HTTP_LAYOUT_H
#define GUICHET_HTTP_LAYOUT_H

#include "framing.h"

/* Bytes of the head, from its method to the line end of its last field; 0: it has no field. */
size_t layout_size(const struct http_head *head);

/*
 * True when this is all there was, from `buffer`, where the connection's bytes begin:
 *
 *     METHOD SP PATH [? QUERY] SP HTTP/ VERSION CRLF  1*{ NAME ":" blanks VALUE CRLF }  CRLF
 *
 * with each separator overwritten by NULs, and the very last byte too. The values must not be trimmed yet,
 * and two bytes after the last field must be readable.
 */
bool layout_is_whole(const struct http_head *head, const char *buffer);

#endif
