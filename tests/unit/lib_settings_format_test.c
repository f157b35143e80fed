#include "lib_test.h"

#include "../../lib/settings/format.h"

static void check(bool (*is)(const char *text), const char *const *good, const char *const *bad)
{
    for (; *good; good++) {
        if (!is(*good))
            fail_msg("refused: %s", *good);
    }
    for (; *bad; bad++) {
        if (is(*bad))
            fail_msg("let pass: %s", *bad);
    }
}

#define VALUES(...) ((const char *const[]){__VA_ARGS__, NULL})
#define A63 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

static void ids_are_plain(void **state)
{
    (void)state;
    check(format_is_id, VALUES("a", "a-b_c9", "a" A63),
          VALUES("", "9a", "-a", "A", "a b", "é", "aa" A63, "a/b"));
}

static void slugs_begin_and_end_with_a_slash(void **state)
{
    (void)state;
    check(format_is_slug, VALUES("/", "/a/", "/help-desk/v2/"),
          VALUES("", "a", "/a", "a/", "//", "/a//b/", "/A/", "/../", "/a b/", "/-a/", "/a-/", "/é/", "/a_b/",
                 "/a.b/"));
}

static void hosts_are_names_and_perhaps_a_port(void **state)
{
    (void)state;
    check(format_is_host,
          VALUES("localhost", "a.example", "a.example:1", "a.example:65535", "127.0.0.1:8080",
                 "xn--bcher-kva.example", A63 ".example"),
          VALUES("", ".", "a.", ".a", "a..b", "-a.b", "a-.b", "a_b.c", "A.b", "a:", "a:0", "a:65536", "a:080",
                 "a:8x", "https://a", "a/b", "bücher.example", "a b", "[::1]", "a" A63 ".example",
                 A63 "." A63 "." A63 "." A63));
}

static void addresses_have_one_mailbox_and_one_host(void **state)
{
    (void)state;
    check(format_is_email, VALUES("a@b.example", "a.b+c_d'e@b-c.example", "A@B.Example", "root@localhost"),
          VALUES("", "a", "@b.example", "a@", "a@b", "a@b@c.example", ".a@b.example", "a.@b.example",
                 "a..b@c.example", "a b@c.example", "a@b.example ", "a@b..example", "a@b.example.",
                 "a@b.example:25", "Anna <a@b.example>", "a,b@c.example", "a\r\nBcc: x@b.example",
                 "é@b.example", "a@-b.example", "aa" A63 "@b.example"));
}

static void urls_are_absolute_or_a_path(void **state)
{
    (void)state;
    check(format_is_url,
          VALUES("https://a.example", "http://localhost:8080/x?y#z", "mailto:a@b.example", "/", "/api/v1"),
          VALUES("", "a", "//a.example", "/\\a", "ftp://a", "javascript:x", "https://", "https:a", "/a b",
                 "mailto:", "mailto:x", "#a", "tel:1", "/a\nb"));
}

static void the_api_is_a_path_or_an_address_without_a_closing_slash(void **state)
{
    (void)state;
    check(format_is_api,
          VALUES("/api/v1", "/a", "/a-b/.c/d~e_f", "https://api.example.com",
                 "https://api.example.com:8443/v1", "http://localhost:8080/api/v1"),
          VALUES("", "/", "api", "//a.example", "/a/", "/a//b", "/a/../b", "/./a", "/a b", "/a;b", "/a'b",
                 "/a:b", "https://", "https:///a", "https://:80/a", "https://a.example:0/v1",
                 "https://u@a.example/v1", "https://a.example/", "https://a.example/v1?x",
                 "https://A.example/v1", "HTTPS://a.example/v1", "mailto:a@b.example", "ftp://a.example/v1"));
}

static void an_issuer_is_an_address_with_tls_or_on_this_machine(void **state)
{
    (void)state;
    check(format_is_issuer,
          VALUES("https://id.example", "https://id.example/", "https://id.example:8443/realms/acme",
                 "http://localhost:8080/realms/acme", "http://127.0.0.1:9000", "http://localhost"),
          VALUES("", "id.example", "https://", "https:///x", "http://id.example", "http://localhost.example",
                 "http://127.0.0.11", "https://id.example/?x", "https://id.example/#x",
                 "https://u@id.example", "mailto:a@b.example", "/path", "https://id.example/a b"));
}

static void colours_are_hexadecimal(void **state)
{
    (void)state;
    check(format_is_color, VALUES("#fff", "#0A5ea8"),
          VALUES("", "#", "fff", "#ff", "#ffff", "#fffff", "#fffffff", "#ggg", "red", "#fff;", "#fff }"));
}

static void lengths_have_a_unit(void **state)
{
    (void)state;
    check(format_is_length, VALUES("0", "8px", "0.5rem", "1em", "60ch", "50%", "0px"),
          VALUES("", "8", "px", ".5rem", "1.rem", "-1px", "+1px", "1 px", "1vw", "1px;x", "calc(1px)",
                 "1e3px", "1111111111111111px"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ids_are_plain),
        cmocka_unit_test(slugs_begin_and_end_with_a_slash),
        cmocka_unit_test(hosts_are_names_and_perhaps_a_port),
        cmocka_unit_test(addresses_have_one_mailbox_and_one_host),
        cmocka_unit_test(urls_are_absolute_or_a_path),
        cmocka_unit_test(the_api_is_a_path_or_an_address_without_a_closing_slash),
        cmocka_unit_test(an_issuer_is_an_address_with_tls_or_on_this_machine),
        cmocka_unit_test(colours_are_hexadecimal),
        cmocka_unit_test(lengths_have_a_unit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
