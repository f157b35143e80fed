/* Passwords: hashed so that guessing is dear, checked in the same time for everybody, a few at a time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../api/account/password.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static void test_a_password_is_known_again_and_another_is_not(void **state)
{
    (void)state;
    char one[crypto_pwhash_STRBYTES], two[crypto_pwhash_STRBYTES];
    assert_true(password_hash("correct horse", one));
    assert_true(password_hash("correct horse", two));
    assert_string_not_equal(one, two);
    assert_true(strncmp(one, "$argon2id$v=19$m=19456,t=2,p=1$", 31) == 0);
    assert_true(password_verify(one, "correct horse"));
    assert_true(password_verify(two, "correct horse"));
    assert_false(password_verify(one, "Correct horse"));
    assert_false(password_verify(one, ""));
}

/* T05 */
static void test_nothing_of_a_long_password_is_cut_off(void **state)
{
    (void)state;
    char encoded[crypto_pwhash_STRBYTES], longest[513];
    memset(longest, 'x', 512);
    longest[512] = '\0';
    memcpy(longest + 100, "\xf0\x9f\x94\x91 ", 5);
    assert_true(password_hash(longest, encoded));
    assert_true(password_verify(encoded, longest));
    longest[511] = 'y';
    assert_false(password_verify(encoded, longest));
}

static void test_nobody_has_no_password(void **state)
{
    (void)state;
    assert_false(password_verify(NULL, ""));
    assert_false(password_verify(NULL, "guess"));
    assert_false(password_verify("no hash at all", "guess"));
    assert_false(password_verify("", ""));
}

static void test_only_another_cost_needs_a_new_hash(void **state)
{
    (void)state;
    char encoded[crypto_pwhash_STRBYTES];
    assert_true(password_hash("x", encoded));
    assert_false(password_needs_rehash(encoded));
    assert_int_equal(crypto_pwhash_str(encoded, "x", 1, 1, 8192 * 1024), 0);
    assert_true(password_needs_rehash(encoded));
    assert_true(password_verify(encoded, "x"));
}

static double cpu_ms(const char *encoded)
{
    struct timespec from, to;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &from);
    password_verify(encoded, "guess");
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &to);
    return (double)(to.tv_sec - from.tv_sec) * 1e3 + (double)(to.tv_nsec - from.tv_nsec) / 1e6;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

enum { ROUNDS = 15 };

/* T01, in its smallest form: the work for nobody is the work for somebody. */
static void test_the_unknown_cost_as_much_as_the_known(void **state)
{
    (void)state;
    char encoded[crypto_pwhash_STRBYTES];
    double known[ROUNDS], unknown[ROUNDS];
    assert_true(password_hash("secret", encoded));
    for (int i = 0; i < ROUNDS; i++) {
        known[i] = cpu_ms(encoded);
        unknown[i] = cpu_ms(NULL);
    }
    qsort(known, ROUNDS, sizeof known[0], by_size);
    qsort(unknown, ROUNDS, sizeof unknown[0], by_size);
    double ratio = unknown[ROUNDS / 2] / known[ROUNDS / 2];
    assert_true(ratio > 0.7 && ratio < 1.4);
}

enum { THREADS = 24 };

static long peak_kib(void)
{
    long peak = 0;
    char line[128];
    FILE *file = fopen("/proc/self/status", "r");
    assert_non_null(file);
    while (fgets(line, sizeof line, file)) {
        if (strncmp(line, "VmHWM:", 6) == 0)
            peak = strtol(line + 6, NULL, 10);
    }
    fclose(file);
    return peak;
}

static void *guess(void *encoded)
{
    return password_verify(encoded, "secret") ? encoded : NULL;
}

/* T06 */
static void test_many_at_once_take_the_memory_of_a_few(void **state)
{
    (void)state;
    char encoded[crypto_pwhash_STRBYTES];
    pthread_t threads[THREADS];
    assert_true(password_hash("secret", encoded));
    long before = peak_kib();
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, guess, encoded), 0);
    for (int i = 0; i < THREADS; i++) {
        void *good = NULL;
        pthread_join(threads[i], &good);
        assert_ptr_equal(good, encoded);
    }
    /* All at once would be 24 times 19 MiB. */
    assert_true(peak_kib() - before < 4L * 19 * 1024);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_many_at_once_take_the_memory_of_a_few),
        cmocka_unit_test(test_a_password_is_known_again_and_another_is_not),
        cmocka_unit_test(test_nothing_of_a_long_password_is_cut_off),
        cmocka_unit_test(test_nobody_has_no_password),
        cmocka_unit_test(test_only_another_cost_needs_a_new_hash),
        cmocka_unit_test(test_the_unknown_cost_as_much_as_the_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
