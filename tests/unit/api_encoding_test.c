/* Which packed form a client takes, and which home stands behind the door. */
#include "../../api/server/door.h"
#include "../../api/server/encoding.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static enum encoding choose(const char *accept)
{
    static const bool both[ENCODING_COUNT] = {true, true};
    return encoding_choose(accept, both);
}

static void the_client_says_what_it_takes(void **state)
{
    (void)state;
    assert_int_equal(choose(NULL), ENCODING_NONE);
    assert_int_equal(choose(""), ENCODING_NONE);
    assert_int_equal(choose("gzip, deflate, br"), ENCODING_BROTLI);
    assert_int_equal(choose("GZIP"), ENCODING_GZIP);
    assert_int_equal(choose("deflate"), ENCODING_NONE);
    assert_int_equal(choose("brotli, gzipped"), ENCODING_NONE);
    assert_int_equal(choose("*"), ENCODING_BROTLI);
    assert_int_equal(choose("br;q=0, *"), ENCODING_GZIP);
    assert_int_equal(choose("identity"), ENCODING_NONE);
}

static void weights_count(void **state)
{
    (void)state;
    assert_int_equal(choose("br;q=0.5, gzip"), ENCODING_GZIP);
    assert_int_equal(choose("br ; q=0.5 , gzip; q=0.499"), ENCODING_BROTLI);
    assert_int_equal(choose("br;q=0.5, gzip;q=0.5"), ENCODING_BROTLI);
    assert_int_equal(choose("br;q=0, gzip;q=0.000"), ENCODING_NONE);
    assert_int_equal(choose("br;q=0.1, identity;q=0.5"), ENCODING_NONE);
    assert_int_equal(choose("br, identity"), ENCODING_BROTLI);
    assert_int_equal(choose("*;q=0"), ENCODING_NONE);
}

static void what_is_not_well_formed_does_not_count(void **state)
{
    (void)state;
    assert_int_equal(choose("br;q=2"), ENCODING_NONE);
    assert_int_equal(choose("br;q=1.5"), ENCODING_NONE);
    assert_int_equal(choose("br;q="), ENCODING_NONE);
    assert_int_equal(choose("br;"), ENCODING_NONE);
    assert_int_equal(choose("br;level=9, gzip"), ENCODING_GZIP);
    assert_int_equal(choose(",,;,"), ENCODING_NONE);
}

static void only_what_is_there_is_chosen(void **state)
{
    static const bool gzip[ENCODING_COUNT] = {[ENCODING_GZIP] = true}, none[ENCODING_COUNT] = {false};
    (void)state;
    assert_int_equal(encoding_choose("br, gzip;q=0.1", gzip), ENCODING_GZIP);
    assert_int_equal(encoding_choose("br", gzip), ENCODING_NONE);
    assert_int_equal(encoding_choose("br, gzip, *", none), ENCODING_NONE);
}

static struct portal_domain domains[] = {{"support.example.com", "en"}, {"aide.example.fr:8443", "fr"}};
static const struct portal portal = {.slug = "/help/", .domains = domains, .domain_count = 2};

static void a_domain_stands_for_its_language(void **state)
{
    struct arena *arena = arena_new(0);
    (void)state;
    assert_string_equal(door_home(&portal, "/", "support.example.com", arena), "/help/en/");
    assert_string_equal(door_home(&portal, "/help/", "Support.Example.com:443", arena), "/help/en/");
    assert_string_equal(door_home(&portal, "/help/", "aide.example.fr:8443", arena), "/help/fr/");
    arena_free(arena);
}

static void elsewhere_people_choose(void **state)
{
    struct arena *arena = arena_new(0);
    (void)state;
    assert_null(door_home(&portal, "/", "localhost:8080", arena));
    assert_null(door_home(&portal, "/", "support.example.com.evil.example", arena));
    assert_null(door_home(&portal, "/", "aide.example.fr", arena));
    assert_null(door_home(&portal, "/", NULL, arena));
    assert_null(door_home(&portal, "/help/en/", "support.example.com", arena));
    assert_null(door_home(&portal, "/help", "support.example.com", arena));
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_client_says_what_it_takes),
        cmocka_unit_test(weights_count),
        cmocka_unit_test(what_is_not_well_formed_does_not_count),
        cmocka_unit_test(only_what_is_there_is_chosen),
        cmocka_unit_test(a_domain_stands_for_its_language),
        cmocka_unit_test(elsewhere_people_choose),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
