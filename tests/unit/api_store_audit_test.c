/* The audit log: rows are added and read, and never changed. */
#include "api_store_fixture.h"

#include "../../api/account/audit_log.h"
#include "../../api/store/audit.h"
#include "../../api/store/inside.h"

struct seen {
    char text[2048]; /* "action@place " of each row, the newest first */
    int64_t last_at, last_id;
    size_t count;
};

static bool see(void *context, const struct audit_row *row)
{
    struct seen *seen = context;
    size_t len = strlen(seen->text);
    snprintf(seen->text + len, sizeof seen->text - len, "%s@%s ", row->action, row->place ? row->place : "-");
    seen->last_at = row->at;
    seen->last_id = row->id;
    seen->count++;
    return true;
}

static struct seen walk(struct fixture *fixture, struct audit_query query, int64_t limit)
{
    struct seen seen = {.text = ""};
    assert_int_equal(audit_walk(fixture->store, &query, limit, see, &seen), RC_OK);
    return seen;
}

static void add(struct fixture *fixture, int64_t at, int64_t person_id, const char *action)
{
    assert_int_equal(audit_write(fixture->store, at, person_id, action, 0, NULL), RC_OK);
}

static int three_rows(void **state)
{
    int rc = fixture_setup(state);
    audit_source(NULL, NULL);
    add(*state, T0 + 1, ((struct fixture *)*state)->anna, "session.begin");
    add(*state, T0 + 2, ((struct fixture *)*state)->bo, "session.refuse");
    add(*state, T0 + 2, ((struct fixture *)*state)->anna, "export.tickets");
    return rc;
}

static void nobody_changes_or_removes_a_row(void **state)
{
    struct fixture *fixture = *state;
    static const char *const tries[] = {
        "UPDATE audit SET detail = 'x'", "UPDATE audit SET at = 1 WHERE id = 1", "DELETE FROM audit",
        "DELETE FROM audit WHERE id = 1",
        "INSERT OR REPLACE INTO audit (id, at, action) VALUES (1, 1, 'session.begin')"};
    for (size_t i = 0; i < sizeof tries / sizeof tries[0]; i++) {
        struct conn *conn = db_write(fixture->store->db);
        if ((sqlite3_exec(conn->sqlite, tries[i], NULL, NULL, NULL) & 0xff) != SQLITE_CONSTRAINT)
            fail_msg("not refused: %s", tries[i]);
        assert_int_equal(db_end(conn, RC_INTERNAL), RC_INTERNAL);
    }
    assert_string_equal(walk(fixture, (struct audit_query){.action = "s"}, -1).text,
                        "session.refuse@- session.begin@- ");
}

static void rows_are_found_by_action_person_and_time(void **state)
{
    struct fixture *fixture = *state;
    assert_string_equal(walk(fixture, (struct audit_query){.person_id = fixture->anna}, -1).text,
                        "export.tickets@- session.begin@- ");
    assert_string_equal(walk(fixture, (struct audit_query){.from = T0 + 2}, -1).text,
                        "export.tickets@- session.refuse@- ");
    assert_string_equal(walk(fixture, (struct audit_query){.from = T0 + 1, .until = T0 + 2}, -1).text,
                        "session.begin@- ");
    assert_string_equal(walk(fixture, (struct audit_query){.action = "export."}, -1).text,
                        "export.tickets@- ");
    assert_string_equal(walk(fixture, (struct audit_query){.action = "%"}, -1).text, "");
}

static void pages_follow_each_other_without_a_gap(void **state)
{
    struct fixture *fixture = *state;
    struct audit_query query = {.from = T0 + 1};
    struct seen page = walk(fixture, query, 1);
    assert_string_equal(page.text, "export.tickets@- ");
    query.after_at = page.last_at;
    query.after_id = page.last_id;
    page = walk(fixture, query, 1); /* of the same millisecond */
    assert_string_equal(page.text, "session.refuse@- ");
    query.after_at = page.last_at;
    query.after_id = page.last_id;
    assert_string_equal(walk(fixture, query, 2).text, "session.begin@- ");
}

static void a_row_tells_the_network_and_never_a_whole_address(void **state)
{
    struct fixture *fixture = *state;
    audit_source("uid 1000, people set", "192.0.2.77");
    add(fixture, T0 + 3, fixture->anna, "person.change");
    audit_source(NULL, "2001:db8:1:2::/64");
    add(fixture, T0 + 4, fixture->anna, "session.end");
    audit_source(NULL, "::/64");
    add(fixture, T0 + 5, fixture->anna, "session.end");
    audit_source(NULL, NULL);
    assert_string_equal(walk(fixture, (struct audit_query){.from = T0 + 3}, -1).text,
                        "session.end@::/64 session.end@2001:db8:1:2::/64 person.change@192.0.2.0/24 ");
}

static void both_lists_walk_an_index_and_sort_nothing(void **state)
{
    struct fixture *fixture = *state;
    struct conn *conn = db_read(fixture->store->db);
    for (enum statement i = SQL_AUDIT_LIST; i <= SQL_AUDIT_LIST_PERSON; i++) {
        sqlite3_stmt *stmt = NULL;
        char *sql = sqlite3_mprintf("EXPLAIN QUERY PLAN %s", statements[i].text);
        assert_int_equal(sqlite3_prepare_v2(conn->sqlite, sql, -1, &stmt, NULL), SQLITE_OK);
        while (sqlite3_step(stmt) == SQLITE_ROW) {
            const char *step = (const char *)sqlite3_column_text(stmt, 3);
            if (strstr(step, "TEMP B-TREE") || strstr(step, "SCAN"))
                fail_msg("%s: %s", statements[i].name, step);
        }
        sqlite3_finalize(stmt);
        sqlite3_free(sql);
    }
    db_done(conn);
}

static void a_time_is_a_day_or_a_moment_in_utc(void **state)
{
    int64_t ms = 0;
    (void)state;
    assert_true(audit_log_time("1970-01-01", true, &ms));
    assert_int_equal(ms, 86400000);
    assert_true(audit_log_time("2024-02-29T23:59:59Z", true, &ms));
    assert_int_equal(ms, 1709251199000);
    static const char *const bad[] = {"",
                                      "2026",
                                      "2026-02-29",
                                      "2026-13-01",
                                      "2026-11-31",
                                      "2026-11-22T24:00:00Z",
                                      "2026-11-22T10:60:00Z",
                                      "2026-11-22 10:00:00",
                                      "1969-12-31",
                                      "2026-1-1"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        if (audit_log_time(bad[i], false, &ms))
            fail_msg("taken: %s", bad[i]);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, three_rows, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(nobody_changes_or_removes_a_row),
        TEST(rows_are_found_by_action_person_and_time),
        TEST(pages_follow_each_other_without_a_gap),
        TEST(a_row_tells_the_network_and_never_a_whole_address),
        TEST(both_lists_walk_an_index_and_sort_nothing),
        cmocka_unit_test(a_time_is_a_day_or_a_moment_in_utc),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
