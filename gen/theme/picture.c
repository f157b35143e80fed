#include "picture.h"

#include <stdlib.h>
#include <string.h>

static unsigned big_endian(const unsigned char *at, size_t count)
{
    unsigned value = 0;
    for (size_t i = 0; i < count; i++)
        value = value << 8 | at[i];
    return value;
}

static unsigned little_endian(const unsigned char *at, size_t count)
{
    unsigned value = 0;
    for (size_t i = count; i-- > 0;)
        value = value << 8 | at[i];
    return value;
}

/* PNG, section 11.2.2: IHDR comes first. */
static struct picture read_png(const unsigned char *at, size_t len)
{
    struct picture picture = {.kind = ".png"};
    if (len >= 24 && memcmp(at + 12, "IHDR", 4) == 0) {
        picture.width = big_endian(at + 16, 4);
        picture.height = big_endian(at + 20, 4);
    }
    return picture;
}

/* A start of frame: C0 to CF but for C4, C8, CC (ITU-T T.81, table B.1). */
static bool is_frame(unsigned marker)
{
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

static struct picture read_jpeg(const unsigned char *at, size_t len)
{
    struct picture picture = {.kind = ".jpg"};
    for (size_t i = 2; i + 9 < len && at[i] == 0xFF; i += 2 + big_endian(at + i + 2, 2)) {
        if (is_frame(at[i + 1])) {
            picture.height = big_endian(at + i + 5, 2);
            picture.width = big_endian(at + i + 7, 2);
            break;
        }
    }
    return picture;
}

/* RFC 9649: one of three chunks comes first, each with its own way to say how large it is. */
static struct picture read_webp(const unsigned char *at, size_t len)
{
    struct picture picture = {.kind = ".webp"};
    if (len >= 30 && memcmp(at + 12, "VP8X", 4) == 0) {
        picture.width = 1 + little_endian(at + 24, 3);
        picture.height = 1 + little_endian(at + 27, 3);
    } else if (len >= 30 && memcmp(at + 12, "VP8L", 4) == 0) {
        unsigned bits = little_endian(at + 21, 4);
        picture.width = 1 + (bits & 0x3FFF);
        picture.height = 1 + (bits >> 14 & 0x3FFF);
    } else if (len >= 30 && memcmp(at + 12, "VP8 ", 4) == 0) {
        picture.width = little_endian(at + 26, 2) & 0x3FFF;
        picture.height = little_endian(at + 28, 2) & 0x3FFF;
    }
    return picture;
}

/* A whole number of pixels that an attribute of the tag gives; 0: it gives none. */
static unsigned attribute(const char *tag, const char *end, const char *name)
{
    for (const char *at = strstr(tag, name); at && at < end; at = strstr(at + 1, name)) {
        bool apart = at[-1] == ' ' || at[-1] == '\n' || at[-1] == '\t';
        const char *value = at + strlen(name);
        if (!apart || value[0] != '=' || (value[1] != '"' && value[1] != '\''))
            continue;
        char *after;
        double number = strtod(value + 2, &after);
        bool pixels = *after == value[1] || strncmp(after, "px", 2) == 0;
        return pixels && number >= 1 && number <= 100000 ? (unsigned)number : 0;
    }
    return 0;
}

/* Without a width and a height the view box tells how they relate. */
static void read_view_box(const char *tag, const char *end, struct picture *picture)
{
    const char *box = strstr(tag, "viewBox=");
    double numbers[4];
    if (!box || box >= end)
        return;
    char *at = (char *)box + 9;
    for (size_t i = 0; i < 4; i++) {
        at += strspn(at, " ,");
        numbers[i] = strtod(at, &at);
    }
    if (numbers[2] >= 1 && numbers[3] >= 1 && numbers[2] <= 100000 && numbers[3] <= 100000) {
        picture->width = (unsigned)numbers[2];
        picture->height = (unsigned)numbers[3];
    }
}

static struct picture read_svg(const char *tag)
{
    struct picture picture = {.kind = ".svg"};
    const char *end = strchr(tag, '>');
    if (!end)
        return picture;
    picture.width = attribute(tag, end, "width");
    picture.height = attribute(tag, end, "height");
    if (picture.width == 0 || picture.height == 0)
        read_view_box(tag, end, &picture);
    return picture;
}

struct picture picture_read(const char *bytes, size_t len)
{
    const unsigned char *at = (const unsigned char *)bytes;
    const char *first = bytes + strspn(bytes, " \t\r\n\xEF\xBB\xBF");
    const char *svg = *first == '<' ? strstr(first, "<svg") : NULL;
    if (len >= 8 && memcmp(bytes, "\x89PNG\r\n\x1A\n", 8) == 0)
        return read_png(at, len);
    if (len >= 3 && memcmp(bytes, "\xFF\xD8\xFF", 3) == 0)
        return read_jpeg(at, len);
    if (len >= 12 && memcmp(bytes, "RIFF", 4) == 0 && memcmp(bytes + 8, "WEBP", 4) == 0)
        return read_webp(at, len);
    if (len >= 12 && memcmp(bytes + 4, "ftypavi", 7) == 0)
        return (struct picture){.kind = ".avif"};
    return svg ? read_svg(svg) : (struct picture){0};
}
