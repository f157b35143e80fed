/* Where a request comes from, for limits and the audit log (T44). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../api/server/place.h"

static void assert_place(const char *peer, const char *proxies, const char *forwarded, const char *expected)
{
    char place[PLACE_MAX];
    place_of(place, peer, proxies, forwarded);
    assert_string_equal(place, expected);
}

static void only_named_proxies_are_believed(void **state)
{
    (void)state;
    assert_place("192.0.2.1", "", "203.0.113.7", "192.0.2.1");
    assert_place("127.0.0.1", "127.0.0.1", "203.0.113.7", "203.0.113.7");
    assert_place("127.0.0.1", "127.0.0.1, 10.0.0.2", "1.2.3.4, 203.0.113.7, 10.0.0.2", "203.0.113.7");
    assert_place("127.0.0.1", "127.0.0.1", NULL, "127.0.0.1");
    assert_place("127.0.0.1", "127.0.0.1", "203.0.113.7, unknown", "127.0.0.1");
}

static void of_ipv6_the_network_counts(void **state)
{
    (void)state;
    assert_place("2001:db8:1:2:3:4:5:6", "", NULL, "2001:db8:1:2::/64");
    assert_place("127.0.0.1", "127.0.0.1", "2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64");
}

/* Else all customers of IPv4 were one place, "::/64", and one of them could lock out all. */
static void an_ipv4_address_in_ipv6_dress_is_an_ipv4_address(void **state)
{
    (void)state;
    assert_place("127.0.0.1", "127.0.0.1", "::ffff:203.0.113.7", "203.0.113.7");
    assert_place("127.0.0.1", "127.0.0.1,10.0.0.2", "::ffff:203.0.113.7, ::FFFF:10.0.0.2", "203.0.113.7");
    assert_place("::ffff:127.0.0.1", "127.0.0.1", "203.0.113.7", "203.0.113.7");
    assert_place("::ffff:198.51.100.7", "", NULL, "198.51.100.7");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_named_proxies_are_believed),
        cmocka_unit_test(of_ipv6_the_network_counts),
        cmocka_unit_test(an_ipv4_address_in_ipv6_dress_is_an_ipv4_address),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
