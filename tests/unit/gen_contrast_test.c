/* The nearest colour that can be told apart: of the same hue, by the smallest change in lightness. */
#include "lib_test.h"

#include "../../gen/check/contrast.h"

#include <math.h>

struct wanted {
    struct rgb ground;
    double least;
};

static bool passes(struct rgb candidate, void *context)
{
    const struct wanted *wanted = context;
    return color_contrast(candidate, wanted->ground) >= wanted->least;
}

static bool never(struct rgb candidate, void *context)
{
    (void)candidate;
    (void)context;
    return false;
}

static struct rgb color(const char *text)
{
    struct rgb rgb;
    assert_true(color_parse(text, &rgb));
    return rgb;
}

/* One step less in lightness does not pass, this one does, and the hue is as it was. */
static void check_nearest(const char *text, const char *ground, double least)
{
    struct wanted wanted = {color(ground), least};
    struct rgb found, start = color(text);
    assert_true(contrast_nearest(start, passes, &wanted, &found));
    double ratio = color_contrast(found, wanted.ground);
    assert_true(ratio >= least);
    assert_true(ratio < least * 1.03);
    struct lch from = color_to_lch(start), to = color_to_lch(found);
    assert_true(fabs(from.h - to.h) < 0.06);
    struct lch between = from;
    between.l = to.l + (from.l > to.l ? 0.006 : -0.006);
    assert_false(passes(color_from_lch(between), &wanted));
}

static void the_nearest_colour_just_passes(void **state)
{
    (void)state;
    check_nearest("#ff8800", "#ffffff", 4.5);
    check_nearest("#3399ff", "#ffffff", 4.5);
    check_nearest("#7a1f5c", "#0e1011", 4.5);
    check_nearest("#0b6472", "#16191b", 3);
}

static void what_passes_already_stays(void **state)
{
    (void)state;
    struct wanted wanted = {color("#ffffff"), 4.5};
    struct rgb found;
    char text[8];
    assert_true(contrast_nearest(color("#0b6472"), passes, &wanted, &found));
    color_write(found, text);
    assert_string_equal(text, "#0b6472");
}

static void where_nothing_passes_nothing_is_found(void **state)
{
    (void)state;
    struct rgb found;
    assert_false(contrast_nearest(color("#0b6472"), never, NULL, &found));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_nearest_colour_just_passes),
        cmocka_unit_test(what_passes_already_stays),
        cmocka_unit_test(where_nothing_passes_nothing_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
