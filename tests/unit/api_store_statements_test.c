/* The SQL as a whole: it prepares, it names its parameters, it carries the rule of visibility, it uses its
 * indexes. */
#include "api_store_fixture.h"

#include "../../api/store/inside.h"
#include "../../api/store/visible.h"
#include "../../lib/log.h"

#include <ctype.h>

static void test_every_statement_has_a_text_and_prepares(void **state)
{
    struct fixture *fixture = *state;
    struct conn *conn = db_read(fixture->store->db);
    for (int i = 0; i < SQL_COUNT; i++) {
        sqlite3_stmt *stmt = NULL;
        assert_non_null(statements[i].text);
        if (sqlite3_prepare_v2(conn->sqlite, statements[i].text, -1, &stmt, NULL) != SQLITE_OK)
            fail_msg("%s: %s", statements[i].name, sqlite3_errmsg(conn->sqlite));
        for (int at = 1; at <= sqlite3_bind_parameter_count(stmt); at++) {
            const char *name = sqlite3_bind_parameter_name(stmt, at);
            assert_true(name && name[0] == ':');
        }
        sqlite3_finalize(stmt);
    }
    db_done(conn);
}

static bool returns_rows(const char *sql)
{
    return strncmp(sql, "SELECT", 6) == 0 || strncmp(sql, "WITH", 4) == 0;
}

static bool asks_the_rule(const char *sql)
{
    return strstr(sql, VISIBLE_TICKET) != NULL;
}

/* Counts return no row of a ticket: each of their parts is one way of the rule. */
static bool is_count(int statement)
{
    return statement >= SQL_COUNT_OWN && statement <= SQL_COUNT_STAFF;
}

/* What makes the search's index is read for nobody: whoever searches asks the rule of what the index
 * proposes. */
static bool is_of_the_index(int statement)
{
    return statement >= SQL_SEARCH_ADD && statement <= SQL_SEARCH_REACHED;
}

/* What carries out an erasure learns which tickets and mails there are, and shows them to nobody. */
static bool is_of_erasing(int statement)
{
    return statement >= SQL_ERASE_TOKENS && statement <= SQL_ERASE_TICKET;
}

static void test_what_returns_tickets_messages_or_files_asks_who_looks(void **state)
{
    (void)state;
    int checked = 0;
    for (int i = 0; i < SQL_COUNT; i++) {
        const char *sql = statements[i].text;
        bool about = strstr(sql, "FROM ticket") || strstr(sql, "JOIN ticket") ||
                     strstr(sql, "FROM message") || strstr(sql, "JOIN message") || strstr(sql, "FROM file") ||
                     strstr(sql, "JOIN file");
        /* The deliverer is no viewer, a mail that came in finds the ticket whose rule is asked then, and who
         * looks after the outbox learns an inbox by it; a submission is one's own; the sweep of files learns
         * only whether a row exists, as what brings along from elsewhere does. */
        if (!returns_rows(sql) || !about || is_count(i) || i == SQL_OUTBOX_NEXT || i == SQL_OUTBOX_TOGETHER ||
            i == SQL_OUTBOX_LIST || i == SQL_FILE_IS_KEPT || i == SQL_EXPLAIN_TICKET ||
            i == SQL_SUBMISSION_FIND || i == SQL_SYNC_IS_THERE || i == SQL_MAIL_REFS ||
            i == SQL_MAIL_REF_IN || is_of_the_index(i) || is_of_erasing(i))
            continue;
        checked++;
        if (!asks_the_rule(sql))
            fail_msg("%s does not ask the rule", statements[i].name);
        if (strstr(sql, "message.body") || strstr(sql, "file.name"))
            assert_non_null(strstr(sql, VISIBLE_MESSAGE));
    }
    assert_int_equal(checked, 35);
}

static void test_no_mail_carries_an_internal_note(void **state)
{
    (void)state;
    assert_non_null(strstr(statements[SQL_OUTBOX_NEXT].text, "message.internal = 0"));
    assert_non_null(strstr(statements[SQL_OUTBOX_TOGETHER].text, "message.internal = 0"));
}

static void test_no_internal_note_is_read_into_the_search(void **state)
{
    (void)state;
    assert_non_null(strstr(statements[SQL_SEARCH_MESSAGES].text, "message.internal = 0"));
}

static void test_an_unknown_parameter_is_an_error(void **state)
{
    struct fixture *fixture = *state;
    struct conn *conn = db_read(fixture->store->db);
    struct query query = query_begin(conn, SQL_PERSON_BY_ID);
    query_bind_int(&query, ":person", fixture->anna);
    query_bind_int(&query, ":nobody", 1);
    assert_false(query_step(&query));
    assert_int_equal(query_end(&query), RC_INTERNAL);
    db_done(conn);
}

static void test_a_forgotten_parameter_is_an_error(void **state)
{
    struct fixture *fixture = *state;
    struct conn *conn = db_read(fixture->store->db);
    struct query query = query_begin(conn, SQL_PERSON_BY_ID);
    assert_false(query_step(&query));
    assert_int_equal(query_end(&query), RC_INTERNAL);
    db_done(conn);
}

static void test_a_reader_cannot_write(void **state)
{
    struct fixture *fixture = *state;
    struct conn *conn = db_read(fixture->store->db);
    struct query query = query_begin(conn, SQL_SESSION_END_ALL);
    query_bind_int(&query, ":person", fixture->anna);
    assert_int_equal(query_run(&query, NULL), RC_INTERNAL);
    db_done(conn);
}

static void test_a_failed_statement_fails_its_transaction(void **state)
{
    struct fixture *fixture = *state;
    struct conn *conn = db_write(fixture->store->db);
    audit_add(conn, T0, fixture->anna, "test", 0, NULL);
    struct query query = query_begin(conn, SQL_PERSON_BY_ID);
    query_bind_int(&query, ":nobody", 1);
    query_end(&query);
    assert_int_equal(db_end(conn, RC_OK), RC_INTERNAL);

    conn = db_write(fixture->store->db);
    sqlite3_stmt *stmt = NULL;
    assert_int_equal(
        sqlite3_prepare_v2(conn->sqlite, "SELECT count(*) FROM audit WHERE action = 'test'", -1, &stmt, NULL),
        SQLITE_OK);
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    assert_int_equal(sqlite3_column_int(stmt, 0), 0);
    sqlite3_finalize(stmt);
    assert_int_equal(db_end(conn, RC_OK), RC_OK);
}

/* What the planner does with a statement, a line each. */
static void explain(sqlite3 *sqlite, int statement, char *plan, size_t room)
{
    size_t len = 0;
    sqlite3_stmt *stmt = NULL;
    char *sql = sqlite3_mprintf("EXPLAIN QUERY PLAN %s", statements[statement].text);
    assert_int_equal(sqlite3_prepare_v2(sqlite, sql, -1, &stmt, NULL), SQLITE_OK);
    plan[0] = '\0';
    while (sqlite3_step(stmt) == SQLITE_ROW)
        len += (size_t)snprintf(plan + len, room - len, "%s\n", sqlite3_column_text(stmt, 3));
    assert_true(len < room);
    sqlite3_finalize(stmt);
    sqlite3_free(sql);
}

/* Is this step of an arm a good one? `*few`: the arm reads what was shared with one person. */
static bool is_good_step(const char *step, bool *few)
{
    if (strstr(step, "SEARCH participant USING COVERING INDEX"))
        return *few = true;
    if (strstr(step, "SCALAR SUBQUERY") || strstr(step, "SEARCH viewing USING INTEGER PRIMARY KEY"))
        return true; /* once: the viewer themself */
    if (strstr(step, "USE TEMP B-TREE") || strstr(step, "ticket USING INTEGER PRIMARY KEY"))
        return *few;
    *few = false;
    return !strstr(step, "SCAN ticket") &&
           (!strstr(step, "ticket USING") || strstr(step, "ticket USING COVERING INDEX"));
}

/*
 * A list may sort its page (25 rows), after "page" was read; never an arm, but for the few that were shared
 * with somebody. Within the others a temporary b-tree would be over everything that a company has.
 */
static void check_list(sqlite3 *sqlite, int statement)
{
    char plan[4096], read[4096];
    bool few = false;
    explain(sqlite, statement, plan, sizeof plan);
    memcpy(read, plan, sizeof read);
    char *page = strstr(read, "SCAN page");
    assert_non_null(page);
    *page = '\0';
    for (char *step = strtok(read, "\n"); step; step = strtok(NULL, "\n"))
        if (!is_good_step(step, &few))
            fail_msg("%s: \"%s\" in\n%s", statements[statement].name, step, plan);
}

static void test_lists_walk_their_indexes_and_sort_only_their_page(void **state)
{
    struct fixture *fixture = *state;
    struct conn *conn = db_read(fixture->store->db);
    for (int i = SQL_LIST_OWN; i <= SQL_LIST_STAFF_ANY; i++)
        check_list(conn->sqlite, i);
    db_done(conn);
}

static void test_counts_read_indexes_only(void **state)
{
    char plan[2048];
    struct fixture *fixture = *state;
    struct conn *conn = db_read(fixture->store->db);
    for (int i = SQL_COUNT_OWN; i <= SQL_COUNT_STAFF; i++) {
        explain(conn->sqlite, i, plan, sizeof plan);
        bool few = false;
        for (char *step = strtok(plan, "\n"); step; step = strtok(NULL, "\n"))
            if (!is_good_step(step, &few))
                fail_msg("%s: %s", statements[i].name, step);
    }
    db_done(conn);
}

static void test_nothing_that_serves_a_page_scans_a_table(void **state)
{
    static const int served[] = {
        SQL_PERSON_BY_EMAIL,    SQL_PERSON_BY_ID,        SQL_SESSION_FIND,       SQL_TOKEN_FIND,
        SQL_TICKET_GET,         SQL_TICKET_MESSAGES,     SQL_TICKET_FILES,       SQL_TICKET_FILE,
        SQL_TICKET_IS_VISIBLE,  SQL_TICKET_REPLY_STATE,  SQL_SUBMISSION_FIND,    SQL_SESSION_END_ALL,
        SQL_OUTBOX_NEXT,        SQL_TOKEN_EXPIRE_ALL,    SQL_FILE_IS_KEPT,       SQL_HOOK_DUE,
        SQL_SYNC_TOKEN_FIND,    SQL_SYNC_READ_COMPANIES, SQL_SYNC_READ_CONTACTS, SQL_SYNC_READ_TICKETS,
        SQL_SYNC_READ_MESSAGES,
    };
    char plan[2048];
    struct fixture *fixture = *state;
    struct conn *conn = db_read(fixture->store->db);
    for (size_t i = 0; i < sizeof served / sizeof served[0]; i++) {
        explain(conn->sqlite, served[i], plan, sizeof plan);
        if (strstr(plan, "SCAN "))
            fail_msg("%s:\n%s", statements[served[i]].name, plan);
    }
    db_done(conn);
}

/* A ticket has some mails, an inbox or a busy customer very many. */
static void test_mails_about_a_ticket_are_looked_for_among_those_of_the_ticket(void **state)
{
    static const int about_a_ticket[] = {
        SQL_OUTBOX_ADD,      SQL_OUTBOX_ADD_SHARED, SQL_OUTBOX_ADD_PARTICIPANTS, SQL_OUTBOX_DROP_PARTICIPANT,
        SQL_OUTBOX_TOGETHER, SQL_MAIL_REFS,         SQL_OUTBOX_RESEND_WITH,
    };
    char plan[2048];
    struct fixture *fixture = *state;
    struct conn *conn = db_read(fixture->store->db);
    for (size_t i = 0; i < sizeof about_a_ticket / sizeof about_a_ticket[0]; i++) {
        explain(conn->sqlite, about_a_ticket[i], plan, sizeof plan);
        if (!strstr(plan, "outbox_by_ticket") || strstr(plan, "outbox_by_person"))
            fail_msg("%s:\n%s", statements[about_a_ticket[i]].name, plan);
    }
    db_done(conn);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_every_statement_has_a_text_and_prepares, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test(test_what_returns_tickets_messages_or_files_asks_who_looks),
        cmocka_unit_test(test_no_mail_carries_an_internal_note),
        cmocka_unit_test(test_no_internal_note_is_read_into_the_search),
        cmocka_unit_test_setup_teardown(test_an_unknown_parameter_is_an_error, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(test_a_forgotten_parameter_is_an_error, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(test_a_reader_cannot_write, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_a_failed_statement_fails_its_transaction, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(test_lists_walk_their_indexes_and_sort_only_their_page, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(test_counts_read_indexes_only, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_mails_about_a_ticket_are_looked_for_among_those_of_the_ticket,
                                        fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_nothing_that_serves_a_page_scans_a_table, fixture_setup,
                                        fixture_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
