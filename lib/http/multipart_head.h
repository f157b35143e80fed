/*
 * multipart_head: what the head of a part says (RFC 7578, section 4), and the boundary in a Content-Type.
 */
#ifndef GUICHET_HTTP_MULTIPART_HEAD_H
#define GUICHET_HTTP_MULTIPART_HEAD_H

#include "../arena.h"
#include "../multipart.h"

enum { BOUNDARY_MAX = 70 };

/* Read the boundary of a multipart/form-data type, with a closing NUL. False: none, or not a usable one. */
bool multipart_boundary(const char *content_type, char boundary[BOUNDARY_MAX + 1]);

/*
 * Read a head of `len` bytes: lines that each end with CRLF, without the empty one. What `part` points at is
 * in the arena. False: malformed, or no memory.
 */
bool multipart_head(struct arena *arena, const char *head, size_t len, struct multipart_part *part);

#endif
