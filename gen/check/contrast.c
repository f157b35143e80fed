#include "contrast_advice.h"

#include <string.h>

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

static struct failures list_failures(const struct palette *palette, const struct pairs *pairs)
{
    struct failures list = {
        .items = arena_alloc(palette->arena, (PALETTE_SCHEMES * pairs->count + 1) * sizeof *list.items)};
    for (int scheme = 0; scheme < PALETTE_SCHEMES; scheme++) {
        for (size_t i = 0; i < pairs->count; i++) {
            const struct pair *pair = &pairs->pairs[i];
            if (!pair_passes(pair, scheme))
                list.items[list.count++] =
                    (struct failure){pair, scheme, to_blame(palette, pair, scheme), false};
        }
    }
    return list;
}

/* `named`: the scheme was named by what stands before. */
static const char *words(struct arena *arena, const struct failure *failure, bool named, bool alone)
{
    const struct pair *pair = failure->pair;
    char text[8], ground[8];
    color_write(pair->text->color[failure->scheme], text);
    color_write(pair->ground->color[failure->scheme], ground);
    /* Rounded down: 4.496 is not 4.50. */
    double ratio = (double)(long)(pair_ratio(pair, failure->scheme) * 100) / 100;
    const char *scheme =
        named ? "" : arena_printf(arena, "in the %s scheme ", palette_schemes[failure->scheme]);
    return arena_printf(arena, "%s\"%s\" (%s) on \"%s\" (%s) has %s%.2f, want %.4g for %s", scheme,
                        pair->text->key, text, pair->ground->key, ground, alone ? "a contrast of " : "",
                        ratio, pair->least, pair->what);
}

enum { PAIRS_NAMED = 3 }; /* of one value; more than that nobody reads before the advice */

/* All pairs that one value is the cause of are one finding: it has to be changed once. */
static void report(struct palette *palette, const struct pairs *pairs, const struct failures *failures,
                   const struct failure *first, struct diag *diag)
{
    struct arena *arena = palette->arena;
    const char *list = "";
    int scheme = -1;
    size_t count = 0, named = 0;
    for (size_t i = 0; i < failures->count; i++)
        count += failure_is_same_cause(first, &failures->items[i]);
    for (size_t i = 0; i < failures->count; i++) {
        struct failure *failure = &failures->items[i];
        if (!failure_is_same_cause(first, failure))
            continue;
        if (named++ < PAIRS_NAMED)
            list = arena_printf(arena, "%s%s%s", list, *list ? "; " : "",
                                words(arena, failure, failure->scheme == scheme, count == 1));
        scheme = failure->scheme;
        failure->told = true;
    }
    if (named > PAIRS_NAMED)
        list = arena_printf(arena, "%s; and %zu more", list, named - PAIRS_NAMED);
    diag_error(
        diag, first->blamed->place[first->scheme], "\"%s\": %s%s%s", first->blamed->path[first->scheme],
        count == 1 ? "" : arena_printf(arena, "%zu pairs of colours have too little contrast: ", count), list,
        contrast_advice(palette, pairs, failures, first));
}

void contrast_check(const struct theme *theme, struct palette *palette, struct diag *diag)
{
    struct pairs pairs = list_pairs(theme, palette, diag);
    struct failures failures = list_failures(palette, &pairs);
    for (size_t i = 0; i < failures.count; i++) {
        if (!failures.items[i].told)
            report(palette, &pairs, &failures, &failures.items[i], diag);
    }
}
