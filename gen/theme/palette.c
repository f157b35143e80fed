#include "palette.h"

#include "../check/contrast.h"
#include "../check/hint.h"
#include "declarations.h"

#include <stdlib.h>
#include <string.h>

const char *const palette_schemes[] = {"light", "dark"};

/* Mixes within mixes: more than this is a circle. */
enum { MIX_DEPTH = 16, PART_MAX = 72 };

struct mix {
    char part[PART_MAX], rest[PART_MAX]; /* names of settings, or colours */
    double share;                        /* of `part`, 0 to 1 */
};

/* Take `text` off the start of `*at`. */
static bool take(const char **at, const char *text)
{
    size_t len = strlen(text);
    bool there = strncmp(*at, text, len) == 0;
    *at += there ? len : 0;
    return there;
}

/* A name of a setting, or a colour. */
static bool take_part(const char **at, char part[static PART_MAX])
{
    size_t len = strspn(*at, "abcdefghijklmnopqrstuvwxyzABCDEF0123456789-_#");
    if (len == 0 || len >= PART_MAX)
        return false;
    *(char *)mempcpy(part, *at, len) = '\0';
    *at += len;
    return true;
}

static bool take_percent(const char **at, double *share)
{
    size_t digits = strspn(*at, "0123456789");
    long percent = digits > 0 && digits <= 3 ? strtol(*at, NULL, 10) : -1;
    *at += digits;
    *share = (double)percent / 100;
    return percent >= 0 && percent <= 100;
}

/* "mix(accent 9%, #fff)" */
static bool parse_mix(const char *text, struct mix *mix)
{
    return take(&text, "mix(") && take_part(&text, mix->part) && take(&text, " ") &&
           take_percent(&text, &mix->share) && take(&text, "%, ") && take_part(&text, mix->rest) &&
           take(&text, ")") && *text == '\0';
}

struct shade *palette_find(const struct palette *palette, const char *key)
{
    for (size_t i = 0; i < palette->count; i++) {
        if (strcmp(palette->shades[i].key, key) == 0)
            return &palette->shades[i];
    }
    return NULL;
}

/* What is written is known to lead to colours by then. */
static struct rgb compute(const struct palette *palette, const char *written, int scheme)
{
    struct rgb color = {0};
    struct mix mix;
    const struct shade *shade = palette_find(palette, written);
    if (shade)
        return compute(palette, shade->written[scheme], scheme);
    if (color_parse(written, &color) || !parse_mix(written, &mix))
        return color;
    return color_round(
        color_mix(compute(palette, mix.part, scheme), mix.share, compute(palette, mix.rest, scheme)));
}

void palette_compute(struct palette *palette, int scheme)
{
    for (size_t i = 0; i < palette->count; i++)
        palette->shades[i].color[scheme] = compute(palette, palette->shades[i].written[scheme], scheme);
}

bool palette_depends(const struct palette *palette, const struct shade *shade, const struct shade *on,
                     int scheme)
{
    struct mix mix;
    if (shade == on)
        return true;
    if (!shade)
        return false;
    const struct shade *same = palette_find(palette, shade->written[scheme]);
    if (same)
        return palette_depends(palette, same, on, scheme);
    if (!parse_mix(shade->written[scheme], &mix))
        return false;
    return palette_depends(palette, palette_find(palette, mix.part), on, scheme) ||
           palette_depends(palette, palette_find(palette, mix.rest), on, scheme);
}

struct check {
    const struct palette *palette;
    const struct shade *shade;
    int scheme;
    struct diag *diag;
};

const char *palette_hint(const struct palette *palette, const char *name)
{
    const char **names = arena_alloc(palette->arena, (palette->count + 1) * sizeof *names);
    for (size_t i = 0; i < palette->count; i++)
        names[i] = palette->shades[i].key;
    return hint_near(palette->arena, name, names);
}

/* Does what is written lead to a colour? The error names where the colour of the check stands. */
static bool leads_to_color(const struct check *check, const char *written, int depth)
{
    struct rgb color;
    struct mix mix;
    struct place place = check->shade->place[check->scheme];
    const char *key = check->shade->key, *scheme = palette_schemes[check->scheme];
    const struct shade *shade = palette_find(check->palette, written);
    if (depth > MIX_DEPTH) {
        diag_error(check->diag, place, "\"settings.%s.%s\": is mixed from itself", key, scheme);
        return false;
    }
    if (shade)
        return leads_to_color(check, shade->written[check->scheme], depth + 1);
    if (color_parse(written, &color))
        return true;
    if (parse_mix(written, &mix))
        return leads_to_color(check, mix.part, depth + 1) && leads_to_color(check, mix.rest, depth + 1);
    if (depth > 0 && settings_is_id(written))
        diag_error(check->diag, place, "\"settings.%s.%s\": no colour \"%s\"%s", key, scheme, written,
                   palette_hint(check->palette, written));
    else if (depth == 0)
        diag_error(check->diag, place,
                   "\"settings.%s.%s\": want a colour such as #0a5ea8, or mix(accent 9%%, #fff), got \"%s\"",
                   key, scheme, written);
    return false;
}

/* Does a theme that builds upon another say it? */
static bool is_of_child(const struct theme *theme, const char *key)
{
    for (size_t i = 0; i + 1 < theme->chain_len; i++) {
        const json_t *settings = json_object_get(theme->chain[i].manifest.draft, "settings");
        if (json_object_get(settings, key))
            return true;
    }
    return false;
}

static void add_shade(struct palette *palette, const struct theme *theme, const struct site *site,
                      const char *key, const json_t *value)
{
    struct shade *shade = &palette->shades[palette->count++];
    *shade = (struct shade){.key = key, .given = theme_value_is_given(theme, key) || is_of_child(theme, key)};
    for (int scheme = 0; scheme < PALETTE_SCHEMES; scheme++) {
        const char *written = json_string_value(json_object_get(value, palette_schemes[scheme]));
        shade->written[scheme] = arena_strdup(theme->arena, written);
        shade->place[scheme] =
            theme_value_place(theme, site, key, palette_schemes[scheme], &shade->path[scheme]);
    }
}

bool palette_load(struct palette *palette, const struct theme *theme, const struct site *site,
                  struct diag *diag)
{
    size_t before = diag_errors(diag);
    *palette = (struct palette){.arena = theme->arena};
    palette->shades =
        arena_alloc(theme->arena, (json_object_size(theme->values) + 1) * sizeof *palette->shades);
    const char *key;
    json_t *value;
    json_object_foreach(theme->values, key, value)
    {
        if (strcmp(theme_type_of(json_object_get(theme->settings, key)), "color") == 0)
            add_shade(palette, theme, site, key, value);
    }
    for (size_t i = 0; i < palette->count; i++) {
        for (int scheme = 0; scheme < PALETTE_SCHEMES; scheme++) {
            struct check check = {palette, &palette->shades[i], scheme, diag};
            leads_to_color(&check, palette->shades[i].written[scheme], 0);
        }
    }
    return diag_errors(diag) == before;
}

static void keep_colors(struct theme *theme, const struct palette *palette)
{
    for (size_t i = 0; i < palette->count; i++) {
        const struct shade *shade = &palette->shades[i];
        json_t *value = json_object();
        for (int scheme = 0; scheme < PALETTE_SCHEMES; scheme++) {
            char text[8];
            color_write(shade->color[scheme], text);
            json_object_set_new(value, palette_schemes[scheme], json_string(text));
        }
        json_object_set_new(theme->values, shade->key, value);
    }
}

bool theme_load_colors(struct theme *theme, const struct site *site, bool whole, struct diag *diag)
{
    struct palette palette;
    if (!palette_load(&palette, theme, site, diag))
        return false;
    for (int scheme = 0; scheme < PALETTE_SCHEMES; scheme++)
        palette_compute(&palette, scheme);
    if (whole)
        contrast_check(theme, &palette, diag);
    keep_colors(theme, &palette);
    return true;
}
