/* Where a sign-in leads back to (T27), which passwords are refused (T05), what a secret is (T12), browsers.
 */
#include "../../api/account/agent.h"
#include "../../api/account/common.h"
#include "../../api/account/return.h"
#include "../../api/account/rules.h"
#include "../../api/store/secret.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>
#include <sodium.h>
#include <string.h>

static void own_paths_are_followed(void **state)
{
    static const char *const good[] = {
        "/support/",
        "/support/en/tickets/",
        "/support/en/ticket/?n=1042",
        "/support/en/tickets/?status=all&view=mine#list",
        "/support/en/?x=../..//y",
        "/support/en/a.b/..c/",
    };
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        if (!return_is_own("/support/", good[i]))
            fail_msg("%s is refused", good[i]);
    assert_true(return_is_own("/", "/en/tickets/"));
    assert_true(return_is_own("/", "/"));
}

static void foreign_urls_are_not(void **state)
{
    static const char *const bad[] = {
        "",
        "support/",
        "/",
        "/other/",
        "/supportx/",
        "//evil.example/support/",
        "///support/",
        "https://evil.example/",
        "javascript:alert(1)",
        "data:text/html,x",
        "/support/../admin/",
        "/support/..",
        "/support/.",
        "/support/./en/",
        "/support/%2e%2E/admin/",
        "/support/.%2e/admin/",
        "/support//evil.example/",
        "/support/\\evil.example",
        "/support/\r\nSet-Cookie: a=b",
        "/support/ x",
        "/support/\xc3\xa9",
        "/support/..?x",
        "/support/..#x",
    };
    char long_path[2000];
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        if (return_is_own("/support/", bad[i]))
            fail_msg("%s is followed", bad[i]);
    assert_false(return_is_own("/", "//evil.example/"));
    assert_false(return_is_own("/", "/\\evil.example/"));
    memset(long_path, 'a', sizeof long_path);
    memcpy(long_path, "/support/", 9);
    long_path[sizeof long_path - 1] = '\0';
    assert_false(return_is_own("/support/", long_path));
}

static const char *fault_of(const char *password)
{
    static const char *locales[] = {"en", "fr"};
    json_t *name = json_pack("{s:s, s:s}", "en", "Acme Support Portal", "fr", "Assistance Acmé");
    const struct portal portal = {
        .name = name, .locales = locales, .locale_count = 2, .default_locale = "en", .password_min = 12};
    const char *fault = password_fault(&portal, "Anna.Katarina.Berg@acme.example", password);
    json_decref(name);
    return fault;
}

static void assert_fault(const char *password, const char *want)
{
    const char *fault = fault_of(password);
    if (want ? !fault || strcmp(fault, want) != 0 : fault != NULL)
        fail_msg("\"%s\": want %s, got %s", password, want ? want : "nothing", fault ? fault : "nothing");
}

static void good_passwords_pass(void **state)
{
    char longest[1025];
    (void)state;
    assert_fault("three rivers of tea", NULL);
    assert_fault("correct horse battery", NULL);
    assert_fault("ünïcödé-ist-schön", NULL);
    assert_fault("🐈🐕🐎🐄🐖🐑🐐🐓🐇🐁🐿🦔", NULL);
    assert_fault("48210397561843", NULL);
    assert_fault("passwordless tea 7", NULL);
    for (size_t i = 0; i < sizeof longest; i++)
        longest[i] = (char)('a' + i * i % 23);
    longest[1024] = '\0';
    assert_fault(longest, NULL);
}

static void lengths_count_characters(void **state)
{
    char longest[1026];
    (void)state;
    assert_fault("", "required");
    assert_fault("k7#mQ2!xW9z", "password_short");
    assert_fault("🐈🐕🐎🐄🐖🐑🐐🐓🐇🐁🐿", "password_short");
    memset(longest, 'x', sizeof longest - 1);
    longest[1025] = '\0';
    assert_fault(longest, "too_long");
}

static void what_everybody_tries_first_is_refused(void **state)
{
    static const char *const common[] = {
        "password1234",  "Password1234!",    "!!!QWERTY 2026", "123456789012",   "987654321098",
        "111111111111",  "abcabcabcabc",     "abcdefghijkl",   "welcomewelcome", "letmein12345",
        "iloveyou2026",  "summer2026!!",     "qwertyuiop123",  "2026-11-22!!!!", "changeme1234",
        "adminpassword", "passwordpassword",
    };
    (void)state;
    for (size_t i = 0; i < sizeof common / sizeof common[0]; i++)
        assert_fault(common[i], "password_common");
}

static void what_is_known_of_the_person_is_refused(void **state)
{
    (void)state;
    assert_fault("acme support portal", "password_personal");
    assert_fault("AcmeSupportPortal1", "password_personal");
    assert_fault("assistance acmé", "password_personal");
    assert_fault("anna.katarina.berg@acme.example", "password_personal");
    assert_fault("Anna.Katarina.Berg1!", "password_personal");
}

static void common_words_are_known(void **state)
{
    (void)state;
    assert_true(common_is_word("abc"));
    assert_true(common_is_word("zxcvbnm"));
    assert_true(common_is_word("contraseña"));
    assert_true(common_is_word("monkey"));
    assert_true(common_is_word("loveyou"));
    assert_false(common_is_word("horse"));
    assert_false(common_is_word(""));
}

static void secrets_are_new_and_kept_as_hashes(void **state)
{
    char first[SECRET_TEXT_LEN + 1], second[SECRET_TEXT_LEN + 1];
    unsigned char hash[SECRET_HASH_BYTES], again[SECRET_HASH_BYTES];
    (void)state;
    secret_make(first, hash);
    secret_make(second, again);
    assert_int_equal(strlen(first), SECRET_TEXT_LEN);
    assert_string_not_equal(first, second);
    assert_memory_not_equal(hash, again, sizeof hash);
    assert_true(secret_hash(first, again));
    assert_memory_equal(hash, again, sizeof hash);
}

static void other_texts_are_no_secrets(void **state)
{
    char text[SECRET_TEXT_LEN + 1];
    unsigned char hash[SECRET_HASH_BYTES];
    (void)state;
    secret_make(text, hash);
    text[10] = '+';
    assert_false(secret_hash(text, hash));
    assert_false(secret_hash("", hash));
    assert_false(secret_hash("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", hash));
    assert_false(secret_hash("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", hash));
}

/* What browsers really send, and what nobody should be shown. */
static void a_browser_is_told_in_our_words(void **state)
{
    static const char *const told[][2] = {
        {"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Linux"},
        {"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 "
         "Safari/537.36",
         "Chrome, Windows"},
        {"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 "
         "Safari/537.36 Edg/142.0.0.0",
         "Edge, Windows"},
        {"Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
         "Version/18.1 Mobile/15E148 Safari/604.1",
         "Safari, iPhone"},
        {"Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 "
         "Chrome/130.0.0.0 Mobile Safari/537.36",
         "Samsung Internet, Android"},
        {"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)", "macOS"},
        {"<b>curl</b>\x01", ""},
        {"", ""},
    };
    char words[AGENT_MAX];
    (void)state;
    for (size_t i = 0; i < sizeof told / sizeof told[0]; i++) {
        agent_words(words, told[i][0]);
        assert_string_equal(words, told[i][1]);
    }
    agent_words(words, NULL);
    assert_string_equal(words, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(own_paths_are_followed),
        cmocka_unit_test(a_browser_is_told_in_our_words),
        cmocka_unit_test(foreign_urls_are_not),
        cmocka_unit_test(good_passwords_pass),
        cmocka_unit_test(lengths_count_characters),
        cmocka_unit_test(what_everybody_tries_first_is_refused),
        cmocka_unit_test(what_is_known_of_the_person_is_refused),
        cmocka_unit_test(common_words_are_known),
        cmocka_unit_test(secrets_are_new_and_kept_as_hashes),
        cmocka_unit_test(other_texts_are_no_secrets),
    };
    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
