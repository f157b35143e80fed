#include "../../lib/http/framing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

struct sample {
    const char *fields; /* "Name=value|Name=value" */
    const char *method;
    const char *version;
};

/* Split in place, as the server does with its own buffer. */
static void head_make(struct http_head *head, char *text, size_t size, const struct sample *sample)
{
    *head = (struct http_head){.path = "/", .query = ""};
    head->method = sample->method ? sample->method : "GET";
    head->version = sample->version ? sample->version : "1.1";
    snprintf(text, size, "%s", sample->fields);
    for (char *field = strtok(text, "|"); field; field = strtok(NULL, "|")) {
        char *equals = strchr(field, '=');
        *equals = '\0';
        head->fields[head->count++] = (struct http_field){field, equals + 1};
    }
}

static struct refusal check(struct sample sample, struct framing *framing)
{
    static char text[1024];
    struct http_head head;
    struct refusal refusal = {0, ""};
    head_make(&head, text, sizeof text, &sample);
    bool taken = framing_check(&head, framing, &refusal);
    assert_int_equal(taken, refusal.status == 0);
    return refusal;
}

static void assert_refused(struct sample sample, int status, const char *code)
{
    struct framing framing;
    struct refusal refusal = check(sample, &framing);
    if (refusal.status != status || strcmp(refusal.code, code) != 0)
        fail_msg("%s: want %d %s, got %d %s", sample.fields, status, code, refusal.status, refusal.code);
}

static struct framing assert_taken(struct sample sample)
{
    struct framing framing;
    struct refusal refusal = check(sample, &framing);
    if (refusal.status != 0)
        fail_msg("%s: refused with %d %s", sample.fields, refusal.status, refusal.code);
    return framing;
}

static void T41_two_ways_to_find_the_end_are_refused(void **state)
{
    (void)state;
    static const char *const odd[] = {
        "Host=a|Content-Length=5|Transfer-Encoding=chunked",
        "Host=a|transfer-encoding=chunked|content-length=5",
        "Host=a|Content-Length=5|Content-Length=5",
        "Host=a|Content-Length=5|Content-Length=6",
        "Host=a|Content-Length=+5",
        "Host=a|Content-Length=-5",
        "Host=a|Content-Length=5,5",
        "Host=a|Content-Length=0x5",
        "Host=a|Content-Length=5 5",
        "Host=a|Content-Length=",
        "Host=a|Content-Length=five",
        "Host=a|Content-Length=5.0",
        "Host=a|Content-Length=9223372036854775808",
        "Host=a|Content-Length=99999999999999999999999",
        "Host=a|Transfer-Encoding=gzip",
        "Host=a|Transfer-Encoding=gzip, chunked",
        "Host=a|Transfer-Encoding=identity",
        "Host=a|Transfer-Encoding=xchunked",
        "Host=a|Transfer-Encoding=",
        "Host=a|Transfer-Encoding=chunked|Transfer-Encoding=chunked",
        "Host=a|Content-Type=text/plain|Content-Type=application/json",
        "Host=a|Origin=https://a|origin=https://b",
    };
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
        assert_refused((struct sample){odd[i], "POST", NULL}, 400, "framing");
    assert_refused((struct sample){"Host=a|Transfer-Encoding=chunked", "POST", "1.0"}, 400, "framing");
}

static void lengths_are_read(void **state)
{
    (void)state;
    assert_int_equal(assert_taken((struct sample){"Host=a", "POST", NULL}).length, 0);
    assert_int_equal(assert_taken((struct sample){"Host=a|Content-Length=0", "POST", NULL}).length, 0);
    assert_int_equal(assert_taken((struct sample){"Host=a|Content-Length=0012", "POST", NULL}).length, 12);
    assert_true(
        assert_taken((struct sample){"Host=a|Content-Length=999999999999999999", NULL, NULL}).length ==
        INT64_C(999999999999999999));
    assert_int_equal(assert_taken((struct sample){"Host=a|Transfer-Encoding=Chunked", "PUT", NULL}).length,
                     -1);
}

static void T41_a_host_that_is_missing_doubled_or_malformed_is_refused(void **state)
{
    (void)state;
    static const char *const odd[] = {
        "Accept=x", "Host=",       "Host=a|Host=a", "Host=a|host=b", "Host=a b",      "Host=a/b",
        "Host=a@b", "Host=a:",     "Host=a:b",      "Host=a:123456", "Host=:80",      "Host=[::1",
        "Host=[]",  "Host=[::1]a", "Host=a,b",      "Host=a%2e",     "Host=http://a", "Host=\xc3\xa9",
    };
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
        assert_refused((struct sample){odd[i], NULL, NULL}, 400, "host");
    assert_refused((struct sample){"Accept=x", NULL, "1.0"}, 400, "host");

    char longest[HTTP_HOST_MAX + 16] = "Host=";
    memset(longest + 5, 'a', HTTP_HOST_MAX);
    assert_refused((struct sample){longest, NULL, NULL}, 400, "host");
    longest[5 + HTTP_HOST_MAX - 1] = '\0';
    assert_taken((struct sample){longest, NULL, NULL});
}

static void hosts_are_lowered(void **state)
{
    (void)state;
    assert_string_equal(assert_taken((struct sample){"Host=Support.Example.COM", NULL, NULL}).host,
                        "support.example.com");
    assert_string_equal(assert_taken((struct sample){"Host=LocalHost:8080", NULL, NULL}).host,
                        "localhost:8080");
    assert_string_equal(assert_taken((struct sample){"Host=[::1]:80", NULL, NULL}).host, "[::1]:80");
}

static void fields_that_are_none_are_refused(void **state)
{
    (void)state;
    static const char *const odd[] = {
        "Host=a|X Y=1",  "Host=a|X@=1",   "Host=a|\x80=1", "Host=a|X=a\x01.",   "Host=a|X=a\x7f",
        "Host=a|X=a\rb", "Host=a|X=a\nb", "Host=a|X=\xff", "Host=a|X=\xc0\xaf", "Host=a|X(=1",
    };
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
        assert_refused((struct sample){odd[i], NULL, NULL}, 400, "framing");
    assert_taken((struct sample){"Host=a|X-Y_1!#$%&'*+.^`~=caf\xc3\xa9 \t x", NULL, NULL});
}

static void only_methods_of_ours_are_taken(void **state)
{
    (void)state;
    static const char *const ours[] = {"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"};
    static const char *const others[] = {"TRACE", "CONNECT", "PROPFIND", "MKCOL", "get", "", "GETS"};
    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
        assert_taken((struct sample){"Host=a", ours[i], NULL});
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_refused((struct sample){"Host=a", others[i], NULL}, 405, "method");
}

static void only_http_1_is_taken(void **state)
{
    (void)state;
    assert_taken((struct sample){"Host=a", NULL, "1.0"});
    assert_refused((struct sample){"Host=a", NULL, "2.0"}, 505, "framing");
    assert_refused((struct sample){"Host=a", NULL, "1.10"}, 505, "framing");
}

static void connections_stay_as_the_client_wishes(void **state)
{
    (void)state;
    static const struct {
        const char *fields;
        const char *version;
        bool stays;
    } wishes[] = {
        {"Host=a", "1.1", true},
        {"Host=a", "1.0", false},
        {"Host=a|Connection=close", "1.1", false},
        {"Host=a|Connection=Keep-Alive", "1.0", true},
        {"Host=a|Connection=keep-alive, CLOSE", "1.1", false},
        {"Host=a|Connection=TE, keep-alive", "1.1", true},
        {"Host=a|Connection=Upgrade", "1.1", false},
        {"Host=a|Connection=keep-alive|Connection=close", "1.1", false},
    };
    for (size_t i = 0; i < sizeof wishes / sizeof *wishes; i++) {
        struct framing framing = assert_taken((struct sample){wishes[i].fields, NULL, wishes[i].version});
        if (framing.keep_alive != wishes[i].stays)
            fail_msg("%s with %s", wishes[i].fields, wishes[i].version);
    }
}

static void expectations_are_known_or_refused(void **state)
{
    (void)state;
    struct sample waits = {"Host=a|Content-Length=5|Expect=100-Continue", "POST", NULL};
    assert_true(assert_taken(waits).expects_continue);
    waits.version = "1.0";
    assert_false(assert_taken(waits).expects_continue);
    assert_false(assert_taken((struct sample){"Host=a|Expect=100-continue", "POST", NULL}).expects_continue);
    assert_refused((struct sample){"Host=a|Expect=the worst", "POST", NULL}, 417, "framing");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(T41_two_ways_to_find_the_end_are_refused),
        cmocka_unit_test(lengths_are_read),
        cmocka_unit_test(T41_a_host_that_is_missing_doubled_or_malformed_is_refused),
        cmocka_unit_test(hosts_are_lowered),
        cmocka_unit_test(fields_that_are_none_are_refused),
        cmocka_unit_test(only_methods_of_ours_are_taken),
        cmocka_unit_test(only_http_1_is_taken),
        cmocka_unit_test(connections_stay_as_the_client_wishes),
        cmocka_unit_test(expectations_are_known_or_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
