/*
 * color: colours as numbers: WCAG 2.2 contrast, and OKLab (Ottosson 2020), in which equal steps look equal.
 */
#ifndef GUICHET_COLOR_H
#define GUICHET_COLOR_H

#include <stdbool.h>

struct rgb {
    double r, g, b; /* sRGB, 0 to 1 */
};

/* Lightness 0 to 1, chroma, hue in radians. */
struct lch {
    double l, c, h;
};

/* "#rgb" or "#rrggbb". False: it is neither. */
bool color_parse(const char *text, struct rgb *color);

/* "#rrggbb" */
void color_write(struct rgb color, char text[static 8]);

/* The colour that color_write() writes: each channel is one of 256. */
struct rgb color_round(struct rgb color);

/* Relative luminance, 0 (black) to 1 (white). */
double color_luminance(struct rgb color);

/* Contrast ratio, 1 to 21, whichever is the lighter. */
double color_contrast(struct rgb a, struct rgb b);

/* So much of `a` (0 to 1) in `b`, mixed in OKLab, as CSS's color-mix(in oklab, a 9%, b) does. */
struct rgb color_mix(struct rgb a, double share, struct rgb b);

struct lch color_to_lch(struct rgb color);

/* Of what sRGB cannot show the chroma is lowered until it can. */
struct rgb color_from_lch(struct lch color);

#endif
