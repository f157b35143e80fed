/* Codes of two-step sign-in: those of RFC 6238, leeway, replay; what people type; the picture. */
#include "api_store_fixture.h"

#include "../../api/account/qr.h"
#include "../../api/account/totp.h"
#include "../../api/store/secret.h"
#include "../../api/store/two_step.h"

#include <string.h>

#define NOW INT64_C(1800000000000)

static const unsigned char rfc_secret[TOTP_SECRET_BYTES + 1] = "12345678901234567890";

static void test_codes_are_those_of_rfc_6238(void **state)
{
    static const struct {
        int64_t seconds;
        const char *code;
    } rows[] = {
        {59, "94287082"},         {1111111109, "07081804"}, {1111111111, "14050471"},
        {1234567890, "89005924"}, {2000000000, "69279037"}, {20000000000, "65353130"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char code[TOTP_DIGITS_MAX + 1];
        assert_true(totp_code(rfc_secret, TOTP_SECRET_BYTES, rows[i].seconds / TOTP_SECONDS, 8, code));
        assert_string_equal(code, rows[i].code);
        assert_true(totp_code(rfc_secret, TOTP_SECRET_BYTES, rows[i].seconds / TOTP_SECONDS, 6, code));
        assert_string_equal(code, rows[i].code + 2);
    }
}

static void test_a_code_counts_one_step_early_and_late_and_no_more(void **state)
{
    int64_t made = 1234567890 / TOTP_SECONDS, step = 0;
    (void)state;
    for (int64_t at = -3; at <= 3; at++) {
        int64_t now_ms = (made + at) * TOTP_SECONDS * 1000 + 12345;
        bool found = totp_find(rfc_secret, "005924", now_ms, 0, &step);
        assert_int_equal(found, at >= -1 && at <= 1);
        assert_int_equal(step, found ? made : step);
    }
}

static void test_a_code_of_a_used_step_or_an_earlier_one_counts_no_more(void **state)
{
    int64_t made = 1234567890 / TOTP_SECONDS, step = 0, now_ms = INT64_C(1234567890) * 1000;
    (void)state;
    assert_true(totp_find(rfc_secret, "005924", now_ms, made - 1, &step));
    assert_false(totp_find(rfc_secret, "005924", now_ms, made, &step));
    assert_false(totp_find(rfc_secret, "005924", now_ms, made + 1, &step));
}

static void test_blanks_in_a_code_do_not_matter_and_nothing_else_is_one(void **state)
{
    static const char *const bad[] = {"", "12345", "1234567", "12a456", "-12345", "١٢٣٤٥٦"};
    char digits[TOTP_DIGITS + 1];
    (void)state;
    assert_true(totp_digits(" 123 456 ", digits));
    assert_string_equal(digits, "123456");
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        if (totp_digits(bad[i], digits))
            fail_msg("\"%s\" is a code", bad[i]);
}

static void test_the_secret_is_told_in_groups_and_as_an_address(void **state)
{
    struct fixture *fixture = *state;
    assert_string_equal(totp_text(fixture->arena, rfc_secret), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
    assert_string_equal(totp_address(fixture->arena, rfc_secret, "Acme & Co", "anna+x@acme.example"),
                        "otpauth://totp/Acme%20%26%20Co:anna%2Bx%40acme.example"
                        "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Acme%20%26%20Co");
}

static void test_a_picture_has_its_three_corners_and_refuses_what_is_too_long(void **state)
{
    static char text[8000];
    struct buf path;
    int size = 0;
    (void)state;
    buf_init(&path, 65536);
    assert_true(qr_path(&path, "otpauth://totp/a", &size));
    assert_int_equal(size % 4, 1); /* 17 and a multiple of 4 */
    char right[32];
    snprintf(right, sizeof right, "M%d 0h7v1h-7z", size - 7);
    assert_non_null(strstr(path.data, "M0 0h7v1h-7z"));
    assert_non_null(strstr(path.data, right));
    assert_int_equal(strncmp(path.data, "M0 0h7", 6), 0);
    memset(text, 'x', sizeof text - 1);
    assert_false(qr_path(&path, text, &size));
    buf_release(&path);
}

static void make_codes(unsigned char hashes[TWO_STEP_CODES][TWO_STEP_HASH_BYTES],
                       char kept[SECRET_CODE_LEN + 1])
{
    for (int i = 0; i < TWO_STEP_CODES; i++)
        secret_code_make(kept, hashes[i]);
}

static void test_the_store_counts_a_step_once_and_a_recovery_code_once(void **state)
{
    struct fixture *fixture = *state;
    struct store *store = fixture->store;
    struct two_step two_step;
    char kept[SECRET_CODE_LEN + 1];
    unsigned char hashes[TWO_STEP_CODES][TWO_STEP_HASH_BYTES];
    make_codes(hashes, kept);
    assert_int_equal(two_step_turn_on(store, fixture->anna, 5, hashes, NOW), RC_CONFLICT); /* not begun */
    assert_int_equal(two_step_begin(store, fixture->anna, rfc_secret, NOW), RC_OK);
    assert_int_equal(two_step_use_step(store, fixture->anna, 4), RC_CONFLICT); /* not confirmed */
    assert_int_equal(two_step_turn_on(store, fixture->anna, 5, hashes, NOW), RC_OK);
    assert_int_equal(two_step_begin(store, fixture->anna, rfc_secret, NOW), RC_CONFLICT);
    assert_int_equal(two_step_use_step(store, fixture->anna, 5), RC_CONFLICT);
    assert_int_equal(two_step_use_step(store, fixture->anna, 6), RC_OK);
    assert_int_equal(two_step_use_step(store, fixture->anna, 6), RC_CONFLICT);
    assert_int_equal(two_step_use_code(store, fixture->bo, hashes[0], NOW), RC_NOT_FOUND);
    assert_int_equal(two_step_use_code(store, fixture->anna, hashes[0], NOW), RC_OK);
    assert_int_equal(two_step_use_code(store, fixture->anna, hashes[0], NOW), RC_NOT_FOUND);
    assert_int_equal(two_step_read(store, fixture->anna, &two_step), RC_OK);
    assert_true(two_step.on && two_step.last_step == 6 && two_step.codes_left == TWO_STEP_CODES - 1);
    assert_memory_equal(two_step.secret, rfc_secret, TOTP_SECRET_BYTES);
    assert_int_equal(two_step_turn_off(store, fixture->anna, "own", NOW), RC_OK);
    assert_int_equal(two_step_turn_off(store, fixture->anna, "own", NOW), RC_CONFLICT);
    assert_int_equal(two_step_use_code(store, fixture->anna, hashes[1], NOW), RC_NOT_FOUND);
}

static void test_a_set_up_is_forgotten_after_an_hour(void **state)
{
    struct fixture *fixture = *state;
    char kept[SECRET_CODE_LEN + 1];
    unsigned char hashes[TWO_STEP_CODES][TWO_STEP_HASH_BYTES];
    make_codes(hashes, kept);
    assert_int_equal(two_step_begin(fixture->store, fixture->anna, rfc_secret, NOW), RC_OK);
    assert_int_equal(two_step_turn_on(fixture->store, fixture->anna, 5, hashes, NOW + 3600 * 1000),
                     RC_CONFLICT);
}

static void test_a_sign_in_waits_for_five_tries_and_five_minutes(void **state)
{
    struct fixture *fixture = *state;
    struct half_sign_in half = {fixture->anna, "link", true}, read;
    char text[SECRET_TEXT_LEN + 1];
    unsigned char hash[TWO_STEP_HASH_BYTES];
    secret_make(text, hash);
    assert_int_equal(half_begin(fixture->store, hash, &half, NOW, NOW + 300000), RC_OK);
    assert_int_equal(half_try(fixture->store, fixture->arena, hash, NOW + 300000, &read), RC_NOT_FOUND);
    for (int i = 0; i < TWO_STEP_TRIES; i++)
        assert_int_equal(half_try(fixture->store, fixture->arena, hash, NOW, &read), RC_OK);
    assert_true(read.person_id == fixture->anna && read.remembered);
    assert_string_equal(read.way, "link");
    assert_int_equal(half_try(fixture->store, fixture->arena, hash, NOW, &read), RC_NOT_FOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_codes_are_those_of_rfc_6238),
        cmocka_unit_test(test_a_code_counts_one_step_early_and_late_and_no_more),
        cmocka_unit_test(test_a_code_of_a_used_step_or_an_earlier_one_counts_no_more),
        cmocka_unit_test(test_blanks_in_a_code_do_not_matter_and_nothing_else_is_one),
        cmocka_unit_test_setup_teardown(test_the_secret_is_told_in_groups_and_as_an_address, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(test_a_picture_has_its_three_corners_and_refuses_what_is_too_long,
                                        fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_the_store_counts_a_step_once_and_a_recovery_code_once,
                                        fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_a_set_up_is_forgotten_after_an_hour, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(test_a_sign_in_waits_for_five_tries_and_five_minutes, fixture_setup,
                                        fixture_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
