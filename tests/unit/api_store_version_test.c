/* The store's version moves with every write that shows, before the writer is answered, and with no other. */
#include "api_store_fixture.h"

static void a_write_that_shows_moves_it(void **state)
{
    struct fixture *fixture = *state;
    uint64_t before = store_version(fixture->store);
    int64_t number = fixture_ticket(fixture, fixture->anna, "Broken", T0);
    uint64_t filed = store_version(fixture->store);
    assert_true(filed != before);

    struct viewer anna = as_contact(fixture->anna, 0);
    struct new_message message = {.body = "Still broken"};
    struct reply_rules rules = {.may_reply_to_closed = true, .reopen_stage = "new"};
    struct reply_made made = {0};
    assert_int_equal(ticket_reply(fixture->store, &anna, number, &message, &rules, NULL, T0 + 1, &made),
                     RC_OK);
    assert_true(store_version(fixture->store) != filed);

    uint64_t replied = store_version(fixture->store);
    assert_int_equal(person_set_password(fixture->store, fixture->anna, "other", T0 + 2), RC_OK);
    assert_true(store_version(fixture->store) != replied);
}

static void reading_leaves_it(void **state)
{
    struct fixture *fixture = *state;
    int64_t number = fixture_ticket(fixture, fixture->anna, "Broken", T0);
    uint64_t before = store_version(fixture->store);
    struct viewer anna = as_contact(fixture->anna, 0);
    struct ticket ticket;
    struct ticket_counts counts;
    assert_int_equal(ticket_get(fixture->store, fixture->arena, &anna, number, &ticket), RC_OK);
    assert_int_equal(ticket_count(fixture->store, &anna, TICKETS_MINE, &counts), RC_OK);
    assert_true(store_version(fixture->store) == before);
}

static void using_a_session_leaves_it(void **state)
{
    static const unsigned char hash[SESSION_HASH_BYTES] = {1, 2, 3};
    struct fixture *fixture = *state;
    struct session session;
    assert_int_equal(create_session(fixture, hash, fixture->anna, T0, T0 + 100 * MINUTE), RC_OK);
    uint64_t before = store_version(fixture->store);
    for (int i = 0; i < 5; i++) /* each is written down */
        assert_int_equal(session_use(fixture->store, fixture->arena, hash, T0 + 2 * i * MINUTE,
                                     IDLE(60 * MINUTE), &session),
                         RC_OK);
    assert_true(store_version(fixture->store) == before);
    fixture_ticket(fixture, fixture->anna, "Afterwards", T0);
    assert_true(store_version(fixture->store) != before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_write_that_shows_moves_it, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(reading_leaves_it, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(using_a_session_leaves_it, fixture_setup, fixture_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
