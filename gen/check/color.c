#include "color.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct lab {
    double l, a, b;
};

bool color_parse(const char *text, struct rgb *color)
{
    size_t len = text[0] == '#' ? strspn(text + 1, "0123456789abcdefABCDEF") : 0;
    if ((len != 3 && len != 6) || text[1 + len] != '\0')
        return false;
    unsigned long n = strtoul(text + 1, NULL, 16);
    if (len == 3)
        n = (n & 0xF00) * 0x1100 + (n & 0xF0) * 0x110 + (n & 0xF) * 0x11;
    *color = (struct rgb){(double)(n >> 16) / 255, (double)(n >> 8 & 0xFF) / 255, (double)(n & 0xFF) / 255};
    return true;
}

static unsigned to_byte(double channel)
{
    return (unsigned)lround(fmin(fmax(channel, 0), 1) * 255);
}

void color_write(struct rgb color, char text[static 8])
{
    snprintf(text, 8, "#%02x%02x%02x", to_byte(color.r), to_byte(color.g), to_byte(color.b));
}

struct rgb color_round(struct rgb color)
{
    return (struct rgb){to_byte(color.r) / 255.0, to_byte(color.g) / 255.0, to_byte(color.b) / 255.0};
}

static double to_linear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : pow((channel + 0.055) / 1.055, 2.4);
}

static double from_linear(double channel)
{
    return channel <= 0.0031308 ? channel * 12.92 : 1.055 * pow(channel, 1 / 2.4) - 0.055;
}

double color_luminance(struct rgb color)
{
    return 0.2126 * to_linear(color.r) + 0.7152 * to_linear(color.g) + 0.0722 * to_linear(color.b);
}

double color_contrast(struct rgb a, struct rgb b)
{
    double one = color_luminance(a), other = color_luminance(b);
    return (fmax(one, other) + 0.05) / (fmin(one, other) + 0.05);
}

static struct lab to_lab(struct rgb color)
{
    double r = to_linear(color.r), g = to_linear(color.g), b = to_linear(color.b);
    double l = cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
    double m = cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
    double s = cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
    return (struct lab){0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
                        1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
                        0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s};
}

/* Channels below 0 and above 1 are what sRGB cannot show. */
static struct rgb to_linear_rgb(struct lab color)
{
    double l = pow(color.l + 0.3963377774 * color.a + 0.2158037573 * color.b, 3);
    double m = pow(color.l - 0.1055613458 * color.a - 0.0638541728 * color.b, 3);
    double s = pow(color.l - 0.0894841775 * color.a - 1.2914855480 * color.b, 3);
    return (struct rgb){4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
                        -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
                        -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s};
}

static struct rgb from_lab(struct lab color)
{
    struct rgb linear = to_linear_rgb(color);
    return (struct rgb){from_linear(fmax(linear.r, 0)), from_linear(fmax(linear.g, 0)),
                        from_linear(fmax(linear.b, 0))};
}

struct rgb color_mix(struct rgb a, double share, struct rgb b)
{
    struct lab one = to_lab(a), other = to_lab(b);
    return from_lab((struct lab){one.l * share + other.l * (1 - share), one.a * share + other.a * (1 - share),
                                 one.b * share + other.b * (1 - share)});
}

struct lch color_to_lch(struct rgb color)
{
    struct lab lab = to_lab(color);
    return (struct lch){lab.l, hypot(lab.a, lab.b), atan2(lab.b, lab.a)};
}

static bool is_shown(struct lab color)
{
    struct rgb linear = to_linear_rgb(color);
    double least = fmin(linear.r, fmin(linear.g, linear.b)), most = fmax(linear.r, fmax(linear.g, linear.b));
    return least >= -1e-4 && most <= 1 + 1e-4;
}

static struct lab polar(struct lch color, double chroma)
{
    return (struct lab){color.l, chroma * cos(color.h), chroma * sin(color.h)};
}

struct rgb color_from_lch(struct lch color)
{
    double low = 0, high = color.c;
    if (is_shown(polar(color, color.c)))
        return from_lab(polar(color, color.c));
    for (int i = 0; i < 24; i++) {
        double half = (low + high) / 2;
        *(is_shown(polar(color, half)) ? &low : &high) = half;
    }
    return from_lab(polar(color, low));
}
