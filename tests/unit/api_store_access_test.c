/* Who is let in: groups of contacts, and who says that somebody is in one. */
#include "api_store_fixture.h"

#include "../../api/store/access.h"
#include "../../api/store/inside.h"

static struct portal_group groups[] = {{.id = "customers"}, {.id = "gold"}};
static const struct portal everybody = {.groups = NULL, .group_count = 0};
static const struct portal chosen = {.groups = groups, .group_count = 2};

static struct person read_person(struct fixture *fixture, int64_t id)
{
    struct person person;
    assert_int_equal(person_by_id(fixture->store, fixture->arena, id, &person), RC_OK);
    return person;
}

static bool may_enter(struct fixture *fixture, int64_t id, const struct portal *portal)
{
    struct person person = read_person(fixture, id);
    return person_may_enter(&person, portal);
}

static void say(struct fixture *fixture, int64_t id, const char *source, const char *group)
{
    assert_int_equal(access_set(fixture->store, id, source, &group, group != NULL, T0), RC_OK);
}

static int audit_rows(struct fixture *fixture, const char *action)
{
    char sql[96];
    sqlite3_stmt *stmt = NULL;
    struct conn *conn = db_read(fixture->store->db);
    snprintf(sql, sizeof sql, "SELECT count(*) FROM audit WHERE action = '%s'", action);
    assert_int_equal(sqlite3_prepare_v2(conn->sqlite, sql, -1, &stmt, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    int count = sqlite3_column_int(stmt, 0);
    sqlite3_finalize(stmt);
    db_done(conn);
    return count;
}

static void without_groups_everybody_is_let_in(void **state)
{
    struct fixture *fixture = *state;
    assert_true(may_enter(fixture, fixture->anna, &everybody));
    assert_true(may_enter(fixture, fixture->mia, &everybody));
}

static void with_groups_only_their_members_and_the_team_are(void **state)
{
    struct fixture *fixture = *state;
    say(fixture, fixture->anna, ACCESS_BY_TEAM, "gold");
    assert_true(may_enter(fixture, fixture->anna, &chosen));
    assert_false(may_enter(fixture, fixture->bo, &chosen));
    assert_true(may_enter(fixture, fixture->mia, &chosen));
}

static void a_group_that_the_settings_do_not_name_lets_nobody_in(void **state)
{
    struct fixture *fixture = *state;
    say(fixture, fixture->anna, ACCESS_BY_TEAM, "silver");
    assert_false(may_enter(fixture, fixture->anna, &chosen));
    say(fixture, fixture->anna, ACCESS_BY_TEAM, "golden");
    assert_false(may_enter(fixture, fixture->anna, &chosen));
    say(fixture, fixture->anna, ACCESS_BY_TEAM, "Gold");
    assert_false(may_enter(fixture, fixture->anna, &chosen));
}

static void a_group_is_found_among_several_and_never_as_a_part(void **state)
{
    struct fixture *fixture = *state;
    const char *all[] = {"gold-old", "old-gold", "gold"};
    assert_int_equal(access_set(fixture->store, fixture->anna, ACCESS_BY_TEAM, all, 2, T0), RC_OK);
    assert_false(may_enter(fixture, fixture->anna, &chosen));
    assert_int_equal(access_set(fixture->store, fixture->anna, ACCESS_BY_TEAM, all, 3, T0), RC_OK);
    assert_true(may_enter(fixture, fixture->anna, &chosen));
}

static void nobody_takes_back_what_another_said(void **state)
{
    struct fixture *fixture = *state;
    say(fixture, fixture->anna, ACCESS_BY_TEAM, "gold");
    say(fixture, fixture->anna, "oidc:acme", "gold");
    say(fixture, fixture->anna, "oidc:acme", NULL);
    assert_true(may_enter(fixture, fixture->anna, &chosen));
    say(fixture, fixture->anna, ACCESS_BY_TEAM, NULL);
    assert_false(may_enter(fixture, fixture->anna, &chosen));
}

static void what_is_said_again_is_no_news(void **state)
{
    struct fixture *fixture = *state;
    say(fixture, fixture->anna, ACCESS_BY_TEAM, "gold");
    say(fixture, fixture->anna, ACCESS_BY_TEAM, "gold");
    assert_int_equal(audit_rows(fixture, "access.add"), 1);
    assert_int_equal(audit_rows(fixture, "access.remove"), 0);
    say(fixture, fixture->anna, ACCESS_BY_TEAM, "customers");
    assert_int_equal(audit_rows(fixture, "access.add"), 2);
    assert_int_equal(audit_rows(fixture, "access.remove"), 1);
}

static void nobody_is_put_into_a_group_who_is_not_there(void **state)
{
    struct fixture *fixture = *state;
    const char *group = "gold";
    assert_int_equal(access_set(fixture->store, 4711, ACCESS_BY_TEAM, &group, 1, T0), RC_NOT_FOUND);
    assert_int_equal(audit_rows(fixture, "access.add"), 0);
}

/* T18 */
static void a_session_tells_the_groups_as_they_are_now(void **state)
{
    struct fixture *fixture = *state;
    unsigned char hash[SESSION_HASH_BYTES] = {7};
    struct session session;
    assert_int_equal(create_session(fixture, hash, fixture->anna, T0, T0 + 60 * MINUTE), RC_OK);
    say(fixture, fixture->anna, ACCESS_BY_TEAM, "gold");
    assert_int_equal(session_use(fixture->store, fixture->arena, hash, T0 + 1, IDLE(60 * MINUTE), &session),
                     RC_OK);
    assert_true(person_may_enter(&session.person, &chosen));
    say(fixture, fixture->anna, ACCESS_BY_TEAM, NULL);
    assert_int_equal(session_use(fixture->store, fixture->arena, hash, T0 + 2, IDLE(60 * MINUTE), &session),
                     RC_OK);
    assert_false(person_may_enter(&session.person, &chosen));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(without_groups_everybody_is_let_in),
        TEST(with_groups_only_their_members_and_the_team_are),
        TEST(a_group_that_the_settings_do_not_name_lets_nobody_in),
        TEST(a_group_is_found_among_several_and_never_as_a_part),
        TEST(nobody_takes_back_what_another_said),
        TEST(what_is_said_again_is_no_news),
        TEST(nobody_is_put_into_a_group_who_is_not_there),
        TEST(a_session_tells_the_groups_as_they_are_now),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
