#include "contrast.h"

#include <string.h>

struct pair {
    struct shade *text, *ground;
    double least;
    const char *what;
};

struct pairs {
    struct pair *pairs;
    size_t count;
};

static const struct kind {
    const char *name;
    double least;
    const char *words;
} kinds[] = {
    {"text", 4.5, "text"},
    {"large-text", 3, "large text"},
    {"interface", 3, "parts of the interface"},
};

static const struct kind *kind_of(const json_t *pair)
{
    const char *what = json_string_value(json_object_get(pair, "what"));
    for (size_t i = 0; what && i < sizeof kinds / sizeof kinds[0]; i++) {
        if (strcmp(kinds[i].name, what) == 0)
            return &kinds[i];
    }
    return &kinds[0];
}

/* The colour that a pair names. NULL: an error where it is named. */
static struct shade *find(const struct theme *theme, size_t link, size_t index, const struct palette *palette,
                          const char *member, const json_t *pair, struct diag *diag)
{
    const char *key = json_string_value(json_object_get(pair, member));
    struct shade *shade = palette_find(palette, key);
    if (!shade)
        diag_error(diag, settings_file_at(&theme->chain[link].manifest, "/contrast/%zu/%s", index, member),
                   "\"contrast[%zu].%s\": no colour \"%s\" among the settings%s", index, member, key,
                   palette_hint(palette, key));
    return shade;
}

static const json_t *pairs_of(const struct theme *theme, size_t link)
{
    return json_object_get(theme->chain[link].manifest.value, "contrast");
}

static struct pairs list_pairs(const struct theme *theme, const struct palette *palette, struct diag *diag)
{
    size_t most = 0;
    for (size_t link = 0; link < theme->chain_len; link++)
        most += json_array_size(pairs_of(theme, link));
    struct pairs list = {.pairs = arena_alloc(theme->arena, (most + 1) * sizeof *list.pairs)};
    for (size_t link = theme->chain_len; link-- > 0;) {
        for (size_t i = 0; i < json_array_size(pairs_of(theme, link)); i++) {
            const json_t *pair = json_array_get(pairs_of(theme, link), i);
            const json_t *least = json_object_get(pair, "min");
            struct shade *text = find(theme, link, i, palette, "text", pair, diag);
            struct shade *ground = find(theme, link, i, palette, "ground", pair, diag);
            double ratio = least ? json_number_value(least) : kind_of(pair)->least;
            if (text && ground)
                list.pairs[list.count++] = (struct pair){text, ground, ratio, kind_of(pair)->words};
        }
    }
    return list;
}

bool contrast_nearest(struct rgb color, bool (*fits)(struct rgb candidate, void *context), void *context,
                      struct rgb *found)
{
    enum { STEPS = 1000 };
    struct lch from = color_to_lch(color);
    for (int step = 0; step <= STEPS; step++) {
        for (int sign = -1; sign <= 1; sign += 2) {
            struct lch to = from;
            to.l += sign * (double)step / STEPS;
            if (to.l < 0 || to.l > 1)
                continue;
            *found = color_round(color_from_lch(to));
            if (fits(*found, context))
                return true;
        }
    }
    return false;
}

static double ratio_of(const struct pair *pair, int scheme)
{
    return color_contrast(pair->text->color[scheme], pair->ground->color[scheme]);
}

static bool passes(const struct pair *pair, int scheme)
{
    return ratio_of(pair, scheme) >= pair->least;
}

/* One colour is tried while the others stay, but for those that are mixed from it. */
struct trial {
    struct palette *palette;
    const struct pairs *pairs;
    const struct pair *wanted; /* NULL: every pair that the colour takes part in */
    struct shade *shade;
    int scheme;
};

static bool is_wanted(const struct trial *trial, const struct pair *pair)
{
    return trial->wanted ? pair == trial->wanted
                         : palette_depends(trial->palette, pair->text, trial->shade, trial->scheme) ||
                               palette_depends(trial->palette, pair->ground, trial->shade, trial->scheme);
}

static bool fits(struct rgb candidate, void *context)
{
    const struct trial *trial = context;
    const char **written = &trial->shade->written[trial->scheme], *before = *written;
    char text[8];
    bool good = true;
    color_write(candidate, text);
    *written = text;
    palette_compute(trial->palette, trial->scheme);
    for (size_t i = 0; i < trial->pairs->count && good; i++) {
        const struct pair *pair = &trial->pairs->pairs[i];
        good = !is_wanted(trial, pair) || passes(pair, trial->scheme);
    }
    *written = before;
    return good;
}

/* Best is what helps with all pairs of the colour; else there may be something for this one. */
static const char *advice(struct trial trial)
{
    const struct pair *pair = trial.wanted;
    struct rgb color = trial.shade->color[trial.scheme], found;
    trial.wanted = NULL;
    bool all = contrast_nearest(color, fits, &trial, &found);
    trial.wanted = pair;
    bool one = all || contrast_nearest(color, fits, &trial, &found);
    palette_compute(trial.palette, trial.scheme);
    char text[8];
    color_write(found, text);
    return one ? arena_printf(trial.palette->arena, "; the nearest that passes%s is %s",
                              all ? "" : " here, though not elsewhere,", text)
               : "; no lightness of this hue passes with the other colours as they are";
}

/* What the admin wrote is theirs to change, otherwise the text. */
static struct shade *to_blame(const struct palette *palette, const struct pair *pair, int scheme)
{
    for (size_t i = 0; i < palette->count; i++) {
        struct shade *shade = &palette->shades[i];
        if (shade->given && palette_depends(palette, pair->text, shade, scheme))
            return shade;
    }
    for (size_t i = 0; i < palette->count; i++) {
        struct shade *shade = &palette->shades[i];
        if (shade->given && palette_depends(palette, pair->ground, shade, scheme))
            return shade;
    }
    return pair->text;
}

static void report(struct palette *palette, const struct pairs *pairs, const struct pair *pair, int scheme,
                   struct diag *diag)
{
    struct trial trial = {palette, pairs, pair, to_blame(palette, pair, scheme), scheme};
    char text[8], ground[8];
    color_write(pair->text->color[scheme], text);
    color_write(pair->ground->color[scheme], ground);
    /* Rounded down: 4.496 is not 4.50. */
    double ratio = (double)(long)(ratio_of(pair, scheme) * 100) / 100;
    diag_error(
        diag, trial.shade->place[scheme],
        "\"%s\": in the %s scheme \"%s\" (%s) on \"%s\" (%s) has a contrast of %.2f, want %.4g for %s%s",
        trial.shade->key, palette_schemes[scheme], pair->text->key, text, pair->ground->key, ground, ratio,
        pair->least, pair->what, advice(trial));
}

void contrast_check(const struct theme *theme, struct palette *palette, struct diag *diag)
{
    struct pairs pairs = list_pairs(theme, palette, diag);
    for (int scheme = 0; scheme < PALETTE_SCHEMES; scheme++) {
        for (size_t i = 0; i < pairs.count; i++) {
            if (!passes(&pairs.pairs[i], scheme))
                report(palette, &pairs, &pairs.pairs[i], scheme, diag);
        }
    }
}
