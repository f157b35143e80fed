/*
 * media: which media type a file has, as we decide it. What the sender called it is never believed alone
 * (T29).
 */
#ifndef GUICHET_MEDIA_H
#define GUICHET_MEDIA_H

#include <stdbool.h>
#include <stddef.h>

/* How many of a file's first bytes media_type() wants to see, when there are as many. */
#define MEDIA_HEAD 512

/*
 * The type by the first bytes, where these need it together with the name's ending;
 * "application/octet-stream" when it is none of a short list. Never a type that a browser would run: HTML,
 * SVG and XML are octet-stream.
 */
const char *media_type(const char *name, const char *head, size_t len);

/* May a browser show it within a page: png, jpeg, gif, webp? */
bool media_is_image(const char *type);

#endif
