/* Colours as numbers, held against values computed with another program from the definitions. */
#include "lib_test.h"

#include "../../gen/check/color.h"

static struct rgb color(const char *text)
{
    struct rgb rgb;
    assert_true(color_parse(text, &rgb));
    return rgb;
}

static void assert_near(double got, double want, double within)
{
    if (got < want - within || got > want + within)
        fail_msg("want %.6f, got %.6f", want, got);
}

static void assert_color(struct rgb rgb, const char *want)
{
    char text[8];
    color_write(rgb, text);
    assert_string_equal(text, want);
}

static void colours_are_read_and_written(void **state)
{
    (void)state;
    struct rgb rgb;
    assert_color(color("#0a5ea8"), "#0a5ea8");
    assert_color(color("#FfF"), "#ffffff");
    assert_color(color("#1a7"), "#11aa77");
    static const char *const wrong[] = {"", "#", "#ff", "#ffff", "#12345g", "red", "#1234567"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_false(color_parse(wrong[i], &rgb));
}

static void contrast_is_that_of_wcag(void **state)
{
    (void)state;
    assert_near(color_luminance(color("#fff")), 1, 1e-9);
    assert_near(color_luminance(color("#000")), 0, 1e-9);
    assert_near(color_contrast(color("#000"), color("#fff")), 21, 1e-9);
    assert_near(color_contrast(color("#777"), color("#fff")), 4.4781, 1e-4);
    assert_near(color_contrast(color("#fff"), color("#767676")), 4.5422, 1e-4);
    assert_near(color_contrast(color("#0b6472"), color("#fff")), 6.8180, 1e-4);
    assert_near(color_contrast(color("#7fd0d9"), color("#0e1011")), 10.8338, 1e-4);
    assert_near(color_contrast(color("#f00"), color("#fff")), 3.9985, 1e-4);
    assert_near(color_contrast(color("#00f"), color("#000")), 2.4440, 1e-4);
}

/* The five colours of CSS Color 4's own examples for oklch(). */
static void lightness_chroma_and_hue_are_those_of_oklch(void **state)
{
    (void)state;
    struct lch red = color_to_lch(color("#f00")), green = color_to_lch(color("#0f0"));
    assert_near(red.l, 0.62796, 1e-4);
    assert_near(red.c, 0.25768, 1e-4);
    assert_near(red.h * 57.29578, 29.234, 1e-2);
    assert_near(green.l, 0.86644, 1e-4);
    assert_near(green.c, 0.29483, 1e-4);
    assert_near(green.h * 57.29578, 142.495, 1e-2);
    assert_near(color_to_lch(color("#fff")).l, 1, 1e-4);
    assert_color(color_from_lch(color_to_lch(color("#0b6472"))), "#0b6472");
    assert_color(color_from_lch(color_to_lch(color("#ff9d94"))), "#ff9d94");
}

static void what_cannot_be_shown_loses_chroma_and_keeps_its_hue(void **state)
{
    (void)state;
    struct lch wanted = color_to_lch(color("#0b6472"));
    wanted.l = 0.9;
    wanted.c = 0.3;
    struct lch got = color_to_lch(color_from_lch(wanted));
    assert_near(got.l, 0.9, 2e-3);
    assert_near(got.h, wanted.h, 2e-2);
    assert_true(got.c < 0.2);
}

/* What Chromium paints for color-mix(in oklab, ..). */
static void colours_mix_as_in_css(void **state)
{
    (void)state;
    assert_color(color_mix(color("#f00"), 0.5, color("#00f")), "#8c53a2");
    assert_color(color_mix(color("#fff"), 0.5, color("#000")), "#636363");
    assert_color(color_mix(color("#0b6472"), 0, color("#e4e5e7")), "#e4e5e7");
    assert_color(color_mix(color("#0b6472"), 1, color("#e4e5e7")), "#0b6472");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(colours_are_read_and_written),
        cmocka_unit_test(contrast_is_that_of_wcag),
        cmocka_unit_test(lightness_chroma_and_hue_are_those_of_oklch),
        cmocka_unit_test(what_cannot_be_shown_loses_chroma_and_keeps_its_hue),
        cmocka_unit_test(colours_mix_as_in_css),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
