/* Which ID tokens are believed (T10): each claim of its own, at the edge of the leeway, and of the wrong
 * type. */
#include "../../api/oidc/claims.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <string.h>

#define NOW 1800000000
#define AT_HASH "oFYf1knNtrqnhAVfBRuteQ" /* of "access": the left half of its SHA-256 */

static const struct claims_wanted wanted = {.issuer = "https://id.example",
                                            .client_id = "portal",
                                            .nonce = "n",
                                            .access_token = "access",
                                            .now = NOW};

static json_t *good(void)
{
    return json_pack("{ss ss ss si si ss}", "iss", "https://id.example", "sub", "anna", "aud", "portal",
                     "exp", NOW + 300, "iat", NOW, "nonce", "n");
}

/* With this member, as JSON text (NULL: without it), what is wrong; "": nothing. */
static void says(const char *expected, const char *name, const char *value)
{
    json_t *claims = good();
    if (value)
        json_object_set_new(claims, name, json_loads(value, JSON_DECODE_ANY, NULL));
    else
        json_object_del(claims, name);
    const char *wrong = claims_wrong(claims, &wanted);
    if (strcmp(wrong ? wrong : "", expected) != 0)
        fail_msg("%s = %s: want \"%s\", got \"%s\"", name, value ? value : "absent", expected,
                 wrong ? wrong : "");
    json_decref(claims);
}

static void test_what_is_as_it_should_be_is_believed(void **state)
{
    (void)state;
    says("", "extra", "{\"any\": 1}");
    says("", "aud", "[\"portal\"]");
    says("", "azp", "\"portal\"");
    says("", "at_hash", "\"" AT_HASH "\"");
}

static void test_names_are_compared_to_the_letter(void **state)
{
    (void)state;
    says("iss", "iss", "\"https://id.example/\"");
    says("iss", "iss", "\"https://ID.example\"");
    says("iss", "iss", "[\"https://id.example\"]");
    says("iss", "iss", NULL);
    says("aud", "aud", "\"Portal\"");
    says("aud", "aud", "\"portal2\"");
    says("aud", "aud", "[]");
    says("aud", "aud", "[1, null, {\"portal\": 1}]");
    says("aud", "aud", NULL);
    says("azp", "aud", "[\"portal\", \"others\"]");
    says("azp", "azp", "\"others\"");
    says("azp", "azp", "1");
    says("nonce", "nonce", "\"\"");
    says("nonce", "nonce", "\"N\"");
    says("nonce", "nonce", NULL);
    says("at_hash", "at_hash", "\"AAAAAAAAAAAAAAAAAAAAAA\"");
    says("at_hash", "at_hash", "null");
    says("sub", "sub", NULL);
    says("sub", "sub", "17");
}

static void test_times_have_a_minute_of_leeway_and_no_more(void **state)
{
    (void)state;
    says("", "exp", "1799999941");
    says("exp", "exp", "1799999940");
    says("exp", "exp", "\"1900000000\"");
    says("exp", "exp", "-1");
    says("exp", "exp", "1e300");
    says("", "exp", "1800000300.5");
    says("", "iat", "1800000060");
    says("iat", "iat", "1800000061");
    says("iat", "iat", NULL);
    says("", "nbf", "1800000060");
    says("nbf", "nbf", "1800000061");
    says("nbf", "nbf", "\"now\"");
    says("", "nbf", NULL);
}

static void test_a_nonce_is_wanted_even_when_none_was_sent(void **state)
{
    struct claims_wanted none = wanted;
    json_t *claims = good();
    (void)state;
    none.nonce = "";
    json_object_set_new(claims, "nonce", json_string(""));
    assert_string_equal(claims_wrong(claims, &none), "nonce");
    json_decref(claims);
}

static void test_a_flag_is_true_or_the_word_for_it(void **state)
{
    (void)state;
    json_t *claims = json_pack("{sb ss ss si sb}", "a", 1, "b", "true", "c", "yes", "d", 1, "e", 0);
    assert_true(claims_flag(claims, "a"));
    assert_true(claims_flag(claims, "b"));
    assert_false(claims_flag(claims, "c"));
    assert_false(claims_flag(claims, "d"));
    assert_false(claims_flag(claims, "e"));
    assert_false(claims_flag(claims, "absent"));
    assert_false(claims_flag(NULL, "a"));
    json_decref(claims);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_as_it_should_be_is_believed),
        cmocka_unit_test(test_names_are_compared_to_the_letter),
        cmocka_unit_test(test_times_have_a_minute_of_leeway_and_no_more),
        cmocka_unit_test(test_a_nonce_is_wanted_even_when_none_was_sent),
        cmocka_unit_test(test_a_flag_is_true_or_the_word_for_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
