/*
 * url: what is percent-encoded (RFC 3986), form parameters (application/x-www-form-urlencoded), cookies.
 * Whatever is malformed is refused whole; nothing is repaired.
 */
#ifndef GUICHET_HTTP_URL_H
#define GUICHET_HTTP_URL_H

#include "../arena.h"
#include "framing.h"

/*
 * The path of a target, decoded once. NULL: not a path that we serve. That is all but "/..." in visible
 * ASCII; bad escapes; what decodes to a control character, a backslash, invalid UTF-8 or another '/'; the
 * segments
 * "." and ".."; and "//..." which a browser would read as another host when it is sent back as a link.
 */
const char *url_path(struct arena *arena, const char *raw);

/* Decode percent-encoding, and '+' when `form`. NULL: a bad escape, NUL, invalid UTF-8, no memory. */
char *url_decode(struct arena *arena, const char *text, size_t len, bool form);

/* Is this a query without white space, controls, other than ASCII, and '#'? */
bool url_query_is_sane(const char *raw);

/* The value of a parameter. NULL: absent, sent twice, or it decodes to NUL or invalid UTF-8. */
const char *url_param(struct arena *arena, const char *encoded, const char *name);

/* The value of a cookie (RFC 6265, section 5.4) in any of the Cookie fields. NULL: absent or sent twice. */
const char *url_cookie(struct arena *arena, const struct http_head *head, const char *name);

#endif
