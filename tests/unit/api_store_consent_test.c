/* What people agreed to: kept with its words, withdrawn, and never altered. */
#include "api_store_fixture.h"

#include "../../api/store/consent.h"
#include "../../api/store/inside.h"

static struct portal asking;

static int ask_for_v2(void **state)
{
    asking = (struct portal){.consent_renew = true,
                             .consent = json_pack("{s:s, s:s}", "v2", "New", "v2fr", "Neuf")};
    return fixture_setup(state);
}

static int forget(void **state)
{
    json_decref((json_t *)asking.consent);
    return fixture_teardown(state);
}

static bool has_consented(struct fixture *fixture, int64_t id)
{
    struct person person;
    assert_int_equal(person_by_id(fixture->store, fixture->arena, id, &person), RC_OK);
    return person_has_consented(&person, &asking);
}

static void give(struct fixture *fixture, const char *version, int64_t now)
{
    assert_int_equal(consent_give(fixture->store, fixture->anna, version, "Words", now), RC_OK);
}

static size_t list(struct fixture *fixture, struct consent **consents)
{
    size_t count = 0;
    assert_int_equal(consent_list(fixture->store, fixture->arena, fixture->anna, consents, &count), RC_OK);
    return count;
}

static void only_words_of_today_count_in_any_language(void **state)
{
    struct fixture *fixture = *state;
    assert_false(has_consented(fixture, fixture->anna));
    give(fixture, "v1", T0);
    assert_false(has_consented(fixture, fixture->anna));
    give(fixture, "v2fr", T0 + 1);
    assert_true(has_consented(fixture, fixture->anna));
    assert_false(has_consented(fixture, fixture->bo));
}

static void the_team_is_not_asked_and_nobody_is_where_the_settings_do_not_ask(void **state)
{
    struct fixture *fixture = *state;
    assert_true(has_consented(fixture, fixture->mia));
    asking.consent_renew = false;
    assert_true(has_consented(fixture, fixture->anna));
}

static void what_is_withdrawn_counts_no_more_until_it_is_given_again(void **state)
{
    struct fixture *fixture = *state;
    struct consent *consents;
    give(fixture, "v2", T0);
    give(fixture, "v2", T0 + 1); /* a second press */
    assert_int_equal(list(fixture, &consents), 1);
    assert_int_equal(consent_withdraw(fixture->store, fixture->anna, T0 + 2), RC_OK);
    assert_false(has_consented(fixture, fixture->anna));
    assert_int_equal(consent_withdraw(fixture->store, fixture->anna, T0 + 3), RC_OK);
    give(fixture, "v2", T0 + 4);
    assert_true(has_consented(fixture, fixture->anna));
    assert_int_equal(list(fixture, &consents), 2);
    assert_int_equal(consents[0].given_at, T0 + 4);
    assert_int_equal(consents[0].withdrawn_at, 0);
    assert_int_equal(consents[1].withdrawn_at, T0 + 2);
    assert_string_equal(consents[1].text, "Words");
}

static void other_words_under_the_same_version_change_nothing(void **state)
{
    struct fixture *fixture = *state;
    struct consent *consents;
    give(fixture, "v2", T0);
    struct conn *conn = db_write(fixture->store->db);
    assert_int_equal(sqlite3_exec(conn->sqlite, "INSERT OR REPLACE INTO consent_text VALUES ('v2', 'x', 1)",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    assert_int_equal(db_end(conn, RC_OK), RC_OK);
    assert_int_equal(list(fixture, &consents), 1);
    assert_string_equal(consents[0].text, "Words");
}

/* T55 */
static void nothing_of_it_is_altered_or_removed(void **state)
{
    struct fixture *fixture = *state;
    static const char *const tries[] = {
        "UPDATE consent SET given_at = 1",
        "DELETE FROM consent",
        "INSERT OR REPLACE INTO consent SELECT id, person_id, version, 1 FROM consent",
        "UPDATE consent_text SET body = 'x'",
        "DELETE FROM consent_text",
        "UPDATE consent_withdrawal SET at = 1",
        "DELETE FROM consent_withdrawal",
        "INSERT OR REPLACE INTO consent_withdrawal SELECT consent_id, 1 FROM consent_withdrawal"};
    give(fixture, "v2", T0);
    assert_int_equal(consent_withdraw(fixture->store, fixture->anna, T0 + 2), RC_OK);
    for (size_t i = 0; i < sizeof tries / sizeof tries[0]; i++) {
        struct conn *conn = db_write(fixture->store->db);
        if ((sqlite3_exec(conn->sqlite, tries[i], NULL, NULL, NULL) & 0xff) != SQLITE_CONSTRAINT)
            fail_msg("not refused: %s", tries[i]);
        assert_int_equal(db_end(conn, RC_INTERNAL), RC_INTERNAL);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, ask_for_v2, forget)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(only_words_of_today_count_in_any_language),
        TEST(the_team_is_not_asked_and_nobody_is_where_the_settings_do_not_ask),
        TEST(what_is_withdrawn_counts_no_more_until_it_is_given_again),
        TEST(other_words_under_the_same_version_change_nothing),
        TEST(nothing_of_it_is_altered_or_removed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
