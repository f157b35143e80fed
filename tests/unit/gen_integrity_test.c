/* Which tags get an integrity attribute, and that its hash is the right one. */
#include "lib_test.h"

#include "../../gen/assets/integrity.h"

static struct asset files[] = {
    {.path = "css/a.css", .integrity = "sha384-A"},
    {.path = "icons/a.svg"},
    {.path = "js/a.js", .integrity = "sha384-J"},
};

static const struct assets assets = {
    .files = files, .count = sizeof files / sizeof files[0], .url = "/s/assets/0/"};

static void assert_becomes(const char *html, const char *wanted)
{
    struct buf out;
    buf_init(&out, 10000);
    integrity_add(&assets, html, strlen(html), &out);
    assert_string_equal(out.data, wanted);
    buf_release(&out);
}

static void assert_stays(const char *html)
{
    assert_becomes(html, html);
}

/* The examples of FIPS 180 for SHA-384, in base64. */
static void the_hash_is_sha_384(void **state)
{
    char text[INTEGRITY_MAX];
    (void)state;
    integrity_of(text, "abc", 3);
    assert_string_equal(text, "sha384-ywB1P0WjXou1oD1pmsZQBycsMqsO3tFjGotgWkP/W+2AhgcroefMI1i67KE0yCWn");
    integrity_of(text, "", 0);
    assert_string_equal(text, "sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb");
}

static void styles_and_scripts_get_it(void **state)
{
    (void)state;
    assert_becomes("<p><link rel=\"stylesheet\" href=\"/s/assets/0/css/a.css\"><p>",
                   "<p><link rel=\"stylesheet\" href=\"/s/assets/0/css/a.css\" integrity=\"sha384-A\"><p>");
    assert_becomes(
        "<script type=module src='/s/assets/0/js/a.js?x#y' async></script>",
        "<script type=module src='/s/assets/0/js/a.js?x#y' integrity=\"sha384-J\" async></script>");
    assert_becomes("<LINK HREF=/s/assets/0/js/a.js REL=ModulePreload>",
                   "<LINK HREF=/s/assets/0/js/a.js integrity=\"sha384-J\" REL=ModulePreload>");
    assert_becomes(
        "<link\nas=script rel = \"preload\" href = \"/s/assets/0/js/a.js\" />",
        "<link\nas=script rel = \"preload\" href = \"/s/assets/0/js/a.js\" integrity=\"sha384-J\" />");
    assert_becomes(
        "<link as=style rel=preload href=\"/s/assets/0/css/a.css\"><script src=\"/s/assets/0/js/a.js\">",
        "<link as=style rel=preload href=\"/s/assets/0/css/a.css\" integrity=\"sha384-A\">"
        "<script src=\"/s/assets/0/js/a.js\" integrity=\"sha384-J\">");
}

static void nothing_else_does(void **state)
{
    (void)state;
    assert_stays("");
    assert_stays("a < b <");
    assert_stays("<link rel=\"icon\" href=\"/s/assets/0/icons/a.svg\">");
    assert_stays("<link rel=\"preload\" as=\"fetch\" href=\"/s/assets/0/js/a.js\">");
    assert_stays("<link rel=\"stylesheet\" href=\"/s/assets/0/css/b.css\">");
    assert_stays("<link rel=\"stylesheet\" href=\"/s/assets/1/css/a.css\">");
    assert_stays("<link rel=\"stylesheet\" href=\"https://a.example/s/assets/0/css/a.css\">");
    assert_stays("<link rel=\"stylesheet\" integrity=\"sha384-mine\" href=\"/s/assets/0/css/a.css\">");
    assert_stays("<link rel=\"stylesheet\">");
    assert_stays("<a href=\"/s/assets/0/js/a.js\">");
    assert_stays("<linkage rel=\"stylesheet\" href=\"/s/assets/0/css/a.css\">");
    assert_stays("<!-- <script src=\"/s/assets/0/js/a.js\"></script> -->");
    assert_stays("<!-- <script src=\"/s/assets/0/js/a.js\">");
}

/* A tag that does not end in the piece may go on with anything. */
static void half_a_tag_is_left_alone(void **state)
{
    (void)state;
    assert_stays("<script src=\"/s/assets/0/js/a.js\"");
    assert_stays("<script src=\"/s/assets/0/js/a.js");
    assert_stays("<script src=");
    assert_stays("<script src");
    assert_stays("<script ");
    assert_stays("<script");
    assert_stays("<!--");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_hash_is_sha_384),
        cmocka_unit_test(styles_and_scripts_get_it),
        cmocka_unit_test(nothing_else_does),
        cmocka_unit_test(half_a_tag_is_left_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
