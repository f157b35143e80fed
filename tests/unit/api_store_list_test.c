/* The list that is searched, filtered and sorted: every page of every order, for whoever looks. */
#include "api_store_fixture.h"

#include "../../api/store/inside.h"
#include "../../api/store/visible_rule.h"

enum { ROOM = 64 };

static void exec(struct fixture *fixture, const char *sql)
{
    struct conn *conn = db_write(fixture->store->db);
    if (sqlite3_exec(conn->sqlite, sql, NULL, NULL, NULL) != SQLITE_OK)
        fail_msg("%s", sqlite3_errmsg(conn->sqlite));
    assert_int_equal(db_end(conn, RC_OK), RC_OK);
}

/* Twelve tickets of Acme, of Anna and Bo in turn, with more and less known of them; one of Dan's. */
static void set_scene(struct fixture *fixture)
{
    static const char *const subjects[] = {"Zebra", "étiquette", "Etikett", "apple", "Éclair", "zebra",
                                           "荷物",  "banana",    "Ärger",   "Apple", "cherry", "Banana"};
    for (int i = 0; i < 12; i++)
        fixture_ticket(fixture, i % 2 ? fixture->bo : fixture->anna, subjects[i], T0 + i % 5);
    fixture_ticket(fixture, fixture->dan, "Zebra of Birch", T0);
    exec(
        fixture,
        "UPDATE ticket SET priority = CASE number % 4 WHEN 0 THEN 'low' WHEN 1 THEN 'high' WHEN 2 THEN "
        "'normal' END;"
        "UPDATE ticket SET properties = json_object('amount', number % 3 * 1.5, 'due', '2026-11-0' || "
        "(number % 5 + 1),"
        " 'tags', json_array('red', 'blue'), 'paid', json('true')) WHERE number % 2;"
        "UPDATE ticket SET properties = json_object('tags', json_array('blue'), 'amount', -1, 'paid', "
        "json('false'))"
        " WHERE number % 6 = 0;"
        "UPDATE ticket SET closed_at = created_at + 5, open = 0, stage = 'done' WHERE number % 5 = 0;"
        "UPDATE ticket SET owner_id = (SELECT id FROM person WHERE first_name = 'Mia') WHERE number % 3 = 0");
}

static const char *const priorities[] = {"low", "normal", "high"};
static const char *const tags[] = {"blue", "red"};
static const char *const statuses[] = {"open", "closed"};

static const struct ticket_order orders[] = {
    {.property = "subject", .type = PROPERTY_TEXT},
    {.property = "requester.name", .type = PROPERTY_TEXT},
    {.property = "company", .type = PROPERTY_TEXT},
    {.property = "owner.first", .type = PROPERTY_TEXT},
    {.property = "source", .type = PROPERTY_SELECT},
    {.property = "created", .type = PROPERTY_DATE},
    {.property = "last_activity", .type = PROPERTY_DATE},
    {.property = "closed", .type = PROPERTY_DATE},
    {.property = "number", .type = PROPERTY_NUMBER},
    {.property = "status", .type = PROPERTY_SELECT, .values = statuses, .value_count = 2},
    {.property = "priority", .type = PROPERTY_SELECT, .values = priorities, .value_count = 3},
    {.property = "amount", .type = PROPERTY_NUMBER},
    {.property = "due", .type = PROPERTY_DATE},
    {.property = "tags", .type = PROPERTY_MULTI_SELECT, .values = tags, .value_count = 2},
    {.property = "paid", .type = PROPERTY_CHECKBOX},
    {.property = NULL},
};

struct numbers {
    int64_t list[ROOM];
    size_t count;
};

static bool note(void *context, const struct ticket *ticket)
{
    struct numbers *numbers = context;
    assert_true(numbers->count < ROOM);
    numbers->list[numbers->count++] = ticket->number;
    return true;
}

static struct numbers walked(struct fixture *fixture, const struct viewer *viewer,
                             const struct ticket_query *query)
{
    struct numbers numbers = {.count = 0};
    assert_int_equal(ticket_walk(fixture->store, viewer, query, note, &numbers), RC_OK);
    return numbers;
}

static struct numbers paged(struct fixture *fixture, const struct viewer *viewer, struct ticket_query query)
{
    struct numbers numbers = {.count = 0};
    for (size_t count = (size_t)query.limit; count == (size_t)query.limit;) {
        struct ticket *tickets;
        assert_int_equal(ticket_list(fixture->store, fixture->arena, viewer, &query, &tickets, &count),
                         RC_OK);
        for (size_t i = 0; i < count; i++)
            note(&numbers, &tickets[i]);
        if (count > 0)
            query.after = (struct ticket_cursor){.last_activity_at = tickets[count - 1].last_activity_at,
                                                 .number = tickets[count - 1].number,
                                                 .key = tickets[count - 1].key};
    }
    return numbers;
}

static void assert_same(const char *what, const struct numbers *found, const struct numbers *wanted)
{
    if (found->count != wanted->count ||
        memcmp(found->list, wanted->list, wanted->count * sizeof *wanted->list) != 0)
        fail_msg("%s: %zu tickets, want %zu in another order", what, found->count, wanted->count);
}

/* Pages of any size, the walk and the counts say the same. */
static struct numbers listed(struct fixture *fixture, const struct viewer *viewer, struct ticket_query query)
{
    struct ticket_counts counts;
    struct numbers whole = walked(fixture, viewer, &query);
    for (query.limit = 1; query.limit <= 7; query.limit += 2) {
        struct numbers pages = paged(fixture, viewer, query);
        assert_same(query.order.property ? query.order.property : "plain", &pages, &whole);
    }
    assert_int_equal(ticket_count_found(fixture->store, fixture->arena, viewer, &query, &counts), RC_OK);
    int64_t counted =
        (query.status != TICKET_CLOSED ? counts.open : 0) + (query.status != TICKET_OPEN ? counts.closed : 0);
    assert_int_equal(counted, whole.count);
    return whole;
}

static void test_every_order_pages_without_loss_or_doubles(void **state)
{
    static const enum ticket_status wanted[] = {TICKET_OPEN, TICKET_CLOSED, TICKET_ANY};
    struct fixture *fixture = *state;
    set_scene(fixture);
    const struct viewer viewers[] = {as_contact(fixture->anna, fixture->acme), as_contact(fixture->bo, 0),
                                     as_staff(fixture->mia)};
    const size_t totals[] = {12, 6, 13};
    for (size_t order = 0; order < sizeof orders / sizeof orders[0]; order++) {
        for (size_t i = 0; i < 3; i++) {
            for (int falling = 0; falling < 2; falling++) {
                struct ticket_query query = {.order = orders[order]};
                size_t total = 0;
                query.order.falling = falling;
                for (size_t j = 0; j < 3; j++) {
                    query.status = wanted[j];
                    total += listed(fixture, &viewers[i], query).count;
                }
                assert_int_equal(total, 2 * totals[i]);
            }
        }
    }
}

static void assert_sorted(struct fixture *fixture, const char *property, enum property_type type,
                          const char *const *values, size_t value_count, bool falling, const char *wanted)
{
    struct viewer anna = as_contact(fixture->anna, fixture->acme);
    struct ticket_query query = {.status = TICKET_ANY,
                                 .order = {property, type, values, value_count, falling}};
    struct numbers found = listed(fixture, &anna, query);
    char line[256] = "";
    for (size_t i = 0; i < found.count; i++)
        snprintf(line + strlen(line), sizeof line - strlen(line), i ? " %d" : "%d",
                 (int)(found.list[i] - 1000));
    assert_string_equal(line, wanted);
}

static void test_values_are_sorted_as_what_they_are_and_unknown_ones_come_last(void **state)
{
    struct fixture *fixture = *state;
    set_scene(fixture);
    /* apple Apple Ärger banana Banana cherry Éclair Etikett étiquette zebra Zebra 荷物 */
    assert_sorted(fixture, "subject", PROPERTY_TEXT, NULL, 0, false, "10 4 9 12 8 11 5 3 2 6 1 7");
    assert_sorted(fixture, "subject", PROPERTY_TEXT, NULL, 0, true, "7 6 1 2 3 5 11 12 8 9 10 4");
    assert_sorted(fixture, "priority", PROPERTY_SELECT, priorities, 3, false, "12 8 4 10 6 2 9 5 1 11 7 3");
    assert_sorted(fixture, "priority", PROPERTY_SELECT, priorities, 3, true, "9 5 1 10 6 2 12 8 4 11 7 3");
    assert_sorted(fixture, "number", PROPERTY_NUMBER, NULL, 0, true, "12 11 10 9 8 7 6 5 4 3 2 1");
    assert_sorted(fixture, "tags", PROPERTY_MULTI_SELECT, tags, 2, false, "11 9 8 7 5 3 2 1 12 10 6 4");
    assert_sorted(fixture, "owner.first", PROPERTY_TEXT, NULL, 0, false, "11 8 5 2 12 10 9 7 6 4 3 1");
}

#define A_TEST(id, kind, which, ...)                                                                         \
    {                                                                                                        \
        .op = FILTER_TEST, .property = id, .type = PROPERTY_##kind, .test = FILTER_##which, __VA_ARGS__      \
    }
#define VALUES(...)                                                                                          \
    .values = (const char *[]){__VA_ARGS__},                                                                 \
    .value_count = sizeof((const char *[]){__VA_ARGS__}) / sizeof(char *)

static void test_filters_search_and_order_hold_together(void **state)
{
    struct fixture *fixture = *state;
    set_scene(fixture);
    struct viewer anna = as_contact(fixture->anna, fixture->acme);
    const struct portal_filter high = A_TEST("priority", SELECT, IS_ANY_OF, VALUES("high", "low"));
    const struct portal_filter both[] = {A_TEST("priority", SELECT, IS_ANY_OF, VALUES("high")),
                                         A_TEST("amount", NUMBER, FROM, .number = 0)};
    const struct portal_filter all = {.op = FILTER_ALL, .of = both, .count = 2};
    for (size_t i = 0; i < sizeof orders / sizeof orders[0]; i++) {
        struct ticket_query query = {.status = TICKET_ANY, .order = orders[i], .filter = &high};
        assert_int_equal(listed(fixture, &anna, query).count, 6);
        query.filter = &all;
        assert_int_equal(listed(fixture, &anna, query).count, 3);
        query.search = "zebra";
        assert_int_equal(listed(fixture, &anna, query).count, 1);
        query.filter = NULL;
        assert_int_equal(listed(fixture, &anna, query).count, 2);
        query.search = "zebra help";
        query.status = TICKET_OPEN;
        assert_int_equal(listed(fixture, &anna, query).count, 2);
        query.search = "!";
        assert_int_equal(listed(fixture, &anna, query).count, 0);
    }
}

enum { OTHERS = 1500, OLD_HITS = 5 };

/* Found are the oldest and the one in the midst: a walk from the newest on gives up between them. */
static void test_what_is_found_far_down_a_long_list_comes_in_its_order_page_by_page(void **state)
{
    struct fixture *fixture = *state;
    struct viewer mia = as_staff(fixture->mia), anna = as_contact(fixture->anna, fixture->acme);
    for (int i = 0; i < OLD_HITS; i++)
        fixture_ticket(fixture, fixture->anna, "Zebra", T0 - i);
    exec(
        fixture,
        "INSERT INTO ticket (subject, requester_id, company_id, inbox, pipeline, stage, source, created_at,"
        " last_activity_at, open) SELECT 'Other', requester_id, company_id, inbox, pipeline, stage, source,"
        " created_at, created_at + value, 1 FROM ticket, json_each((SELECT '[' || group_concat(n) || ']' FROM"
        " (WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 1500) SELECT n FROM c)))"
        " WHERE number = 1001");
    const int64_t midst = fixture_ticket(fixture, fixture->bo, "Zebra of Bo", T0 + OTHERS / 2);
    const struct viewer *const viewers[] = {&mia, &anna};
    for (int i = 0; i < 2; i++) {
        struct ticket_query query = {.status = TICKET_OPEN, .search = "zebra"};
        struct numbers all = listed(fixture, viewers[i], query);
        assert_int_equal(all.count, OLD_HITS + 1);
        assert_int_equal(all.list[0], midst);
        for (int j = 0; j < OLD_HITS; j++)
            assert_int_equal(all.list[1 + j], 1001 + j);
    }
}

static void test_T17_a_search_finds_only_what_may_be_seen(void **state)
{
    struct fixture *fixture = *state;
    set_scene(fixture);
    const struct ticket_query zebra = {.status = TICKET_ANY, .search = "zebra"};
    const struct ticket_query mine = {.status = TICKET_ANY, .search = "zebra", .view = TICKETS_MINE};
    struct viewer anna = as_contact(fixture->anna, 0), colleague = as_contact(fixture->cleo, 0);
    struct viewer cleo = as_contact(fixture->cleo, fixture->acme), dan = as_contact(fixture->dan, 0);
    struct viewer mia = as_staff(fixture->mia), eve = as_contact(fixture->eve, 0);
    assert_int_equal(listed(fixture, &anna, zebra).count, 1);
    assert_int_equal(listed(fixture, &colleague, zebra).count, 0);
    assert_int_equal(listed(fixture, &cleo, zebra).count, 2);
    assert_int_equal(listed(fixture, &cleo, mine).count, 0);
    assert_int_equal(listed(fixture, &dan, zebra).list[0], 1013);
    assert_int_equal(listed(fixture, &mia, zebra).count, 3);
    assert_int_equal(listed(fixture, &eve, zebra).count, 0);
}

static struct viewer looks(struct fixture *fixture, int64_t id, const struct portal *portal)
{
    struct viewer viewer;
    struct person person;
    const struct visible_rule *rule = visible_rule_make(fixture->arena, portal);
    assert_non_null(rule);
    assert_int_equal(person_by_id(fixture->store, fixture->arena, id, &person), RC_OK);
    assert_int_equal(visible_viewer(fixture->store, rule, &person, T0 + 10 * MINUTE, &viewer), RC_OK);
    return viewer;
}

static void test_T21_what_the_rule_hides_of_a_ticket_is_not_found_in_it(void **state)
{
    struct fixture *fixture = *state;
    const char *channels[] = {"partner"}, *senders[] = {"@test.example"};
    const struct portal plain = {.permission = PORTAL_COMPANY};
    const struct portal latest = {.threads = PORTAL_THREADS_LATEST};
    const struct portal marked = {.internal = {.channels = channels, .channel_count = 1}};
    const struct portal sent = {.internal = {.senders = senders, .sender_count = 1}};
    int64_t number = fixture_ticket(fixture, fixture->anna, "Parcel", T0);
    char sql[512];
    snprintf(sql, sizeof sql,
             "INSERT INTO thread (id, ticket, channel, created_at) VALUES (900, %lld, 'partner', 1);"
             "INSERT INTO message (thread_id, author_id, internal, body, created_at)"
             " VALUES (900, %lld, 0, 'insolvent', 1);"
             "INSERT INTO search (rowid, words) VALUES (%lld, 'c%lld_insolvent _insolvent')",
             (long long)number, (long long)fixture->mia, (long long)number, (long long)fixture->acme);
    exec(fixture, sql);
    const struct ticket_query hidden = {.status = TICKET_ANY, .search = "insolvent"};
    const struct ticket_query shown = {.status = TICKET_ANY, .search = "parcel help"};
    struct viewer before = looks(fixture, fixture->anna, &plain), by_thread, by_channel, by_sender;
    by_thread = looks(fixture, fixture->anna, &latest);
    by_channel = looks(fixture, fixture->anna, &marked);
    by_sender = looks(fixture, fixture->anna, &sent);
    assert_int_equal(listed(fixture, &before, hidden).count, 1);
    assert_int_equal(listed(fixture, &by_channel, hidden).count, 0);
    assert_int_equal(listed(fixture, &by_sender, hidden).count, 0);
    assert_int_equal(listed(fixture, &by_thread, hidden).count, 1);
    assert_int_equal(listed(fixture, &by_channel, shown).count, 1);
    assert_int_equal(listed(fixture, &by_thread, shown).count, 0); /* "help" stands in the first thread */
}

static const char *line_of(struct fixture *fixture, const struct ticket_piece *pieces, size_t count)
{
    const char *line = "";
    for (size_t i = 0; i < count; i++)
        line = arena_printf(fixture->arena, pieces[i].hit ? "%s[%s]" : "%s%s", line, pieces[i].text);
    return line;
}

static void test_a_hit_shows_the_message_that_has_most_of_the_words(void **state)
{
    struct fixture *fixture = *state;
    struct ticket *tickets;
    size_t count;
    int64_t number = fixture_ticket(fixture, fixture->anna, "Broken scanner", T0);
    struct reply_made made = {0};
    struct viewer anna = as_contact(fixture->anna, 0), mia = as_staff(fixture->mia);
    const struct new_message messages[] = {{.body = "Is the scanner on?"},
                                           {.body = "Hold the reset button of the scanner."},
                                           {.body = "Did it work?"}};
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(ticket_reply(fixture->store, &mia, number, &messages[i], &(struct reply_rules){0},
                                      NULL, T0 + (int64_t)i, &made),
                         RC_OK);
    const struct ticket_query query = {.search = "scanner reset but", .limit = 5};
    assert_int_equal(ticket_list(fixture->store, fixture->arena, &anna, &query, &tickets, &count), RC_OK);
    assert_int_equal(count, 1);
    assert_string_equal(line_of(fixture, tickets[0].found_subject, tickets[0].found_subject_count),
                        "Broken [scanner]");
    assert_string_equal(line_of(fixture, tickets[0].found, tickets[0].found_count),
                        "Hold the [reset] [button] of the [scanner].");
    const struct ticket_query by_subject = {.search = "broken", .limit = 5};
    assert_int_equal(ticket_list(fixture->store, fixture->arena, &anna, &by_subject, &tickets, &count),
                     RC_OK);
    assert_int_equal(tickets[0].found_count, 0);
}

static void test_T25_hostile_words_and_keys_are_only_values(void **state)
{
    static const char *const hostile[] = {"'; DROP TABLE ticket; --",
                                          "t' OR 1=1 --",
                                          "n1); DELETE FROM ticket",
                                          "\xff",
                                          "t\xf0\x9f",
                                          "n",
                                          "nnan",
                                          "ninf"};
    struct fixture *fixture = *state;
    set_scene(fixture);
    struct viewer anna = as_contact(fixture->anna, fixture->acme);
    struct ticket *tickets;
    size_t count;
    for (size_t i = 0; i < sizeof hostile / sizeof hostile[0]; i++) {
        const struct portal_filter like = A_TEST("subject", TEXT, CONTAINS, VALUES(hostile[i]));
        struct ticket_query query = {
            .status = TICKET_ANY, .limit = 20, .search = hostile[i], .filter = &like};
        assert_int_equal(ticket_list(fixture->store, fixture->arena, &anna, &query, &tickets, &count), RC_OK);
        assert_int_equal(count, 0);
        query = (struct ticket_query){
            .limit = 20, .order = {.property = "subject"}, .after = {.number = 1, .key = hostile[i]}};
        assert_int_equal(ticket_list(fixture->store, fixture->arena, &anna, &query, &tickets, &count), RC_OK);
    }
    const struct ticket_query all = {.status = TICKET_ANY};
    assert_int_equal(walked(fixture, &anna, &all).count, 12);
}

int main(void)
{
#define WITH_STORE(test) cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)
    const struct CMUnitTest tests[] = {
        WITH_STORE(test_every_order_pages_without_loss_or_doubles),
        WITH_STORE(test_values_are_sorted_as_what_they_are_and_unknown_ones_come_last),
        WITH_STORE(test_filters_search_and_order_hold_together),
        WITH_STORE(test_what_is_found_far_down_a_long_list_comes_in_its_order_page_by_page),
        WITH_STORE(test_T17_a_search_finds_only_what_may_be_seen),
        WITH_STORE(test_T21_what_the_rule_hides_of_a_ticket_is_not_found_in_it),
        WITH_STORE(test_a_hit_shows_the_message_that_has_most_of_the_words),
        WITH_STORE(test_T25_hostile_words_and_keys_are_only_values),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
