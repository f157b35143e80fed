/*
 * picture: what kind of picture some bytes are, and how large it is.
 */
#ifndef GUICHET_PICTURE_H
#define GUICHET_PICTURE_H

#include <stdbool.h>
#include <stddef.h>

struct picture {
    const char *kind;       /* its ending: ".svg", ".png", ".jpg", ".webp", ".avif"; NULL: none of these */
    unsigned width, height; /* in pixels; 0: not known */
};

/* `bytes` end with a NUL that `len` does not count. */
struct picture picture_read(const char *bytes, size_t len);

#endif
