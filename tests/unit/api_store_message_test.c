/* One message of a conversation, however long the conversation is. */
#include "api_store_fixture.h"

static int64_t reply(struct fixture *fixture, struct viewer viewer, int64_t number, const char *body)
{
    struct reply_made made = {0};
    struct new_message message = {.body = body};
    struct reply_rules rules = {0};
    assert_int_equal(ticket_reply(fixture->store, &viewer, number, &message, &rules, NULL, T0 + 1, &made),
                     RC_OK);
    return made.message_id;
}

static enum rc ask(struct fixture *fixture, struct viewer viewer, int64_t number, int64_t id,
                   struct message *message)
{
    return ticket_message(fixture->store, fixture->arena, &viewer, number, id, message);
}

static void test_it_is_told_alone_with_its_author(void **state)
{
    struct fixture *fixture = *state;
    struct message message;
    int64_t number = fixture_ticket(fixture, fixture->anna, "Printer", T0);
    int64_t first = reply(fixture, as_contact(fixture->anna, 0), number, "One.");
    int64_t second = reply(fixture, as_staff(fixture->mia), number, "Two.");
    assert_int_equal(ask(fixture, as_contact(fixture->anna, 0), number, first, &message), RC_OK);
    assert_int_equal(message.id, first);
    assert_string_equal(message.body, "One.");
    assert_false(message.staff);
    assert_int_equal(message.file_count, 0);
    assert_int_equal(ask(fixture, as_contact(fixture->anna, 0), number, second, &message), RC_OK);
    assert_string_equal(message.body, "Two.");
    assert_string_equal(message.author_first_name, "Mia");
    assert_true(message.staff);
}

/* An arena that holds one of the messages, and never all of them. */
static void test_it_takes_no_more_memory_than_itself(void **state)
{
    enum { LONG = 20000, MANY = 40 };
    static char body[LONG + 1];
    struct fixture *fixture = *state;
    struct message message;
    int64_t last = 0, number = fixture_ticket(fixture, fixture->anna, "Long", T0);
    memset(body, 'x', LONG);
    for (int i = 0; i < MANY; i++)
        last = reply(fixture, as_contact(fixture->anna, 0), number, body);
    struct viewer anna = as_contact(fixture->anna, 0);
    struct arena *small = arena_new(LONG * 8);
    assert_int_equal(ticket_message(fixture->store, small, &anna, number, last, &message), RC_OK);
    assert_int_equal(strlen(message.body), LONG);
    arena_free(small);
}

/* T17, T21, T22 */
static void test_what_is_not_yours_is_not_there(void **state)
{
    struct fixture *fixture = *state;
    struct message message;
    int64_t number = fixture_ticket(fixture, fixture->anna, "Hers", T0);
    int64_t other = fixture_ticket(fixture, fixture->anna, "Hers too", T0);
    int64_t id = reply(fixture, as_contact(fixture->anna, 0), number, "Secret.");
    assert_int_equal(ask(fixture, as_contact(fixture->dan, fixture->birch), number, id, &message),
                     RC_NOT_FOUND);
    assert_int_equal(ask(fixture, as_contact(fixture->anna, 0), other, id, &message), RC_NOT_FOUND);
    assert_int_equal(ask(fixture, as_contact(fixture->anna, 0), number, id + 1000, &message), RC_NOT_FOUND);
    assert_int_equal(ask(fixture, as_contact(fixture->anna, 0), number, 0, &message), RC_NOT_FOUND);

    struct new_message note = {.body = "Internal."};
    struct import *import = import_begin(fixture->store);
    struct import_ticket ticket = {
        .ticket = fixture_new_ticket("Noted"), .requester_id = fixture->anna, .created_at = T0};
    assert_int_equal(import_ticket(import, &ticket, &number), RC_OK);
    assert_int_equal(import_message(import, number, fixture->mia, true, &note, T0), RC_OK);
    assert_int_equal(import_end(import, true, T0), RC_OK);
    struct message *messages;
    size_t count;
    struct viewer mia = as_staff(fixture->mia);
    assert_int_equal(ticket_messages(fixture->store, fixture->arena, &mia, number, &messages, &count), RC_OK);
    assert_int_equal(count, 1);
    assert_int_equal(ask(fixture, mia, number, messages[0].id, &message), RC_OK);
    assert_int_equal(ask(fixture, as_contact(fixture->anna, 0), number, messages[0].id, &message),
                     RC_NOT_FOUND);
}

static struct message_page part(struct fixture *fixture, const struct viewer *viewer, int64_t number,
                                int64_t before)
{
    struct message_page page;
    assert_int_equal(ticket_messages_before(fixture->store, fixture->arena, viewer, number, before, &page),
                     RC_OK);
    return page;
}

static void test_a_long_conversation_is_told_from_its_end_in_parts(void **state)
{
    enum { MANY = 150, PART = 100 };
    struct fixture *fixture = *state;
    int64_t ids[MANY], number = fixture_ticket(fixture, fixture->anna, "Long", T0);
    struct viewer anna = as_contact(fixture->anna, 0);
    for (int i = 0; i < MANY; i++)
        ids[i] = reply(fixture, anna, number, "Still the same.");
    struct message_page last = part(fixture, &anna, number, 0);
    assert_int_equal(last.count, PART);
    assert_true(last.earlier);
    for (int i = 0; i < PART; i++)
        assert_int_equal(last.messages[i].id, ids[MANY - PART + i]);
    struct message_page first = part(fixture, &anna, number, last.messages[0].id);
    assert_int_equal(first.count, MANY - PART + 1); /* and the one it was filed with */
    assert_false(first.earlier);
    assert_int_equal(first.messages[first.count - 1].id, ids[MANY - PART - 1]);
}

static void test_a_part_takes_no_more_memory_than_its_own(void **state)
{
    enum { LONG = 20000, MANY = 250, MEMORY = 4 * 1024 * 1024 };
    static char body[LONG + 1];
    struct fixture *fixture = *state;
    int64_t number = fixture_ticket(fixture, fixture->anna, "Long", T0);
    struct viewer anna = as_contact(fixture->anna, 0);
    memset(body, 'x', LONG);
    for (int i = 0; i < MANY; i++)
        reply(fixture, anna, number, body);
    int64_t before = 0;
    size_t count = 0;
    do {
        struct arena *small = arena_new(MEMORY);
        struct message_page page;
        assert_int_equal(ticket_messages_before(fixture->store, small, &anna, number, before, &page), RC_OK);
        assert_true(page.count > 0);
        count += page.count;
        before = page.earlier ? page.messages[0].id : 0;
        arena_free(small);
    } while (before);
    assert_int_equal(count, MANY + 1);
}

static void test_before_a_message_of_another_ticket_there_is_nothing(void **state)
{
    struct fixture *fixture = *state;
    struct viewer anna = as_contact(fixture->anna, 0);
    int64_t number = fixture_ticket(fixture, fixture->anna, "One", T0);
    int64_t other = fixture_ticket(fixture, fixture->anna, "Other", T0 + 5);
    int64_t id = reply(fixture, anna, other, "There.");
    struct message_page page = part(fixture, &anna, number, id);
    assert_int_equal(page.count, 0);
    assert_false(page.earlier);
}

#define store_test(test) cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        store_test(test_it_is_told_alone_with_its_author),
        store_test(test_it_takes_no_more_memory_than_itself),
        store_test(test_what_is_not_yours_is_not_there),
        store_test(test_a_long_conversation_is_told_from_its_end_in_parts),
        store_test(test_a_part_takes_no_more_memory_than_its_own),
        store_test(test_before_a_message_of_another_ticket_there_is_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
