/* Which hosts and origins are ours, and where a request comes from (T07, T42, T44). */
#include "../../api/server/origin.h"
#include "../../api/server/place.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static struct portal_domain domains[] = {{"support.example.com", "en"}, {"aide.example.fr", "fr"}};

static struct origins make(struct arena *arena, const char *self, const char *api)
{
    const struct portal portal = {.domains = domains, .domain_count = 2, .api = api};
    struct origins origins;
    assert_true(origins_make(&origins, arena, self, &portal));
    return origins;
}

static void origins_have_one_form(void **state)
{
    static const char *const good[] = {"https://support.example.com", "https://a.b:8443",
                                       "http://localhost:8080"};
    static const char *const bad[] = {
        "",
        "null",
        "http://support.example.com",
        "https://support.example.com/",
        "https://Support.example.com",
        "https://user@support.example.com",
        "https://support.example.com:",
        "https://support.example.com:99999",
        "http://localhost",
        "http://localhost:x",
        "http://localhost:80/",
        "http://localhost.example.com:80",
        "https://",
        "ftp://support.example.com",
    };
    bool dev;
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        if (!origin_is_valid(good[i], &dev))
            fail_msg("%s is refused", good[i]);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        if (origin_is_valid(bad[i], &dev))
            fail_msg("%s is taken", bad[i]);
}

static void only_our_origins_are_allowed(void **state)
{
    static const char *const bad[] = {
        "null",
        "https://support.example.com.evil.example",
        "https://evilsupport.example.com",
        "https://www.support.example.com",
        "https://example.com",
        "http://support.example.com",
        "https://support.example.com:8443",
        "https://SUPPORT.example.com",
        "http://localhost:8080",
        "",
    };
    struct arena *arena = arena_new(0);
    struct origins origins = make(arena, "", "/api/v1");
    (void)state;
    assert_string_equal(origins.self, "https://support.example.com");
    assert_true(origins_allow(&origins, "https://support.example.com"));
    assert_true(origins_allow(&origins, "https://aide.example.fr"));
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        if (origins_allow(&origins, bad[i]))
            fail_msg("%s is allowed", bad[i]);
    assert_false(origins_allow(&origins, NULL));
    arena_free(arena);
}

static void hosts_are_compared_whole(void **state)
{
    struct arena *arena = arena_new(0);
    struct origins origins = make(arena, "https://help.example.org:8443", "https://api.example.com/api/v1");
    (void)state;
    assert_string_equal(origins.self, "https://help.example.org:8443");
    assert_true(origins_know_host(&origins, "help.example.org:8443"));
    assert_true(origins_know_host(&origins, "support.example.com"));
    assert_true(origins_know_host(&origins, "aide.example.fr"));
    assert_true(origins_know_host(&origins, "api.example.com"));
    assert_false(origins_know_host(&origins, "help.example.org"));
    assert_false(origins_know_host(&origins, "support.example.com:80"));
    assert_false(origins_know_host(&origins, "localhost:8080"));
    assert_false(origins_know_host(&origins, "127.0.0.1:8080"));
    assert_false(origins_allow(&origins, "https://api.example.com"));
    arena_free(arena);
}

static void development_knows_itself_only(void **state)
{
    struct arena *arena = arena_new(0);
    struct origins origins = make(arena, "http://localhost:8080", "https://api.example.com/api/v1");
    (void)state;
    assert_true(origins.dev);
    assert_true(origins_know_host(&origins, "localhost:8080"));
    assert_false(origins_know_host(&origins, "localhost:8081"));
    assert_false(origins_know_host(&origins, "127.0.0.1:8080"));
    assert_false(origins_know_host(&origins, "support.example.com"));
    assert_false(origins_know_host(&origins, "api.example.com"));
    assert_false(origins_allow(&origins, "https://support.example.com"));
    arena_free(arena);
}

static void a_hidden_origin_needs_the_browsers_word(void **state)
{
    struct arena *arena = arena_new(0);
    struct origins origins = make(arena, "", "/api/v1");
    (void)state;
    assert_true(origins_allow_form(&origins, "https://support.example.com", NULL));
    assert_true(origins_allow_form(&origins, "null", "same-origin"));
    assert_false(origins_allow_form(&origins, "null", NULL));
    assert_false(origins_allow_form(&origins, "null", "same-site"));
    assert_false(origins_allow_form(&origins, "null", "cross-site"));
    assert_false(origins_allow_form(&origins, "null", "none"));
    assert_false(origins_allow_form(&origins, NULL, "same-origin"));
    assert_false(origins_allow_form(&origins, "https://evil.example", "same-origin"));
    arena_free(arena);
}

static void a_portal_without_domain_needs_an_origin(void **state)
{
    const struct portal portal = {.api = "/api/v1"};
    struct arena *arena = arena_new(0);
    struct origins origins;
    (void)state;
    assert_false(origins_make(&origins, arena, "", &portal));
    assert_true(origins_make(&origins, arena, "https://a.example", &portal));
    arena_free(arena);
}

static void assert_place(const char *peer, const char *proxies, const char *forwarded, const char *want)
{
    char place[PLACE_MAX];
    place_of(place, peer, proxies, forwarded);
    assert_string_equal(place, want);
}

static void forwarded_counts_from_named_proxies_only(void **state)
{
    (void)state;
    assert_place("10.0.0.1", "", "1.2.3.4", "10.0.0.1");
    assert_place("10.0.0.1", "10.0.0.2", "1.2.3.4", "10.0.0.1");
    assert_place("10.0.0.1", "10.0.0.1", "1.2.3.4", "1.2.3.4");
    assert_place("10.0.0.1", "10.0.0.1", NULL, "10.0.0.1");
    assert_place("10.0.0.1", "10.0.0.1", "", "10.0.0.1");
    assert_place("10.0.0.1", "10.0.0.10", "1.2.3.4", "10.0.0.1");
}

static void what_the_client_wrote_itself_does_not_count(void **state)
{
    (void)state;
    assert_place("10.0.0.1", "10.0.0.1, 10.0.0.2", "9.9.9.9, 1.2.3.4, 10.0.0.2", "1.2.3.4");
    assert_place("10.0.0.1", "10.0.0.1", "9.9.9.9, nonsense", "10.0.0.1");
    assert_place("10.0.0.1", "10.0.0.1", "9.9.9.9,1.2.3.4 ,", "1.2.3.4");
    assert_place("10.0.0.1", "10.0.0.1,1.2.3.4", "1.2.3.4", "1.2.3.4");
    assert_place("10.0.0.1", "10.0.0.1", "1.2.3.4.5.6.7.8.9.10.11.12.13.14.15.16.17.18.19.20.21.22",
                 "10.0.0.1");
}

static void one_network_is_one_place(void **state)
{
    (void)state;
    assert_place("10.0.0.1", "10.0.0.1", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64");
    assert_place("10.0.0.1", "10.0.0.1", "2001:db8:1:2:ffff::1", "2001:db8:1:2::/64");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(origins_have_one_form),
        cmocka_unit_test(only_our_origins_are_allowed),
        cmocka_unit_test(hosts_are_compared_whole),
        cmocka_unit_test(development_knows_itself_only),
        cmocka_unit_test(a_hidden_origin_needs_the_browsers_word),
        cmocka_unit_test(a_portal_without_domain_needs_an_origin),
        cmocka_unit_test(forwarded_counts_from_named_proxies_only),
        cmocka_unit_test(what_the_client_wrote_itself_does_not_count),
        cmocka_unit_test(one_network_is_one_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
