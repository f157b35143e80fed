/*
 * qr: a text as the path of an SVG picture that a camera reads (ISO/IEC 18004).
 */
#ifndef GUICHET_QR_H
#define GUICHET_QR_H

#include "../../lib/buf.h"

#include <stdbool.h>

/*
 * Add the "d" of a path that fills the dark squares, each of them one unit wide; `*size` is how many there
 * are in a row, without the quiet margin of four that a picture must have around it. False: the text is too
 * long.
 */
bool qr_path(struct buf *out, const char *text, int *size);

#endif
