#include "contrast_advice.h"

double pair_ratio(const struct pair *pair, int scheme)
{
    return color_contrast(pair->text->color[scheme], pair->ground->color[scheme]);
}

bool pair_passes(const struct pair *pair, int scheme)
{
    return pair_ratio(pair, scheme) >= pair->least;
}

bool failure_is_same_cause(const struct failure *one, const struct failure *other)
{
    const struct place *a = &one->blamed->place[one->scheme], *b = &other->blamed->place[other->scheme];
    return one->blamed == other->blamed && a->line == b->line && a->col == b->col;
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

/* One colour is tried while the others stay, but for those that are mixed from it. */
struct trial {
    struct palette *palette;
    const struct pairs *pairs;
    const struct failures *failures;
    const struct failure *first; /* of those that are one finding: they have one cause */
    bool all;                    /* every pair that the colour takes part in must pass, not only those */
    int only;                    /* a scheme; PALETTE_SCHEMES: each that the value holds in */
};

static bool is_of_scheme(const struct trial *trial, int scheme)
{
    const struct failure as = {.blamed = trial->first->blamed, .scheme = scheme};
    return (trial->only == PALETTE_SCHEMES || trial->only == scheme) &&
           failure_is_same_cause(trial->first, &as);
}

static bool all_pass(const struct trial *trial, int scheme)
{
    const struct shade *shade = trial->first->blamed;
    for (size_t i = 0; i < trial->pairs->count; i++) {
        const struct pair *pair = &trial->pairs->pairs[i];
        bool takes_part = palette_depends(trial->palette, pair->text, shade, scheme) ||
                          palette_depends(trial->palette, pair->ground, shade, scheme);
        if (takes_part && !pair_passes(pair, scheme))
            return false;
    }
    return true;
}

static bool failed_pass(const struct trial *trial, int scheme)
{
    for (size_t i = 0; i < trial->failures->count; i++) {
        const struct failure *failure = &trial->failures->items[i];
        if (failure->scheme == scheme && failure_is_same_cause(trial->first, failure) &&
            !pair_passes(failure->pair, scheme))
            return false;
    }
    return true;
}

static bool fits_in(const struct trial *trial, const char *text, int scheme)
{
    const char **written = &trial->first->blamed->written[scheme], *before = *written;
    *written = text;
    palette_compute(trial->palette, scheme);
    bool good = trial->all ? all_pass(trial, scheme) : failed_pass(trial, scheme);
    *written = before;
    palette_compute(trial->palette, scheme);
    return good;
}

static bool fits(struct rgb candidate, void *context)
{
    const struct trial *trial = context;
    char text[8];
    bool good = true;
    color_write(candidate, text);
    for (int scheme = 0; scheme < PALETTE_SCHEMES && good; scheme++)
        good = !is_of_scheme(trial, scheme) || fits_in(trial, text, scheme);
    return good;
}

static bool find_nearest(struct trial trial, bool all, int only, char text[static 8])
{
    struct rgb found;
    trial.all = all;
    trial.only = only;
    bool any = contrast_nearest(trial.first->blamed->color[trial.first->scheme], fits, &trial, &found);
    if (any)
        color_write(found, text);
    return any;
}

/* Best is what helps with all pairs of the colour; else there may be one for each scheme, or one for these.
 */
const char *contrast_advice(struct palette *palette, const struct pairs *pairs,
                            const struct failures *failures, const struct failure *first)
{
    const struct trial trial = {palette, pairs, failures, first, true, PALETTE_SCHEMES};
    char text[8], dark[8];
    bool both = is_of_scheme(&trial, PALETTE_LIGHT) && is_of_scheme(&trial, PALETTE_DARK);
    if (find_nearest(trial, true, PALETTE_SCHEMES, text))
        return arena_printf(palette->arena, "; the nearest that passes is %s", text);
    if (both && find_nearest(trial, true, PALETTE_LIGHT, text) &&
        find_nearest(trial, true, PALETTE_DARK, dark))
        return arena_printf(palette->arena,
                            "; no one colour of this hue passes in both schemes: write {\"light\": "
                            "\"%s\", \"dark\": \"%s\"}",
                            text, dark);
    if (find_nearest(trial, false, PALETTE_SCHEMES, text))
        return arena_printf(palette->arena, "; the nearest that passes here, though not elsewhere, is %s",
                            text);
    return "; no lightness of this hue passes with the other colours as they are";
}
