/* What the settings say of who sees what, asked of every way in which the store hands tickets out. */
#include "api_store_fixture.h"

#include "../../api/store/inside.h"
#include "../../api/store/visible_rule.h"

static void exec(struct fixture *fixture, const char *sql)
{
    struct conn *conn = db_write(fixture->store->db);
    assert_int_equal(sqlite3_exec(conn->sqlite, sql, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(db_end(conn, RC_OK), RC_OK);
}

/* Who looks, as the server would have it from a portal with these settings. */
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

static bool stop_at(void *context, const struct ticket *ticket)
{
    (void)ticket;
    ++*(int *)context;
    return true;
}

/* Every way to ask for tickets agrees: how many there are. */
static int seen(struct fixture *fixture, const struct viewer *viewer)
{
    int walked = 0;
    size_t count = 0;
    struct ticket *tickets;
    struct ticket_counts counts = {0};
    const struct ticket_query all = {.status = TICKET_ANY, .limit = 50};
    assert_int_equal(ticket_list(fixture->store, fixture->arena, viewer, &all, &tickets, &count), RC_OK);
    assert_int_equal(ticket_count(fixture->store, viewer, TICKETS_SEEN, &counts), RC_OK);
    assert_int_equal(ticket_walk(fixture->store, viewer, &all, stop_at, &walked), RC_OK);
    assert_int_equal(counts.open + counts.closed, (int64_t)count);
    assert_int_equal(walked, (int)count);
    for (size_t i = 0; i < count; i++) {
        struct ticket ticket;
        assert_int_equal(ticket_get(fixture->store, fixture->arena, viewer, tickets[i].number, &ticket),
                         RC_OK);
    }
    return (int)count;
}

static void assert_hidden(struct fixture *fixture, const struct viewer *viewer, int64_t number)
{
    struct ticket ticket;
    struct message *messages;
    size_t count;
    struct reply_made made = {0};
    const struct new_message message = {.body = "Anybody there?"};
    const struct reply_rules rules = {.may_reply_to_closed = true, .reopen_stage = "new"};
    assert_int_equal(ticket_get(fixture->store, fixture->arena, viewer, number, &ticket), RC_NOT_FOUND);
    assert_int_equal(ticket_messages(fixture->store, fixture->arena, viewer, number, &messages, &count),
                     RC_NOT_FOUND);
    assert_int_equal(ticket_reply(fixture->store, viewer, number, &message, &rules, NULL, T0, &made),
                     RC_NOT_FOUND);
}

#define TEXTS(...)                                                                                           \
    .values = (const char *[]){__VA_ARGS__},                                                                 \
    .value_count = sizeof((const char *[]){__VA_ARGS__}) / sizeof(char *)

static void test_S10_the_visibility_filter_holds_everywhere(void **state)
{
    struct fixture *fixture = *state;
    const struct portal_filter billing = {.op = FILTER_TEST,
                                          .property = "category",
                                          .type = PROPERTY_SELECT,
                                          .test = FILTER_EQUALS,
                                          TEXTS("billing")};
    const struct portal open = {.permission = PORTAL_COMPANY},
                        narrow = {.permission = PORTAL_COMPANY, .visible = &billing};
    fixture_ticket(fixture, fixture->anna, "Printer", T0);
    int64_t hidden = fixture_ticket(fixture, fixture->bo, "Screen", T0 + 1);
    int64_t shown = fixture_ticket(fixture, fixture->bo, "Invoice", T0 + 2);
    exec(fixture, "UPDATE ticket SET category = 'billing' WHERE subject = 'Invoice'");
    struct viewer all = looks(fixture, fixture->anna, &open), some = looks(fixture, fixture->anna, &narrow);
    struct viewer bo = looks(fixture, fixture->bo, &narrow), mia = looks(fixture, fixture->mia, &narrow);
    struct message *messages;
    size_t count;
    assert_int_equal(seen(fixture, &all), 3);
    assert_int_equal(seen(fixture, &some), 1);
    assert_hidden(fixture, &some, hidden);
    assert_hidden(fixture, &bo, hidden); /* the requester, too */
    assert_int_equal(seen(fixture, &mia), 3);
    assert_int_equal(ticket_messages(fixture->store, fixture->arena, &bo, shown, &messages, &count), RC_OK);
    assert_int_equal(count, 1);
    exec(fixture, "UPDATE ticket SET category = NULL"); /* T18 */
    assert_int_equal(seen(fixture, &some), 0);
    assert_hidden(fixture, &bo, shown);
}

static void test_only_tickets_of_the_chosen_inboxes_show(void **state)
{
    struct fixture *fixture = *state;
    const char *sales[] = {"sales", "events"};
    const struct portal portal = {.visible_inboxes = sales, .visible_inbox_count = 2};
    int64_t hidden = fixture_ticket(fixture, fixture->anna, "Printer", T0);
    fixture_ticket(fixture, fixture->anna, "Offer", T0 + 1);
    exec(fixture, "UPDATE ticket SET inbox = 'sales' WHERE subject = 'Offer'");
    struct viewer anna = looks(fixture, fixture->anna, &portal);
    assert_int_equal(seen(fixture, &anna), 1);
    assert_hidden(fixture, &anna, hidden);
}

static void test_S5_who_sees_the_companys_tickets(void **state)
{
    struct fixture *fixture = *state;
    const struct portal_filter buyers = {.op = FILTER_TEST,
                                         .property = "buyer",
                                         .type = PROPERTY_CHECKBOX,
                                         .test = FILTER_EQUALS,
                                         .number = 1};
    const struct portal managers = {.permission = PORTAL_MATCHING, .company_managers = true};
    const struct portal matching = {.permission = PORTAL_MATCHING, .company_contacts = &buyers};
    const struct portal nobody = {.permission = PORTAL_MATCHING};
    fixture_ticket(fixture, fixture->bo, "Screen", T0);
    fixture_ticket(fixture, fixture->dan, "Of another company", T0);
    const struct portal *portals[] = {&managers, &matching, &nobody};
    const int expected[] = {1, 0, 0};
    exec(fixture, "UPDATE person SET manager = 1 WHERE first_name = 'Anna';"
                  "UPDATE person SET properties = '{\"buyer\":true}' WHERE first_name IN ('Cleo', 'Eve')");
    for (int i = 0; i < 3; i++) {
        struct viewer anna = looks(fixture, fixture->anna, portals[i]);
        assert_int_equal(seen(fixture, &anna), expected[i]);
    }
    struct viewer cleo = looks(fixture, fixture->cleo, &matching),
                  eve = looks(fixture, fixture->eve, &matching);
    assert_int_equal(seen(fixture, &cleo), 1);
    assert_int_equal(seen(fixture, &eve), 0);                          /* of no company */
    exec(fixture, "UPDATE person SET manager = 0, properties = '{}'"); /* T18 */
    cleo = looks(fixture, fixture->cleo, &matching);
    assert_int_equal(seen(fixture, &cleo), 0);
    struct viewer anna = looks(fixture, fixture->anna, &managers);
    assert_int_equal(seen(fixture, &anna), 0);
}

static void test_participants_see_the_ticket_that_was_shared_with_them(void **state)
{
    struct fixture *fixture = *state;
    const struct portal_filter closed = {.op = FILTER_TEST,
                                         .property = "status",
                                         .type = PROPERTY_SELECT,
                                         .test = FILTER_EQUALS,
                                         TEXTS("closed")};
    const struct portal open = {.participants = true}, off = {0};
    const struct portal narrow = {.participants = true, .visible = &closed};
    int64_t number = fixture_ticket(fixture, fixture->anna, "Printer", T0);
    int64_t other = fixture_ticket(fixture, fixture->anna, "Screen", T0);
    struct viewer bo = looks(fixture, fixture->bo, &open), filtered = looks(fixture, fixture->bo, &narrow);
    struct viewer switched_off = looks(fixture, fixture->bo, &off);
    struct ticket ticket;
    assert_hidden(fixture, &bo, number);
    exec(fixture, "INSERT INTO participant (ticket, person_id, added_at)"
                  " SELECT ticket.number, person.id, 0 FROM ticket, person"
                  " WHERE ticket.subject = 'Printer' AND person.first_name = 'Bo'");
    assert_int_equal(ticket_get(fixture->store, fixture->arena, &bo, number, &ticket), RC_OK);
    assert_hidden(fixture, &bo, other);
    assert_hidden(fixture, &filtered, number);
    assert_hidden(fixture, &switched_off, number);
    assert_int_equal(seen(fixture, &bo), 1);
    assert_int_equal(seen(fixture, &switched_off), 0);
    exec(fixture, "UPDATE person SET company_id = NULL WHERE first_name = 'Bo'"); /* T18 */
    assert_hidden(fixture, &bo, number);
    exec(fixture, "UPDATE person SET company_id = (SELECT company_id FROM ticket LIMIT 1)");
    assert_int_equal(seen(fixture, &bo), 1);
    exec(fixture, "DELETE FROM participant"); /* T18 */
    assert_hidden(fixture, &bo, number);
}

/* Say something in a thread of its own, or in one that there is. The message's id. */
static int64_t say(struct fixture *fixture, const struct portal *portal, int64_t number, const char *channel,
                   int64_t author, bool internal, const char *body, int64_t now)
{
    const struct new_message message = {.body = body};
    const struct visible_rule *rule = visible_rule_make(fixture->arena, portal);
    struct conn *conn = db_write(fixture->store->db);
    int64_t thread = insert_thread(conn, number, channel, now);
    int64_t id = insert_message(conn, number, thread, author, internal, &message, rule, now);
    assert_int_equal(db_end(conn, RC_OK), RC_OK);
    return id;
}

/* The bodies that a viewer is shown, joined; each is also there, or not, by its id. */
static const char *conversation(struct fixture *fixture, const struct viewer *viewer, int64_t number)
{
    struct message *messages, one;
    size_t count;
    const char *text = "";
    assert_int_equal(ticket_messages(fixture->store, fixture->arena, viewer, number, &messages, &count),
                     RC_OK);
    for (size_t i = 0; i < count; i++) {
        text = arena_printf(fixture->arena, "%s%s%s", text, *text ? " " : "", messages[i].body);
        assert_int_equal(ticket_message(fixture->store, fixture->arena, viewer, number, messages[i].id, &one),
                         RC_OK);
    }
    return text;
}

static int64_t last_activity(struct fixture *fixture, int64_t number)
{
    struct ticket ticket;
    struct viewer mia = as_staff(fixture->mia);
    assert_int_equal(ticket_get(fixture->store, fixture->arena, &mia, number, &ticket), RC_OK);
    return ticket.last_activity_at;
}

static void reply_as(struct fixture *fixture, const struct viewer *viewer, int64_t number, const char *body)
{
    struct reply_made made = {0};
    const struct new_message message = {.body = body};
    const struct reply_rules rules = {0};
    assert_int_equal(
        ticket_reply(fixture->store, viewer, number, &message, &rules, NULL, T0 + 10 * MINUTE, &made), RC_OK);
}

static void test_S13_which_threads_show_and_where_replies_go(void **state)
{
    struct fixture *fixture = *state;
    const struct portal portals[] = {{.threads = PORTAL_THREADS_ALL},
                                     {.threads = PORTAL_THREADS_LATEST},
                                     {.threads = PORTAL_THREADS_ORIGINAL}};
    static const char *const before[] = {"Please help. Second. Third.", "Third.", "Please help."};
    static const char *const after[] = {"Please help. Second. Third. Mine.", "Third. Mine.",
                                        "Please help. Mine."};
    for (int i = 0; i < 3; i++) {
        int64_t number = fixture_ticket(fixture, fixture->anna, "Printer", T0);
        struct viewer anna = looks(fixture, fixture->anna, &portals[i]);
        say(fixture, &portals[i], number, "email", fixture->mia, false, "Second.", T0 + MINUTE);
        say(fixture, &portals[i], number, "email", fixture->mia, false, "Third.", T0 + 2 * MINUTE);
        say(fixture, &portals[i], number, "email", fixture->mia, true, "A note.", T0 + 3 * MINUTE);
        assert_string_equal(conversation(fixture, &anna, number), before[i]);
        /* T21: what does not show does not move the date. */
        assert_int_equal(last_activity(fixture, number), i == 2 ? T0 : T0 + 2 * MINUTE);
        reply_as(fixture, &anna, number, "Mine.");
        assert_string_equal(conversation(fixture, &anna, number), after[i]);
        struct viewer mia = looks(fixture, fixture->mia, &portals[i]);
        assert_non_null(strstr(conversation(fixture, &mia, number), "A note."));
    }
}

static void test_T21_what_rules_mark_internal_shows_to_staff_alone(void **state)
{
    struct fixture *fixture = *state;
    const char *channels[] = {"phone"}, *senders[] = {"MIA@test.example", "@bots.example"};
    const struct portal portal = {
        .permission = PORTAL_COMPANY,
        .internal = {.channels = channels, .channel_count = 1, .senders = senders, .sender_count = 2}};
    int64_t number = fixture_ticket(fixture, fixture->anna, "Printer", T0);
    struct viewer anna = looks(fixture, fixture->anna, &portal), mia = looks(fixture, fixture->mia, &portal);
    exec(fixture, "UPDATE person SET email = 'eve@bots.example' WHERE first_name = 'Eve'");
    say(fixture, &portal, number, "email", fixture->mia, false, "By address.", T0 + MINUTE);
    say(fixture, &portal, number, "email", fixture->eve, false, "By domain.", T0 + 2 * MINUTE);
    int64_t id = say(fixture, &portal, number, "phone", fixture->bo, false, "By channel.", T0 + 3 * MINUTE);
    struct message message;
    assert_string_equal(conversation(fixture, &anna, number), "Please help.");
    assert_int_equal(ticket_message(fixture->store, fixture->arena, &anna, number, id, &message),
                     RC_NOT_FOUND);
    assert_string_equal(conversation(fixture, &mia, number),
                        "Please help. By address. By domain. By channel.");
    assert_int_equal(last_activity(fixture, number), T0);
    say(fixture, &portal, number, "email", fixture->bo, false, "Public.", T0 + 4 * MINUTE);
    assert_string_equal(conversation(fixture, &anna, number), "Please help. Public.");
    assert_int_equal(last_activity(fixture, number), T0 + 4 * MINUTE);
}

static void test_a_conversation_that_its_ticket_marks_internal_shows_ones_own_words(void **state)
{
    struct fixture *fixture = *state;
    const struct portal_filter legal = {.op = FILTER_TEST,
                                        .property = "legal",
                                        .type = PROPERTY_CHECKBOX,
                                        .test = FILTER_EQUALS,
                                        .number = 1};
    const struct portal portal = {.permission = PORTAL_COMPANY, .internal = {.tickets = &legal}};
    int64_t number = fixture_ticket(fixture, fixture->anna, "Printer", T0);
    say(fixture, &portal, number, "email", fixture->mia, false, "Answer.", T0 + MINUTE);
    struct viewer anna = looks(fixture, fixture->anna, &portal), bo = looks(fixture, fixture->bo, &portal);
    assert_string_equal(conversation(fixture, &bo, number), "Please help. Answer.");
    exec(fixture, "UPDATE ticket SET properties = '{\"legal\":true}'");
    assert_string_equal(conversation(fixture, &anna, number), "Please help.");
    assert_string_equal(conversation(fixture, &bo, number), "");
    say(fixture, &portal, number, "email", fixture->mia, false, "More.", T0 + 2 * MINUTE);
    assert_int_equal(last_activity(fixture, number), T0 + MINUTE);
}

/* What the planner does with a statement of the rule: no list sorts more than its page. */
static void test_lists_walk_their_indexes_under_any_rule(void **state)
{
    struct fixture *fixture = *state;
    const char *inboxes[] = {"sales"};
    const struct portal_filter tests[] = {{.op = FILTER_TEST,
                                           .property = "status",
                                           .type = PROPERTY_SELECT,
                                           .test = FILTER_IS_ANY_OF,
                                           TEXTS("open")},
                                          {.op = FILTER_TEST,
                                           .property = "created",
                                           .type = PROPERTY_DATE,
                                           .test = FILTER_IN_THE_LAST_DAYS,
                                           .number = 9},
                                          {.op = FILTER_TEST,
                                           .property = "owner",
                                           .type = PROPERTY_TEXT,
                                           .test = FILTER_CONTAINS,
                                           TEXTS("mia")}};
    const struct portal_filter any = {.op = FILTER_ANY, .of = tests, .count = 3};
    const struct portal portal = {
        .participants = true, .visible = &any, .visible_inboxes = inboxes, .visible_inbox_count = 1};
    const struct visible_rule *rule = visible_rule_make(fixture->arena, &portal);
    const struct viewer anna = {
        .person_id = fixture->anna, .company_id = fixture->acme, .rule = rule, .now = T0};
    struct conn *conn = db_read(fixture->store->db);
    for (int i = SQL_LIST_OWN; i <= SQL_LIST_COMPANY_ANY; i++) {
        struct query query = query_begin_as(conn, i, &anna);
        assert_ptr_not_equal(query.stmt, conn->prepared[i]);
        char *sql = sqlite3_mprintf("EXPLAIN QUERY PLAN %s", sqlite3_sql(query.stmt));
        query_end(&query);
        sqlite3_stmt *stmt;
        bool paged = false, few = false; /* few: what was shared with one person */
        assert_int_equal(sqlite3_prepare_v2(conn->sqlite, sql, -1, &stmt, NULL), SQLITE_OK);
        while (sqlite3_step(stmt) == SQLITE_ROW) {
            const char *line = (const char *)sqlite3_column_text(stmt, 3);
            paged = paged || strncmp(line, "SCAN page", 9) == 0;
            few = strstr(line, "SEARCH participant") || (few && !strstr(line, "ticket_by_"));
            if ((!paged && !few && strstr(line, "TEMP B-TREE")) || strcmp(line, "SCAN ticket") == 0)
                fail_msg("%s: %s", statements[i].name, line);
        }
        assert_true(paged);
        sqlite3_finalize(stmt);
        sqlite3_free(sql);
    }
    db_done(conn);
}

static void test_who_forgets_the_rule_gets_an_error(void **state)
{
    struct fixture *fixture = *state;
    struct conn *conn = db_read(fixture->store->db);
    struct query query = query_begin(conn, SQL_TICKET_GET);
    query_bind_int(&query, ":number", 1);
    query_bind_int(&query, ":staff", 0);
    query_bind_int(&query, ":person", fixture->anna);
    query_bind_id(&query, ":company", 0);
    assert_false(query_step(&query));
    assert_int_equal(query_end(&query), RC_INTERNAL);
    db_done(conn);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_S10_the_visibility_filter_holds_everywhere),
        TEST(test_only_tickets_of_the_chosen_inboxes_show),
        TEST(test_S5_who_sees_the_companys_tickets),
        TEST(test_participants_see_the_ticket_that_was_shared_with_them),
        TEST(test_S13_which_threads_show_and_where_replies_go),
        TEST(test_T21_what_rules_mark_internal_shows_to_staff_alone),
        TEST(test_a_conversation_that_its_ticket_marks_internal_shows_ones_own_words),
        TEST(test_lists_walk_their_indexes_under_any_rule),
        TEST(test_who_forgets_the_rule_gets_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
