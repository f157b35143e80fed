/* What another system has: applied twice, changed, refused. */
#include "api_store_fixture.h"

#include "../../api/store/inside.h"
#include "../../api/sync/apply.h"

#define COMPILED SOURCE_DIR "/tests/golden/gen/good/properties/expected/portal"

static struct portal *portal;

static int setup(void **state)
{
    struct diag *diag = diag_new();
    portal = portal_load(COMPILED, diag);
    diag_print(diag, stderr);
    diag_free(diag);
    return portal ? fixture_setup(state) : -1;
}

static int teardown(void **state)
{
    portal_free(portal);
    return fixture_teardown(state);
}

/* Quotes are single in `text`. */
static json_t *apply_as(const struct fixture *fixture, const char *source, bool dry, const char *text)
{
    enum rc rc;
    char *json = strdup(text);
    for (char *at = json; *at; at++)
        *at = *at == '\'' ? '"' : *at;
    json_t *records = json_loads(json, 0, NULL);
    assert_non_null(records);
    const struct sync_wanted wanted = {.source = source, .dry = dry};
    json_t *answer = sync_apply(fixture->store, portal, &wanted, records, &rc);
    assert_int_equal(rc, RC_OK);
    json_decref(records);
    free(json);
    return answer;
}

static void expect(const struct fixture *fixture, const char *source, const char *text, int created,
                   int changed, int same)
{
    json_t *answer = apply_as(fixture, source, false, text);
    char *errors = json_dumps(json_object_get(answer, "errors"), 0);
    assert_string_equal(errors, "[]");
    assert_int_equal(json_integer_value(json_object_get(answer, "created")), created);
    assert_int_equal(json_integer_value(json_object_get(answer, "changed")), changed);
    assert_int_equal(json_integer_value(json_object_get(answer, "same")), same);
    free(errors);
    json_decref(answer);
}

static void expect_refused(const struct fixture *fixture, const char *text, const char *field,
                           const char *why)
{
    json_t *answer = apply_as(fixture, "old", false, text);
    const json_t *error = json_array_get(json_object_get(answer, "errors"), 0);
    assert_non_null(error);
    assert_string_equal(json_string_value(json_object_get(error, "field")), field);
    if (!strstr(json_string_value(json_object_get(error, "message")), why))
        fail_msg("said: %s; want: %s", json_string_value(json_object_get(error, "message")), why);
    assert_int_equal(json_integer_value(json_object_get(answer, "created")), 0);
    json_decref(answer);
}

static int64_t number(const struct fixture *fixture, const char *sql)
{
    sqlite3_stmt *stmt;
    struct conn *conn = db_read(fixture->store->db);
    assert_int_equal(sqlite3_prepare_v2(conn->sqlite, sql, -1, &stmt, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    int64_t found = sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    db_done(conn);
    return found;
}

#define TICKET                                                                                               \
    "[{'type':'ticket','id':'1','subject':'%s','requester':'anna@test.example','created_at':'2024-03-01','"  \
    "status':"                                                                                               \
    "'closed','closed_at':'2024-03-02T08:00:00Z'}]"

static void test_brings_again_only_what_has_changed(void **state)
{
    char text[400];
    const struct fixture *fixture = *state;
    snprintf(text, sizeof text, TICKET, "One");
    expect(fixture, "old", text, 1, 0, 0);
    expect(fixture, "old", text, 0, 0, 1);
    expect(fixture, "other", text, 1, 0, 0);
    snprintf(text, sizeof text, TICKET, "Two");
    expect(fixture, "old", text, 0, 1, 0);
    assert_int_equal(number(fixture, "SELECT count(*) FROM ticket WHERE subject IN ('One', 'Two')"), 2);
    assert_int_equal(number(fixture, "SELECT closed_at FROM ticket WHERE subject = 'Two'"), 1709366400000);
    assert_int_equal(number(fixture, "SELECT count(*) FROM outbox"), 0);
    assert_int_equal(
        number(fixture, "SELECT count(*) FROM audit WHERE action = 'data.import' AND detail LIKE '%: %'"), 3);
}

static void test_a_dry_run_keeps_nothing(void **state)
{
    char text[400];
    const struct fixture *fixture = *state;
    snprintf(text, sizeof text, TICKET, "Dry");
    json_t *answer = apply_as(fixture, "old", true, text);
    assert_int_equal(json_integer_value(json_object_get(answer, "created")), 1);
    json_decref(answer);
    assert_int_equal(number(fixture, "SELECT count(*) FROM external"), 0);
    assert_int_equal(number(fixture, "SELECT count(*) FROM ticket WHERE subject = 'Dry'"), 0);
}

static void test_who_has_the_address_is_the_same_person(void **state)
{
    const struct fixture *fixture = *state;
    expect(fixture, "old",
           "[{'type':'company','id':7,'name':'Seventh'},"
           "{'type':'contact','id':'a','email':'ANNA@test.example','last_name':'Berg','company':7},"
           "{'type':'contact','id':'m','email':'mia@test.example','last_name':'Mallory','role':'contact'}]",
           3, 0, 0);
    assert_int_equal(
        number(fixture, "SELECT count(*) FROM person WHERE email = 'anna@test.example' AND last_name = 'Berg'"
                        " AND company_id = (SELECT id FROM company WHERE name = 'Seventh')"),
        1);
    assert_int_equal(
        number(fixture,
               "SELECT count(*) FROM person WHERE last_name = 'Mallory' OR (email = 'mia@test.example'"
               " AND role = 'contact')"),
        0);
    expect_refused(fixture, "[{'type':'contact','id':'a','email':'bo@test.example'}]", "email",
                   "somebody else has");
}

static void test_what_was_removed_does_not_come_back(void **state)
{
    const struct fixture *fixture = *state;
    expect(fixture, "old", "[{'type':'company','id':'7','name':'Seventh'}]", 1, 0, 0);
    struct conn *conn = db_write(fixture->store->db);
    assert_int_equal(
        sqlite3_exec(conn->sqlite, "DELETE FROM company WHERE name = 'Seventh'", NULL, NULL, NULL),
        SQLITE_OK);
    assert_int_equal(db_end(conn, RC_OK), RC_OK);
    expect_refused(fixture, "[{'type':'company','id':'7','name':'Seventh'}]", "id", "was removed here");
}

#define ALL                                                                                                  \
    "[{'type':'contact','id':'a','email':'gone@test.example','last_name':'%s'},"                             \
    "{'type':'ticket','id':'1','subject':'%s','requester':'a','created_at':'2024-03-01'},"                   \
    "{'type':'message','id':'2','ticket':'1','author':'mia@test.example','text':'%s','created_at':'"         \
    "2024-03-01'}]"

static void test_what_was_erased_does_not_come_back(void **state)
{
    const struct fixture *fixture = *state;
    char text[500];
    snprintf(text, sizeof text, ALL, "Before", "Before", "Before");
    expect(fixture, "old", text, 3, 0, 0);
    struct conn *conn = db_write(fixture->store->db);
    assert_int_equal(
        sqlite3_exec(conn->sqlite,
                     "UPDATE person SET email = 'erased-' || id || '@erased.invalid' WHERE email = "
                     "'gone@test.example'",
                     NULL, NULL, NULL),
        SQLITE_OK);
    assert_int_equal(db_end(conn, RC_OK), RC_OK);
    snprintf(text, sizeof text, ALL, "After", "After", "After");
    json_t *answer = apply_as(fixture, "old", false, text);
    assert_int_equal(json_array_size(json_object_get(answer, "errors")), 3);
    json_decref(answer);
    assert_int_equal(
        number(fixture, "SELECT (SELECT count(*) FROM person WHERE last_name = 'After') + (SELECT count(*)"
                        " FROM ticket WHERE subject = 'After') + (SELECT count(*) FROM message WHERE body"
                        " = 'After')"),
        0);
}

static void test_refuses_with_the_member_that_is_wrong(void **state)
{
    const struct fixture *fixture = *state;
    expect_refused(fixture, "[{'type':'compny','id':'1'}]", "type", "want \"company\"");
    expect_refused(fixture, "[{'type':'company','id':'1','name':'  '}]", "name", "is missing");
    expect_refused(fixture, "[{'type':'company','id':{},'name':'x'}]", "id",
                   "want text or a whole number, got an object");
    expect_refused(fixture, "[{'type':'contact','id':'1','email':'a@b.example','manager':'perhaps'}]",
                   "manager", "want yes or no");
    expect_refused(fixture, "[{'type':'contact','id':'1','email':'a@b.example','company':'none'}]", "company",
                   "no company \"none\"");
    expect_refused(
        fixture,
        "[{'type':'ticket','id':'1','subject':'x','requester':'anna@test.example','created_at':'2024-01-01',"
        "'inbox':'suport'}]",
        "inbox", "not one of the portal's inboxes");
    expect_refused(
        fixture,
        "[{'type':'ticket','id':'1','subject':'x','requester':'anna@test.example','created_at':'2024-01-01',"
        "'owner':'bo@test.example'}]",
        "owner", "only the team owns tickets");
    expect_refused(
        fixture,
        "[{'type':'ticket','id':'1','subject':'x','requester':'anna@test.example','created_at':'2024-01-01',"
        "'properties':{'weight':'many'}}]",
        "properties/weight", "want");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_brings_again_only_what_has_changed),     TEST(test_a_dry_run_keeps_nothing),
        TEST(test_who_has_the_address_is_the_same_person), TEST(test_what_was_removed_does_not_come_back),
        TEST(test_what_was_erased_does_not_come_back),     TEST(test_refuses_with_the_member_that_is_wrong),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
