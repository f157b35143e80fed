/* What kind of picture some bytes are, and how large it is. */
#include "lib_test.h"

#include "../../gen/theme/picture.h"

#define READ(bytes) picture_read(bytes, sizeof(bytes) - 1)

static void assert_picture(struct picture picture, const char *kind, unsigned width, unsigned height)
{
    assert_string_equal(picture.kind ? picture.kind : "none", kind);
    assert_int_equal(picture.width, width);
    assert_int_equal(picture.height, height);
}

static void pixels_say_how_large_they_are(void **state)
{
    (void)state;
    assert_picture(READ("\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\1\2\0\0\0\3\x8\2"), ".png", 258, 3);
    assert_picture(READ("\xFF\xD8\xFF\xE0\0\4ab\xFF\xC2\0\x11\x8\1\0\0\x40\3"), ".jpg", 64, 256);
    assert_picture(READ("RIFF....WEBPVP8X\n\0\0\0\0\0\0\0\x0F\0\0\x1F\0\0"), ".webp", 16, 32);
    assert_picture(READ("RIFF....WEBPVP8L....\x2F\x0F\xC0\x07\0aaaaa"), ".webp", 16, 32);
    assert_picture(READ("RIFF....WEBPVP8 ....aaa\x9D\x01\x2A\x10\0\x20\0"), ".webp", 16, 32);
    assert_picture(READ("\0\0\0\x20"
                        "ftypavif"),
                   ".avif", 0, 0);
}

static void drawings_say_it_by_attributes_or_by_their_box(void **state)
{
    (void)state;
    assert_picture(READ("<svg width=\"20\" height='30px' viewBox=\"0 0 1 1\"/>"), ".svg", 20, 30);
    assert_picture(READ("<?xml version=\"1.0\"?>\n<svg viewBox=\"0,0 24 48.5\"></svg>"), ".svg", 24, 48);
    assert_picture(READ("<svg stroke-width=\"20\" height=\"5em\"/>"), ".svg", 0, 0);
    assert_picture(READ("<svg width=\"100%\" viewBox=\"0 0 -4 8\""), ".svg", 0, 0);
}

static void what_is_cut_short_or_none_at_all_is_no_harm(void **state)
{
    (void)state;
    assert_picture(READ(""), "none", 0, 0);
    assert_picture(READ("<html><body>no"), "none", 0, 0);
    assert_picture(READ("GIF89a"), "none", 0, 0);
    assert_picture(READ("\x89PNG\r\n\x1A\n\0\0\0\rIHD"), ".png", 0, 0);
    assert_picture(READ("\xFF\xD8\xFF\xE0\0\0"), ".jpg", 0, 0);
    assert_picture(READ("\xFF\xD8\xFF\xC0\0"), ".jpg", 0, 0);
    assert_picture(READ("RIFF....WEBPVP8X"), ".webp", 0, 0);
    assert_picture(READ("<svg viewBox="), ".svg", 0, 0);
    assert_picture(READ("<svg viewBox=>"), ".svg", 0, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pixels_say_how_large_they_are),
        cmocka_unit_test(drawings_say_it_by_attributes_or_by_their_box),
        cmocka_unit_test(what_is_cut_short_or_none_at_all_is_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
