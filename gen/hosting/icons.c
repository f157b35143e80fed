#include "icons.h"

#include "../theme/picture.h"

#include <stdlib.h>
#include <string.h>

enum { SIDE_MIN = 16 };

/* False: it is no PNG, or one that says nothing of its size. */
static bool read_png(struct icon *icon)
{
    struct picture picture = picture_read(icon->asset->bytes, icon->asset->len);
    icon->width = picture.width;
    icon->height = picture.height;
    return picture.kind && strcmp(picture.kind, ".png") == 0 && icon->width > 0 && icon->height > 0;
}

/* The last "-192" or "-192x64" of a name, before "-", "_" or ".". False: it says nothing of a size. */
static bool size_in_name(const char *name, unsigned *width, unsigned *height)
{
    bool found = false;
    for (const char *at = strpbrk(name, "-_"); at; at = strpbrk(at + 1, "-_")) {
        char *end;
        unsigned long wide = strtoul(at + 1, &end, 10), high = wide;
        if (end == at + 1 || !strchr("0123456789", at[1]))
            continue;
        if (*end == 'x' && strchr("0123456789", end[1]) && end[1])
            high = strtoul(end + 1, &end, 10);
        if (!strchr("-_.", *end) || !*end || wide < SIDE_MIN || wide > 100000 || high > 100000)
            continue;
        *width = (unsigned)wide;
        *height = (unsigned)high;
        found = true;
    }
    return found;
}

static void check_png(struct icon *icon, const char *name, struct diag *diag)
{
    struct place place = {.file = icon->asset->source};
    unsigned width = 0, height = 0;
    if (!read_png(icon))
        diag_error(diag, place, "is no PNG, although it is called one; export it again");
    else if (size_in_name(name, &width, &height) && (width != icon->width || height != icon->height))
        diag_error(diag, place,
                   "is %ux%u pixels, but its name says %ux%u; export it in that size or rename it",
                   icon->width, icon->height, width, height);
    else if (icon->width != icon->height)
        diag_warning(diag, place, "is %ux%u pixels; an icon is square", icon->width, icon->height);
}

static bool begins(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

/* "favicon.svg" of "icons/favicon.svg"; NULL: it is no icon, or stands in a folder below. */
static const char *icon_name(const char *path, const char *ending)
{
    const char *name = begins(path, "icons/") ? path + strlen("icons/") : NULL;
    const char *dot = name ? strrchr(name, '.') : NULL;
    return dot && !strchr(name, '/') && strcmp(dot, ending) == 0 ? name : NULL;
}

/* A square one that need not be cut. */
static bool has_side(const struct icon *icons, size_t count, unsigned side)
{
    for (size_t i = 0; i < count; i++) {
        if (!icons[i].maskable && icons[i].width == side && icons[i].height == side)
            return true;
    }
    return false;
}

static void check_sides(const struct icon *icons, size_t count, const struct theme *theme, struct diag *diag)
{
    static const unsigned sides[] = {192, 512};
    for (size_t i = 0; count > 0 && i < sizeof sides / sizeof sides[0]; i++) {
        if (!has_side(icons, count, sides[i]))
            diag_warning(diag, (struct place){.file = theme_path(theme, "icons")},
                         "holds no icon of %ux%u pixels (icon-%u.png), which phones ask for before they put "
                         "the portal on their screen",
                         sides[i], sides[i], sides[i]);
    }
}

size_t icons_read(const struct assets *assets, const struct theme *theme, struct icon icons[ICONS_MAX],
                  struct diag *diag)
{
    size_t count = 0, before = diag_errors(diag);
    for (size_t i = 0; i < assets->count && count < ICONS_MAX; i++) {
        struct icon icon = {.asset = &assets->files[i]};
        const char *png = icon_name(icon.asset->path, ".png"), *svg = icon_name(icon.asset->path, ".svg");
        if (!png && !(svg && (begins(svg, "favicon") || begins(svg, "icon"))))
            continue;
        icon.maskable = strstr(icon.asset->path, "maskable") != NULL;
        if (png)
            check_png(&icon, png, diag);
        icons[count++] = icon;
    }
    if (diag_errors(diag) == before)
        check_sides(icons, count, theme, diag);
    return count;
}
