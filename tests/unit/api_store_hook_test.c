/* What webhooks are owed: each thing once, in order, until it is taken or given up. */
#include "api_store_fixture.h"

#include "../../api/store/hook.h"
#include "../../api/store/inside.h"
#include "../../api/store/sync.h"

#define DUE_MAX 16

static int64_t add_hook(struct fixture *fixture, const char *events)
{
    static const unsigned char secret[HOOK_SECRET_BYTES] = {1, 2, 3};
    int64_t id = 0;
    const struct hook hook = {.url = "https://hooks.test.example/", .events = events, .secret = secret};
    assert_int_equal(hook_add(fixture->store, &hook, T0, &id), RC_OK);
    return id;
}

static int64_t file_ticket(struct fixture *fixture)
{
    bool repeated;
    int64_t number = 0;
    const struct viewer anna = {.person_id = fixture->anna};
    const struct new_ticket ticket = {.subject = "Help",
                                      .inbox = "support",
                                      .pipeline = "support",
                                      .stage = "new",
                                      .source = "portal",
                                      .message = {.body = "Please"}};
    assert_int_equal(ticket_create(fixture->store, &anna, &ticket, NULL, T0, &number, &repeated), RC_OK);
    return number;
}

static size_t due(struct fixture *fixture, int64_t hook, int64_t now,
                  struct hook_delivery deliveries[DUE_MAX])
{
    size_t count = DUE_MAX;
    assert_int_equal(hook_due(fixture->store, fixture->arena, hook, now, deliveries, &count), RC_OK);
    return count;
}

/* Says what is due now: one of each ticket. */
static void assert_due(struct fixture *fixture, int64_t hook, size_t count, const char *kind)
{
    struct hook_delivery deliveries[DUE_MAX];
    assert_int_equal(due(fixture, hook, store_now() + MINUTE, deliveries), count);
    if (kind)
        assert_string_equal(deliveries[0].kind, kind);
}

static void end(struct fixture *fixture, int64_t hook, const char *why, int64_t next_at)
{
    struct hook_delivery deliveries[DUE_MAX];
    assert_true(due(fixture, hook, store_now() + MINUTE, deliveries) > 0);
    const struct hook_tried tried = {
        .at = store_now(), .status = why ? 500 : 200, .answer = "said", .why = why, .next_at = next_at};
    assert_int_equal(hook_note(fixture->store, deliveries[0].id, &tried), RC_OK);
}

static void test_what_happens_is_owed_with_its_cause(void **state)
{
    struct fixture *fixture = *state;
    int64_t hook = add_hook(fixture, " ticket.created message.added ");
    assert_due(fixture, hook, 0, NULL);
    file_ticket(fixture);
    assert_due(fixture, hook, 1, "ticket.created");
    end(fixture, hook, NULL, 0);
    assert_due(fixture, hook, 1, "message.added");
    end(fixture, hook, NULL, 0);
    assert_due(fixture, hook, 0, NULL);
}

static void test_one_ticket_waits_and_others_go_on(void **state)
{
    struct hook_delivery deliveries[DUE_MAX];
    struct fixture *fixture = *state;
    int64_t hook = add_hook(fixture, " ticket.created message.added ");
    int64_t first = file_ticket(fixture), second = file_ticket(fixture);
    assert_int_equal(due(fixture, hook, store_now() + MINUTE, deliveries), 2);
    assert_int_equal(deliveries[0].ticket, first);
    assert_int_equal(deliveries[1].ticket, second);
    end(fixture, hook, "busy", store_now() + 60 * MINUTE);
    assert_int_equal(due(fixture, hook, store_now() + MINUTE, deliveries), 1);
    assert_int_equal(deliveries[0].ticket, second);
    end(fixture, hook, NULL, 0);
    assert_due(fixture, hook, 1, "message.added");
    assert_int_equal(due(fixture, hook, store_now() + 61 * MINUTE, deliveries), 2);
    assert_int_equal(deliveries[1].attempts, 1);
}

static void test_given_up_lets_the_next_one_go_and_can_be_resent(void **state)
{
    struct hook_delivery deliveries[DUE_MAX];
    struct fixture *fixture = *state;
    int64_t hook = add_hook(fixture, " ticket.created message.added ");
    file_ticket(fixture);
    due(fixture, hook, store_now() + MINUTE, deliveries);
    int64_t created = deliveries[0].id;
    end(fixture, hook, "refused", 0);
    assert_due(fixture, hook, 1, "message.added");
    assert_int_equal(hook_resend(fixture->store, created, store_now()), RC_OK);
    assert_int_equal(hook_resend(fixture->store, created, store_now()), RC_NOT_FOUND);
    assert_due(fixture, hook, 2, NULL);
    file_ticket(fixture);
    assert_due(fixture, hook, 3, NULL);
}

static void test_what_is_owed_to_nobody_is_not_written(void **state)
{
    struct fixture *fixture = *state;
    int64_t hook = add_hook(fixture, " contact.erased ");
    file_ticket(fixture);
    assert_due(fixture, hook, 0, NULL);
    assert_int_equal(hook_remove(fixture->store, hook, T0), RC_OK);
    assert_int_equal(hook_remove(fixture->store, hook, T0), RC_NOT_FOUND);
}

static void test_an_import_tells_nobody_and_what_follows_does(void **state)
{
    struct fixture *fixture = *state;
    int64_t hook = add_hook(fixture, " contact.created ticket.created ");
    struct sync *sync = sync_begin(fixture->store, "elsewhere");
    const struct person person = {
        .email = "old@test.example", .first_name = "Old", .last_name = "", .locale = "en"};
    assert_int_not_equal(sync_person(sync, &person, -1, T0), 0);
    assert_int_equal(sync_end(sync, true, "elsewhere", T0), RC_OK);
    assert_due(fixture, hook, 0, NULL);
    file_ticket(fixture);
    assert_due(fixture, hook, 1, "ticket.created");
}

static void test_there_are_at_most_so_many(void **state)
{
    int64_t id = 0;
    struct fixture *fixture = *state;
    static const unsigned char secret[HOOK_SECRET_BYTES] = {0};
    const struct hook hook = {.url = "https://hooks.test.example/", .events = " test ", .secret = secret};
    for (int i = 0; i < HOOK_MAX; i++)
        add_hook(fixture, " test ");
    assert_int_equal(hook_add(fixture->store, &hook, T0, &id), RC_FULL);
}

static bool count_entry(void *context, const struct hook_delivery *delivery)
{
    (void)delivery;
    ++*(size_t *)context;
    return true;
}

static size_t logged(struct fixture *fixture, int64_t hook)
{
    size_t count = 0;
    const struct hook_log_query wanted = {.hook_id = hook, .limit = 100000};
    assert_int_equal(hook_log(fixture->store, fixture->arena, &wanted, count_entry, &count), RC_OK);
    return count;
}

static void fill_log(struct fixture *fixture, int64_t hook)
{
    char sql[512];
    struct conn *conn = db_write(fixture->store->db);
    snprintf(
        sql, sizeof sql,
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)"
        " INSERT INTO hook_delivery (hook_id, kind, changed, lane, created_at, since_at, ended_at, outcome)"
        " SELECT %lld, 'test', ' ', 0, 1, 1, %lld, 'delivered' FROM n",
        HOOK_KEPT_MAX + 5, (long long)hook, (long long)T0);
    assert_int_equal(sqlite3_exec(conn->sqlite, sql, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(db_end(conn, RC_OK), RC_OK);
}

static void test_the_log_is_bounded_and_grows_no_older_than_it_may(void **state)
{
    struct fixture *fixture = *state;
    int64_t hook = add_hook(fixture, " ticket.created ");
    file_ticket(fixture);
    fill_log(fixture, hook);
    assert_int_equal(hook_sweep(fixture->store, T0), RC_OK);
    assert_int_equal(logged(fixture, hook), HOOK_KEPT_MAX + 1); /* and what is owed */
    assert_int_equal(hook_sweep(fixture->store, T0 + 31 * 24 * 60 * MINUTE), RC_OK);
    assert_int_equal(logged(fixture, hook), 1); /* which is owed yet */
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_what_happens_is_owed_with_its_cause),
        TEST(test_one_ticket_waits_and_others_go_on),
        TEST(test_given_up_lets_the_next_one_go_and_can_be_resent),
        TEST(test_what_is_owed_to_nobody_is_not_written),
        TEST(test_an_import_tells_nobody_and_what_follows_does),
        TEST(test_there_are_at_most_so_many),
        TEST(test_the_log_is_bounded_and_grows_no_older_than_it_may),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
