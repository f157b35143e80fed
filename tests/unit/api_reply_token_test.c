/* Where answers to mails go: an address that only we can have made, for one recipient and ticket (T40). */
#include "../../api/mail/reply_token.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>
#include <string.h>

#define NOW INT64_C(1795342503120)
#define DAY_MS INT64_C(86400000)

static const struct reply_key key = {{1, 2, 3}}, other_key = {{1, 2, 4}};

static const char *address_for(struct arena *arena, int64_t number, int64_t person_id)
{
    char token[REPLY_TOKEN_LEN];
    reply_token_make(&key, number, person_id, NOW, token);
    return reply_address(arena, "support@reply.example.com", token);
}

static void test_an_address_is_read_as_it_was_made(void **state)
{
    struct arena *arena = arena_new(0);
    struct reply_token token;
    const char *address = address_for(arena, 1005, 3);
    assert_int_equal(reply_token_read(&key, address, NOW, &token), REPLY_TOKEN_GOOD);
    assert_int_equal(token.number, 1005);
    assert_int_equal(token.person_id, 3);
    assert_int_equal(reply_token_read(&other_key, address, NOW, &token), REPLY_TOKEN_BAD);
    arena_free(arena);
    (void)state;
}

static void test_upper_case_reads_the_same(void **state)
{
    struct arena *arena = arena_new(0);
    struct reply_token token;
    char *address = arena_strdup(arena, address_for(arena, INT64_C(987654321), 12345));
    for (char *c = address; *c; c++)
        *c = (char)(*c >= 'a' && *c <= 'z' ? *c - 'a' + 'A' : *c);
    assert_int_equal(reply_token_read(&key, address, NOW, &token), REPLY_TOKEN_GOOD);
    assert_int_equal(token.number, 987654321);
    arena_free(arena);
    (void)state;
}

static void test_it_holds_until_its_day(void **state)
{
    struct arena *arena = arena_new(0);
    struct reply_token token;
    const char *address = address_for(arena, 1005, 3);
    assert_int_equal(reply_token_read(&key, address, NOW + REPLY_TOKEN_DAYS * DAY_MS, &token),
                     REPLY_TOKEN_GOOD);
    assert_int_equal(reply_token_read(&key, address, NOW + (REPLY_TOKEN_DAYS + 1) * DAY_MS, &token),
                     REPLY_TOKEN_OLD);
    arena_free(arena);
    (void)state;
}

/* Every character counts, of the numbers and of the code. */
static void test_no_character_can_be_changed(void **state)
{
    struct arena *arena = arena_new(0);
    const char *address = address_for(arena, 1005, 3);
    size_t from = strcspn(address, "+") + 1, to = strcspn(address, "@");
    for (size_t i = from; i < to; i++) {
        struct reply_token token;
        char *changed = arena_strdup(arena, address);
        changed[i] = changed[i] == 'a' ? 'b' : 'a';
        assert_int_not_equal(reply_token_read(&key, changed, NOW, &token), REPLY_TOKEN_GOOD);
    }
    arena_free(arena);
    (void)state;
}

static void test_other_addresses_carry_nothing(void **state)
{
    static const char *const others[] = {
        "",
        "support@example.com",
        "support+@example.com",
        "support+sales@example.com",
        "@",
        "+@",
        "support+1-2@x",
        "support+1-2-3-@x",
        "a+b+c",
        "support+1-2-3-abc@x.org",
        "1-2-3-abcdefghij@x.org",
        "support+------------------@x",
    };
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        struct reply_token token;
        assert_int_equal(reply_token_read(&key, others[i], NOW, &token), REPLY_TOKEN_NONE);
    }
    (void)state;
}

static void test_a_message_id_says_which_mail_it_was(void **state)
{
    struct arena *arena = arena_new(0);
    const char *id = reply_message_id(arena, &key, 17, "support.example.com");
    assert_int_equal(reply_message_of(&key, id), 17);
    assert_int_equal(reply_message_of(&key, arena_printf(arena, " <%s>", id)), 17);
    assert_int_equal(reply_message_of(&other_key, id), 0);
    assert_int_equal(reply_message_of(&key, arena_printf(arena, "1%s", id)), 0);
    assert_int_equal(reply_message_of(&key, "17.abc@support.example.com"), 0);
    assert_int_equal(reply_message_of(&key, ""), 0);
    arena_free(arena);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_an_address_is_read_as_it_was_made),
        cmocka_unit_test(test_upper_case_reads_the_same),
        cmocka_unit_test(test_it_holds_until_its_day),
        cmocka_unit_test(test_no_character_can_be_changed),
        cmocka_unit_test(test_other_addresses_carry_nothing),
        cmocka_unit_test(test_a_message_id_says_which_mail_it_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
