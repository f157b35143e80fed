/* Filters as SQL: which tickets and contacts each test admits, and that nothing from outside becomes SQL. */
#include "api_store_fixture.h"

#include "../../api/store/filter.h"
#include "../../api/store/inside.h"

#define DAY (24 * 60 * MINUTE)

/* T0 is 2026-09-21, 14:13:20 in UTC. */
struct tickets {
    int64_t printer, invoice, question;
};

static void set(struct fixture *fixture, const char *table, const char *key, int64_t id,
                const char *properties)
{
    struct conn *conn = db_write(fixture->store->db);
    char *sql = arena_printf(fixture->arena, "UPDATE %s SET properties = '%s' WHERE %s = %lld", table,
                             properties, key, (long long)id);
    assert_int_equal(sqlite3_exec(conn->sqlite, sql, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(db_end(conn, RC_OK), RC_OK);
}

static void exec(struct fixture *fixture, const char *sql)
{
    struct conn *conn = db_write(fixture->store->db);
    assert_int_equal(sqlite3_exec(conn->sqlite, sql, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(db_end(conn, RC_OK), RC_OK);
}

/* Anna's printer of today, closed; Dan's invoice of yesterday, Mia's; Eve's question of the day before. */
static struct tickets fill(struct fixture *fixture)
{
    struct tickets tickets = {
        .printer = fixture_import(fixture, fixture->anna, 0, T0, T0 + MINUTE),
        .invoice = fixture_import(fixture, fixture->dan, fixture->mia, T0 - DAY, 0),
        .question = fixture_import(fixture, fixture->eve, 0, T0 - 2 * DAY, 0),
    };
    exec(fixture, "UPDATE ticket SET subject = 'The Printer jams', category = 'hardware', priority = 'high'"
                  " WHERE closed_at IS NOT NULL;"
                  "UPDATE ticket SET subject = 'Invoice', category = 'billing' WHERE owner_id IS NOT NULL");
    set(fixture, "ticket", "number", tickets.printer,
        "{\"seats\":3,\"due\":\"2026-09-21\",\"tags\":[\"red\",\"blue\"],\"vip\":true,\"room\":\"B 12\"}");
    set(fixture, "ticket", "number", tickets.invoice,
        "{\"seats\":4.5,\"due\":\"2026-09-25\",\"tags\":[\"green\"],\"vip\":false}");
    return tickets;
}

/* How many rows a filter admits, as bits: 1 printer or Anna, 2 invoice or Dan, 4 question or Eve. */
static int admitted_at(struct fixture *fixture, const struct portal_filter *filter,
                       enum filter_subject subject, int64_t clock)
{
    int bits = 0;
    struct sql sql = sql_begin(fixture->arena, 'f');
    sql_add(&sql, subject == FILTER_TICKETS
                      ? "SELECT ticket.requester_id FROM ticket WHERE (:clock > 0) AND "
                      : "SELECT person.id FROM person WHERE person.role = 'contact' AND (:clock > 0) AND ");
    filter_add(&sql, filter, subject);
    struct conn *conn = db_read(fixture->store->db);
    struct query query = query_begin_sql(conn, "test", &sql);
    query_bind_int(&query, ":clock", clock);
    while (query_step(&query)) {
        int64_t person = query_int(&query, 0);
        bits |= person == fixture->anna ? 1 : person == fixture->dan ? 2 : person == fixture->eve ? 4 : 0;
    }
    assert_int_equal(query_end(&query), RC_OK);
    db_done(conn);
    return bits;
}

static int admitted(struct fixture *fixture, const struct portal_filter *filter)
{
    return admitted_at(fixture, filter, FILTER_TICKETS, T0 + MINUTE);
}

#define TEXTS(...)                                                                                           \
    .values = (const char *[]){__VA_ARGS__},                                                                 \
    .value_count = sizeof((const char *[]){__VA_ARGS__}) / sizeof(char *)
#define LEAF(id, of, how, ...)                                                                               \
    (struct portal_filter)                                                                                   \
    {                                                                                                        \
        .op = FILTER_TEST, .property = id, .type = PROPERTY_##of, .test = FILTER_##how, __VA_ARGS__          \
    }
#define ADMITS(bits, id, of, how, ...)                                                                       \
    do {                                                                                                     \
        struct portal_filter leaf = LEAF(id, of, how, __VA_ARGS__);                                          \
        int got = admitted(fixture, &leaf);                                                                  \
        if (got != (bits))                                                                                   \
            fail_msg("%s " #how ": want %d, got %d", id, bits, got);                                         \
    } while (0)

static void test_texts_and_options(void **state)
{
    struct fixture *fixture = *state;
    fill(fixture);
    ADMITS(3, "category", SELECT, IS_ANY_OF, TEXTS("hardware", "billing"));
    ADMITS(6, "category", SELECT, IS_NONE_OF, TEXTS("hardware"));
    ADMITS(3, "category", SELECT, IS_KNOWN, .values = NULL);
    ADMITS(4, "category", SELECT, IS_UNKNOWN, .values = NULL);
    ADMITS(0, "category", SELECT, EQUALS, TEXTS("Billing"));
    ADMITS(1, "subject", TEXT, CONTAINS, TEXTS("PRINTER"));
    ADMITS(0, "subject", TEXT, CONTAINS, TEXTS("%"));
    ADMITS(2, "subject", TEXT, EQUALS, TEXTS("invoice"));
    ADMITS(2, "requester", TEXT, IS_ANY_OF, TEXTS("DAN@test.example", "nobody@test.example"));
    ADMITS(1, "requester.name", TEXT, EQUALS, TEXTS("Anna Test"));
    ADMITS(1, "company", TEXT, IS_ANY_OF, TEXTS("acme"));
    ADMITS(4, "company", TEXT, IS_UNKNOWN, .values = NULL);
    ADMITS(2, "owner", TEXT, IS_KNOWN, .values = NULL);
    ADMITS(2, "owner.first", TEXT, EQUALS, TEXTS("mia"));
    ADMITS(1, "status", SELECT, EQUALS, TEXTS("closed"));
    ADMITS(7, "inbox", SELECT, IS_ANY_OF, TEXTS("support"));
    ADMITS(1, "room", TEXT, CONTAINS, TEXTS("b 1"));
    ADMITS(6, "room", TEXT, IS_NONE_OF, TEXTS("b 12"));
    exec(fixture, "UPDATE ticket SET subject = 'École ÀÉÎ Ωμέγα ЖУК' WHERE owner_id IS NOT NULL");
    ADMITS(2, "subject", TEXT, CONTAINS, TEXTS("éCOLE àéî ωΜΈΓΑ жук"));
    ADMITS(0, "subject", TEXT, CONTAINS, TEXTS("ecole"));
    ADMITS(2, "subject", TEXT, IS_ANY_OF, TEXTS("x", "école àéî ωμέγα жук"));
    ADMITS(2, "subject", TEXT, EQUALS, TEXTS("éCole ÀÉÎ Ωμέγα ЖУК"));
}

static void test_numbers_checkboxes_and_several_choices(void **state)
{
    struct fixture *fixture = *state;
    fill(fixture);
    ADMITS(1, "seats", NUMBER, EQUALS, .number = 3);
    ADMITS(2, "seats", NUMBER, GREATER_THAN, .number = 3);
    ADMITS(3, "seats", NUMBER, FROM, .number = 3);
    ADMITS(1, "seats", NUMBER, LESS_THAN, .number = 4.5);
    ADMITS(3, "seats", NUMBER, TO, .number = 4.5);
    ADMITS(4, "seats", NUMBER, IS_UNKNOWN, .number = 0);
    ADMITS(1, "vip", CHECKBOX, EQUALS, .number = 1);
    ADMITS(6, "vip", CHECKBOX, EQUALS, .number = 0);
    ADMITS(3, "tags", MULTI_SELECT, IS_ANY_OF, TEXTS("blue", "green"));
    ADMITS(5, "tags", MULTI_SELECT, IS_NONE_OF, TEXTS("green"));
    ADMITS(3, "tags", MULTI_SELECT, IS_KNOWN, .values = NULL);
    ADMITS(4, "tags", MULTI_SELECT, IS_UNKNOWN, .values = NULL);
}

static void test_days(void **state)
{
    struct fixture *fixture = *state;
    fill(fixture);
    ADMITS(6, "created", DATE, BEFORE, TEXTS("2026-09-21"));
    ADMITS(0, "created", DATE, AFTER, TEXTS("2026-09-21"));
    ADMITS(1, "created", DATE, AFTER, TEXTS("2026-09-20"));
    ADMITS(2, "created", DATE, EQUALS, TEXTS("2026-09-20"));
    ADMITS(3, "created", DATE, FROM, TEXTS("2026-09-20"));
    ADMITS(6, "created", DATE, TO, TEXTS("2026-09-20"));
    ADMITS(3, "created", DATE, IN_THE_LAST_DAYS, .number = 2);
    ADMITS(1, "closed", DATE, IS_KNOWN, .values = NULL);
    ADMITS(6, "closed", DATE, IS_UNKNOWN, .values = NULL);
    ADMITS(1, "due", DATE, BEFORE, TEXTS("2026-09-25"));
    ADMITS(2, "due", DATE, AFTER, TEXTS("2026-09-21"));
    ADMITS(3, "due", DATE, FROM, TEXTS("2026-09-21"));
    ADMITS(1, "due", DATE, TO, TEXTS("2026-09-24"));
    ADMITS(2, "due", DATE, EQUALS, TEXTS("2026-09-25"));
    ADMITS(1, "due", DATE, IN_THE_LAST_DAYS, .number = 3);
    struct portal_filter recent = LEAF("due", DATE, IN_THE_LAST_DAYS, .number = 3);
    assert_int_equal(admitted_at(fixture, &recent, FILTER_TICKETS, T0 + 4 * DAY), 2);
}

static void test_groups_join_by_all_and_any(void **state)
{
    struct fixture *fixture = *state;
    fill(fixture);
    const struct portal_filter tests[] = {LEAF("category", SELECT, EQUALS, TEXTS("billing")),
                                          LEAF("vip", CHECKBOX, EQUALS, .number = 1)};
    const struct portal_filter either = {.op = FILTER_ANY, .of = tests, .count = 2};
    const struct portal_filter both = {.op = FILTER_ALL, .of = tests, .count = 2};
    const struct portal_filter deep[] = {either, LEAF("status", SELECT, EQUALS, TEXTS("open"))};
    const struct portal_filter nested = {.op = FILTER_ALL, .of = deep, .count = 2};
    const struct portal_filter none = {.op = FILTER_ANY};
    assert_int_equal(admitted(fixture, &either), 3);
    assert_int_equal(admitted(fixture, &both), 0);
    assert_int_equal(admitted(fixture, &nested), 2);
    assert_int_equal(admitted(fixture, &none), 0);
    assert_int_equal(admitted(fixture, NULL), 7);
}

static void test_contacts_are_tested_by_their_own_properties(void **state)
{
    struct fixture *fixture = *state;
    set(fixture, "person", "id", fixture->eve, "{\"buyer\":true}");
    struct portal_filter buyer = LEAF("buyer", CHECKBOX, EQUALS, .number = 1);
    struct portal_filter address = LEAF("email", TEXT, CONTAINS, TEXTS("dan@"));
    struct portal_filter company = LEAF("company", TEXT, EQUALS, TEXTS("Acme"));
    assert_int_equal(admitted_at(fixture, &buyer, FILTER_CONTACTS, T0), 4);
    assert_int_equal(admitted_at(fixture, &address, FILTER_CONTACTS, T0), 2);
    assert_int_equal(admitted_at(fixture, &company, FILTER_CONTACTS, T0), 1);
}

static void test_T25_what_is_tested_for_never_becomes_sql(void **state)
{
    struct fixture *fixture = *state;
    fill(fixture);
    const char *evil = "x'); DROP TABLE ticket; --";
    ADMITS(0, "subject", TEXT, EQUALS, TEXTS(evil));
    ADMITS(0, "category", SELECT, IS_ANY_OF, TEXTS(evil, "\"]"));
    ADMITS(0, evil, TEXT, EQUALS, TEXTS("x"));
    struct portal_filter quoted = LEAF("a\"b", TEXT, EQUALS, TEXTS("x"));
    struct sql sql = sql_begin(fixture->arena, 'f');
    filter_add(&sql, &quoted, FILTER_TICKETS);
    assert_true(sql.failed);
    ADMITS(1, "room", TEXT, IS_KNOWN, .values = NULL);
}

static void test_a_test_that_its_type_does_not_take_is_refused(void **state)
{
    struct fixture *fixture = *state;
    const struct portal_filter wrong[] = {LEAF("vip", CHECKBOX, CONTAINS, TEXTS("x")),
                                          LEAF("created", DATE, BEFORE, TEXTS("2026-02-30")),
                                          LEAF("subject", TEXT, EQUALS, .values = NULL)};
    for (size_t i = 0; i < 3; i++) {
        struct sql sql = sql_begin(fixture->arena, 'f');
        filter_add(&sql, &wrong[i], FILTER_TICKETS);
        assert_true(sql.failed);
        struct conn *conn = db_read(fixture->store->db);
        struct query query = query_begin_sql(conn, "test", &sql);
        assert_false(query_step(&query));
        assert_int_equal(query_end(&query), RC_INTERNAL);
        db_done(conn);
    }
}

static void test_every_built_in_property_has_its_sql(void **state)
{
    struct fixture *fixture = *state;
    const struct property_kind *const lists[] = {ticket_property_kinds, contact_property_kinds};
    for (int subject = 0; subject < 2; subject++) {
        for (const struct property_kind *kind = lists[subject]; kind->id; kind++) {
            struct sql sql = sql_begin(fixture->arena, 'f');
            filter_add_property(&sql, kind->id, subject ? FILTER_CONTACTS : FILTER_TICKETS);
            if (strstr(sql.text, "json_extract"))
                fail_msg("%s is taken for the admin's own", kind->id);
        }
    }
}

static void test_more_parameters_than_a_word_has_bits(void **state)
{
    struct fixture *fixture = *state;
    fill(fixture);
    struct portal_filter many[150];
    for (int i = 0; i < 150; i++)
        many[i] = LEAF("seats", NUMBER, EQUALS, .number = i == 149 ? 3 : 1000 + i);
    struct portal_filter any = {.op = FILTER_ANY, .of = many, .count = 150};
    assert_int_equal(admitted(fixture, &any), 1);
    struct portal_filter twice[] = {any, any};
    struct portal_filter too_many = {.op = FILTER_ALL, .of = twice, .count = 2};
    struct sql sql = sql_begin(fixture->arena, 'f');
    filter_add(&sql, &too_many, FILTER_TICKETS);
    assert_true(sql.failed);
}

static void test_texts_are_prepared_once_and_the_oldest_makes_room(void **state)
{
    struct fixture *fixture = *state;
    struct conn *conn = db_read(fixture->store->db);
    struct query outer = query_begin_text(conn, "test", "SELECT 7");
    sqlite3_stmt *first = outer.stmt;
    assert_true(query_step(&outer));
    /* The same text, while the first one runs. */
    struct query inner = query_begin_text(conn, "test", "SELECT 7");
    assert_ptr_not_equal(inner.stmt, first);
    assert_int_equal(query_end(&inner), RC_OK);
    for (int i = 0; i < 3 * KEPT_MAX; i++) {
        struct query other =
            query_begin_text(conn, "test", arena_printf(fixture->arena, "SELECT %d", 100 + i));
        assert_true(query_step(&other));
        assert_int_equal(query_int(&other, 0), 100 + i);
        assert_int_equal(query_end(&other), RC_OK);
    }
    assert_int_equal(query_int(&outer, 0), 7);
    assert_int_equal(query_end(&outer), RC_OK);
    struct query again = query_begin_text(conn, "test", "SELECT 7");
    assert_ptr_equal(again.stmt, first);
    assert_int_equal(query_end(&again), RC_OK);
    struct query wrong = query_begin_text(conn, "test", "SELECT nothing FROM nowhere");
    assert_int_equal(query_end(&wrong), RC_INTERNAL);
    db_done(conn);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_texts_and_options),
        TEST(test_numbers_checkboxes_and_several_choices),
        TEST(test_days),
        TEST(test_groups_join_by_all_and_any),
        TEST(test_contacts_are_tested_by_their_own_properties),
        TEST(test_T25_what_is_tested_for_never_becomes_sql),
        TEST(test_a_test_that_its_type_does_not_take_is_refused),
        TEST(test_every_built_in_property_has_its_sql),
        TEST(test_more_parameters_than_a_word_has_bits),
        TEST(test_texts_are_prepared_once_and_the_oldest_makes_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
