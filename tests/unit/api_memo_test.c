/* A kept answer is given only for the very same question, and only until something was written. */
#include "../../api/server/memo.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

static int begin(void **state)
{
    *state = memo_new(64);
    return *state ? 0 : -1;
}

static int end(void **state)
{
    memo_free(*state);
    return 0;
}

static void put(struct memo *memo, const char *key, uint64_t version, const char *text)
{
    struct buf body;
    buf_init(&body, 1024 * 1024);
    buf_adds(&body, text);
    memo_put(memo, key, version, &body);
    buf_release(&body);
}

static void assert_kept(struct memo *memo, const char *key, uint64_t version, const char *want)
{
    struct buf out;
    buf_init(&out, 1024 * 1024);
    assert_int_equal(memo_get(memo, key, version, &out), want != NULL);
    assert_string_equal(out.data, want ? want : "");
    buf_release(&out);
}

static void an_answer_holds_at_its_version_only(void **state)
{
    put(*state, "anna /tickets", 7, "[1]");
    assert_kept(*state, "anna /tickets", 7, "[1]");
    assert_kept(*state, "anna /tickets", 8, NULL);
    assert_kept(*state, "anna /tickets", 6, NULL);
    put(*state, "anna /tickets", 8, "[2]");
    assert_kept(*state, "anna /tickets", 8, "[2]");
    assert_kept(*state, "anna /tickets", 7, NULL);
}

static void another_question_has_another_answer(void **state)
{
    char key[64], body[64];
    assert_kept(*state, "", 0, NULL);
    assert_kept(*state, "nobody", 0, NULL);
    for (int i = 0; i < 1000; i++) {
        snprintf(key, sizeof key, "person %d", i);
        snprintf(body, sizeof body, "answer %d", i);
        put(*state, key, 1, body);
        assert_kept(*state, key, 1, body);
    }
    for (int i = 0; i < 1000; i++) { /* most were pushed out: gone or right, never another's */
        struct buf out;
        snprintf(key, sizeof key, "person %d", i);
        snprintf(body, sizeof body, "answer %d", i);
        buf_init(&out, 1024);
        if (memo_get(*state, key, 1, &out))
            assert_string_equal(out.data, body);
        buf_release(&out);
    }
}

static void what_is_too_long_is_not_kept(void **state)
{
    char long_key[MEMO_KEY_MAX + 1];
    static char long_body[MEMO_BODY_MAX + 2];
    memset(long_key, 'k', MEMO_KEY_MAX);
    long_key[MEMO_KEY_MAX] = '\0';
    put(*state, long_key, 1, "x");
    assert_kept(*state, long_key, 1, NULL);
    memset(long_body, 'b', MEMO_BODY_MAX + 1);
    put(*state, "k", 1, long_body);
    assert_kept(*state, "k", 1, NULL);
    long_body[MEMO_BODY_MAX] = '\0';
    put(*state, "k", 1, long_body);
    assert_kept(*state, "k", 1, long_body);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_answer_holds_at_its_version_only, begin, end),
        cmocka_unit_test_setup_teardown(another_question_has_another_answer, begin, end),
        cmocka_unit_test_setup_teardown(what_is_too_long_is_not_kept, begin, end),
    };
    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
