/* Which addresses webhooks may lead to, and how what they are told is signed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../api/webhook/address.h"
#include "../../api/webhook/call.h"
#include "../../api/webhook/sign.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sodium.h>
#include <string.h>
#include <sys/socket.h>

static enum address_kind kind_of(const char *text, const char *allowed)
{
    struct sockaddr_in four = {.sin_family = AF_INET};
    struct sockaddr_in6 six = {.sin6_family = AF_INET6};
    if (inet_pton(AF_INET, text, &four.sin_addr) == 1)
        return address_kind((const struct sockaddr *)&four, allowed);
    assert_int_equal(inet_pton(AF_INET6, text, &six.sin6_addr), 1);
    return address_kind((const struct sockaddr *)&six, allowed);
}

static void test_addresses_of_the_internet_are_public(void **state)
{
    static const char *const public[] = {"93.184.216.34",   "1.1.1.1",        "172.15.255.255",
                                         "172.32.0.1",      "100.63.255.255", "2606:4700::1111",
                                         "2a00:1450::200e", "::ffff:1.1.1.1", "64:ff9b::1.1.1.1"};
    (void)state;
    for (size_t i = 0; i < sizeof public / sizeof public[0]; i++)
        if (kind_of(public[i], "") != ADDRESS_PUBLIC)
            fail_msg("%s", public[i]);
}

static void test_what_only_this_machine_or_its_network_reaches_is_not(void **state)
{
    static const char *const private[] = {"0.0.0.0",
                                          "0.1.2.3",
                                          "10.0.0.1",
                                          "100.64.0.1",
                                          "127.0.0.1",
                                          "127.255.255.254",
                                          "169.254.169.254",
                                          "172.16.0.1",
                                          "172.31.255.255",
                                          "192.0.0.8",
                                          "192.168.1.1",
                                          "198.18.0.1",
                                          "203.0.113.9",
                                          "224.0.0.1",
                                          "240.0.0.1",
                                          "255.255.255.255",
                                          "::",
                                          "::1",
                                          "::127.0.0.1",
                                          "::ffff:127.0.0.1",
                                          "::ffff:10.0.0.1",
                                          "64:ff9b::a00:1",
                                          "64:ff9b:1::a00:1",
                                          "fe80::1",
                                          "fc00::1",
                                          "fdab::1",
                                          "fec0::1",
                                          "ff02::1",
                                          "2001::1",
                                          "2001:db8::1",
                                          "2002:a00:1::1",
                                          "3fff::1",
                                          "::ffff:0:127.0.0.1",
                                          "100::1"};
    (void)state;
    for (size_t i = 0; i < sizeof private / sizeof private[0]; i++)
        if (kind_of(private[i], "") != ADDRESS_PRIVATE)
            fail_msg("%s", private[i]);
}

static void test_what_is_none_of_ip_is_private(void **state)
{
    const struct sockaddr local = {.sa_family = AF_UNIX};
    (void)state;
    assert_int_equal(address_kind(&local, "0.0.0.0/0, ::/0"), ADDRESS_PRIVATE);
}

static void test_networks_that_are_named_are_allowed(void **state)
{
    static const char list[] = "127.0.0.1, 10.1.0.0/16,fd00::/8 192.0.2.128/25";
    (void)state;
    assert_true(address_list_is_valid(list));
    assert_int_equal(kind_of("127.0.0.1", list), ADDRESS_ALLOWED);
    assert_int_equal(kind_of("::ffff:127.0.0.1", list), ADDRESS_ALLOWED);
    assert_int_equal(kind_of("127.0.0.2", list), ADDRESS_PRIVATE);
    assert_int_equal(kind_of("10.1.255.1", list), ADDRESS_ALLOWED);
    assert_int_equal(kind_of("10.2.0.1", list), ADDRESS_PRIVATE);
    assert_int_equal(kind_of("fd12::1", list), ADDRESS_ALLOWED);
    assert_int_equal(kind_of("fc12::1", list), ADDRESS_PRIVATE);
    assert_int_equal(kind_of("192.0.2.200", list), ADDRESS_ALLOWED);
    assert_int_equal(kind_of("192.0.2.100", list), ADDRESS_PRIVATE);
    assert_int_equal(kind_of("203.0.113.1", "0.0.0.0/0"), ADDRESS_ALLOWED);
}

static void test_what_is_no_network_is_said(void **state)
{
    static const char *const bad[] = {"10.0.0.0/33", "acme.example", "10.0.0/8",    "10.0.0.0/-1",
                                      "::1/129",     "10.0.0.0/8x",  "127.0.0.1 x", "10.0.0.0/"};
    (void)state;
    assert_true(address_list_is_valid(""));
    assert_true(address_list_is_valid(" , "));
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        if (address_list_is_valid(bad[i]))
            fail_msg("%s", bad[i]);
}

/* Over "ID.TIME.BODY". */
static void test_signatures_are_those_that_others_verify(void **state)
{
    unsigned char secret[HOOK_SECRET_BYTES] = {0};
    char signature[SIGN_SIGNATURE_LEN], expected[64];
    unsigned char mac[crypto_auth_hmacsha256_BYTES];
    static const char whole[] = "17.1614265330.{\"test\": 2432232314}";
    const struct signed_message message = {"17", 1614265330, "{\"test\": 2432232314}", 20};
    (void)state;
    memset(secret, 'k', sizeof secret);
    sign_message(secret, &message, signature);
    crypto_auth_hmacsha256(mac, (const unsigned char *)whole, strlen(whole), secret);
    sodium_bin2base64(expected, sizeof expected, mac, sizeof mac, sodium_base64_VARIANT_ORIGINAL);
    assert_memory_equal(signature, "v1,", 3);
    assert_string_equal(signature + 3, expected);
}

static void test_secrets_are_shown_as_their_bytes_in_base64(void **state)
{
    size_t len = 0;
    unsigned char secret[HOOK_SECRET_BYTES], again[HOOK_SECRET_BYTES];
    char text[SIGN_SECRET_LEN], other[SIGN_SECRET_LEN];
    (void)state;
    sign_make_secret(secret, text);
    assert_memory_equal(text, "whsec_", 6);
    assert_int_equal(sodium_base642bin(again, sizeof again, text + 6, strlen(text + 6), NULL, &len, NULL,
                                       sodium_base64_VARIANT_ORIGINAL),
                     0);
    assert_int_equal(len, sizeof secret);
    assert_memory_equal(again, secret, sizeof secret);
    sign_make_secret(secret, other);
    assert_string_not_equal(text, other);
}

static void test_urls_are_checked(void **state)
{
    (void)state;
    assert_null(call_url_fault("https://hooks.acme.example/in?key=1"));
    assert_null(call_url_fault("http://10.0.0.1:8080/"));
    assert_non_null(call_url_fault("HTTPS:acme.example"));
    assert_non_null(call_url_fault("file:///etc/passwd"));
    assert_non_null(call_url_fault("https://user@acme.example/"));
    assert_non_null(call_url_fault("https://acme.example/\r\nHost: other"));
    assert_non_null(call_url_fault("https://bücher.example/"));
}

static void test_urls_of_private_addresses_are_known_before_they_are_called(void **state)
{
    (void)state;
    static const char *const private[] = {"https://10.0.0.1/", "http://localhost:8080/x", "https://127.1/",
                                          "https://[fd00::1]:8443/", "https://[::ffff:10.0.0.1]/"};
    static const char *const other[] = {"https://acme.example/", "https://93.184.216.34/",
                                        "https://[2600::1]/", "https://localhost.example/", "none"};
    for (size_t i = 0; i < sizeof private / sizeof private[0]; i++)
        if (!call_url_is_private(private[i]))
            fail_msg("%s", private[i]);
    for (size_t i = 0; i < sizeof other / sizeof other[0]; i++)
        if (call_url_is_private(other[i]))
            fail_msg("%s", other[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_addresses_of_the_internet_are_public),
        cmocka_unit_test(test_what_only_this_machine_or_its_network_reaches_is_not),
        cmocka_unit_test(test_what_is_none_of_ip_is_private),
        cmocka_unit_test(test_networks_that_are_named_are_allowed),
        cmocka_unit_test(test_what_is_no_network_is_said),
        cmocka_unit_test(test_signatures_are_those_that_others_verify),
        cmocka_unit_test(test_secrets_are_shown_as_their_bytes_in_base64),
        cmocka_unit_test(test_urls_of_private_addresses_are_known_before_they_are_called),
        cmocka_unit_test(test_urls_are_checked),
    };
    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
