/* People, their sessions and the tokens that are mailed to them. */
#include "api_store_fixture.h"

#include "../../api/store/inside.h"
#include "../../api/store/viewing.h"

#include <pthread.h>

#define HOUR (60 * MINUTE)

static void fill(unsigned char hash[32], int seed)
{
    memset(hash, seed, 32);
}

static void disable(struct fixture *fixture, int64_t person)
{
    char sql[96];
    struct conn *conn = db_write(fixture->store->db);
    snprintf(sql, sizeof sql, "UPDATE person SET disabled_at = 1 WHERE id = %lld", (long long)person);
    assert_int_equal(sqlite3_exec(conn->sqlite, sql, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(db_end(conn, RC_OK), RC_OK);
}

static int64_t number_of(struct fixture *fixture, const char *sql)
{
    struct conn *conn = db_read(fixture->store->db);
    sqlite3_stmt *stmt = NULL;
    assert_int_equal(sqlite3_prepare_v2(conn->sqlite, sql, -1, &stmt, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    int64_t number = sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    db_done(conn);
    return number;
}

static void test_an_address_is_found_whatever_its_case_and_blanks(void **state)
{
    struct fixture *fixture = *state;
    struct person person;
    assert_int_equal(person_by_email(fixture->store, fixture->arena, " \tANNA@Test.Example\r\n", &person),
                     RC_OK);
    assert_int_equal(person.id, fixture->anna);
    assert_int_equal(person.role, ROLE_CONTACT);
    assert_string_equal(person.email, "Anna@test.example");
    assert_string_equal(person.first_name, "Anna");
    assert_string_equal(person.last_name, "Test");
    assert_string_equal(person.locale, "en");
    assert_int_equal(person.company_id, fixture->acme);
    assert_string_equal(person.company_name, "Acme");
    assert_string_equal(person.password, "hash");
}

static void test_an_unknown_or_disabled_person_is_not_found(void **state)
{
    struct fixture *fixture = *state;
    struct person person;
    assert_int_equal(person_by_email(fixture->store, fixture->arena, "x@test.example", &person),
                     RC_NOT_FOUND);
    assert_int_equal(person_by_email(fixture->store, fixture->arena, "", &person), RC_NOT_FOUND);
    assert_int_equal(person_by_id(fixture->store, fixture->arena, 9999, &person), RC_NOT_FOUND);
    assert_int_equal(person_by_id(fixture->store, fixture->arena, fixture->mia, &person), RC_OK);
    assert_int_equal(person.role, ROLE_AGENT);
    assert_int_equal(person.company_id, 0);
    assert_null(person.company_name);
    assert_null(person.password);
    disable(fixture, fixture->anna);
    assert_int_equal(person_by_email(fixture->store, fixture->arena, "anna@test.example", &person),
                     RC_NOT_FOUND);
    assert_int_equal(person_by_id(fixture->store, fixture->arena, fixture->anna, &person), RC_NOT_FOUND);
}

static enum rc use(struct fixture *fixture, int seed, int64_t now, struct session *session)
{
    unsigned char hash[32];
    fill(hash, seed);
    return session_use(fixture->store, fixture->arena, hash, now, IDLE(HOUR), session);
}

static void begin(struct fixture *fixture, int seed, int64_t person)
{
    unsigned char hash[32];
    fill(hash, seed);
    assert_int_equal(create_session(fixture, hash, person, T0, T0 + 24 * HOUR), RC_OK);
}

static void test_a_session_says_who_is_signed_in(void **state)
{
    struct fixture *fixture = *state;
    struct session session;
    begin(fixture, 1, fixture->anna);
    assert_int_equal(use(fixture, 1, T0, &session), RC_OK);
    assert_int_equal(session.person.id, fixture->anna);
    assert_string_equal(session.person.company_name, "Acme");
    assert_int_equal(session.expires_at, T0 + 24 * HOUR);
    assert_null(session.person.password);
    assert_int_equal(use(fixture, 2, T0, &session), RC_NOT_FOUND);
}

/* T13 */
static void test_an_idle_session_ends_to_the_millisecond(void **state)
{
    struct fixture *fixture = *state;
    struct session session;
    begin(fixture, 1, fixture->anna);
    begin(fixture, 2, fixture->anna);
    assert_int_equal(use(fixture, 1, T0 + HOUR, &session), RC_OK);
    assert_int_equal(use(fixture, 2, T0 + HOUR + 1, &session), RC_NOT_FOUND);
    /* A use that is too soon to be written down counts all the same. */
    int64_t then = T0 + HOUR + MINUTE / 2;
    assert_int_equal(use(fixture, 1, then, &session), RC_OK);
    assert_int_equal(use(fixture, 1, then + HOUR, &session), RC_OK);
    assert_int_equal(use(fixture, 1, then + 2 * HOUR + 1, &session), RC_NOT_FOUND);
}

/* T13 */
static void test_a_session_in_use_ends_at_its_absolute_end(void **state)
{
    struct fixture *fixture = *state;
    struct session session;
    begin(fixture, 1, fixture->anna);
    for (int64_t at = T0; at < T0 + 24 * HOUR; at += HOUR / 2)
        assert_int_equal(use(fixture, 1, at, &session), RC_OK);
    assert_int_equal(use(fixture, 1, T0 + 24 * HOUR - 1, &session), RC_OK);
    assert_int_equal(use(fixture, 1, T0 + 24 * HOUR, &session), RC_NOT_FOUND);
}

/* T13 */
static void test_looking_by_itself_does_not_extend_the_idle_time(void **state)
{
    struct fixture *fixture = *state;
    struct session session;
    unsigned char hash[32];
    fill(hash, 1);
    begin(fixture, 1, fixture->anna);
    for (int64_t at = T0; at <= T0 + HOUR; at += 10 * MINUTE) {
        assert_int_equal(session_look(fixture->store, fixture->arena, hash, at, IDLE(HOUR), &session), RC_OK);
        assert_int_equal(session.person.id, fixture->anna);
    }
    assert_int_equal(number_of(fixture, "SELECT seen_at FROM session"), T0);
    assert_int_equal(session_look(fixture->store, fixture->arena, hash, T0 + HOUR + 1, IDLE(HOUR), &session),
                     RC_NOT_FOUND);
    assert_int_equal(use(fixture, 1, T0 + HOUR + 1, &session), RC_NOT_FOUND);
}

static void test_use_is_written_down_at_most_once_a_minute(void **state)
{
    struct fixture *fixture = *state;
    struct session session;
    begin(fixture, 1, fixture->anna);
    use(fixture, 1, T0 + MINUTE - 1, &session);
    assert_int_equal(number_of(fixture, "SELECT seen_at FROM session"), T0);
    use(fixture, 1, T0 + MINUTE, &session);
    assert_int_equal(number_of(fixture, "SELECT seen_at FROM session"), T0 + MINUTE);
    use(fixture, 1, T0 + MINUTE + 1, &session);
    assert_int_equal(number_of(fixture, "SELECT seen_at FROM session"), T0 + MINUTE);
}

/* T13: who asked to stay signed in has a longer idle limit, and an absolute one like anybody. */
static void test_a_remembered_session_idles_longer(void **state)
{
    struct fixture *fixture = *state;
    struct store *store = fixture->store;
    struct arena *arena = fixture->arena;
    const struct session_idle idle = {HOUR, 5 * HOUR}, lax = {99 * HOUR, 99 * HOUR};
    unsigned char usual[32], remembered[32];
    struct session session;
    fill(usual, 1);
    fill(remembered, 2);
    begin(fixture, 1, fixture->anna);
    enum rc rc = create_session_with(fixture, remembered, fixture->anna, T0, T0 + 12 * HOUR, true);
    assert_int_equal(rc, RC_OK);
    int64_t at = T0 + HOUR + 1;
    assert_int_equal(session_use(store, arena, usual, at, idle, &session), RC_NOT_FOUND);
    assert_int_equal(session_use(store, arena, remembered, at, idle, &session), RC_OK);
    assert_true(session.remembered);
    assert_string_equal(session.way, "password");
    assert_int_equal(session_sweep(store, at + 4 * HOUR, idle), RC_OK);
    assert_int_equal(number_of(fixture, "SELECT count(*) FROM session WHERE remembered"), 1);
    assert_int_equal(number_of(fixture, "SELECT count(*) FROM session"), 1);
    at += 5 * HOUR;
    assert_int_equal(session_use(store, arena, remembered, at, idle, &session), RC_OK);
    assert_int_equal(session_look(store, arena, remembered, at + 5 * HOUR + 1, idle, &session), RC_NOT_FOUND);
    assert_int_equal(session_look(store, arena, remembered, T0 + 12 * HOUR - 1, lax, &session), RC_OK);
    assert_int_equal(session_look(store, arena, remembered, T0 + 12 * HOUR, lax, &session), RC_NOT_FOUND);
}

/* T15 */
static void test_signing_out_ends_a_session(void **state)
{
    struct fixture *fixture = *state;
    struct session session;
    unsigned char hash[32];
    fill(hash, 1);
    begin(fixture, 1, fixture->anna);
    begin(fixture, 2, fixture->anna);
    assert_int_equal(use(fixture, 1, T0, &session), RC_OK);
    assert_int_equal(session_end(fixture->store, hash), RC_OK);
    assert_int_equal(use(fixture, 1, T0, &session), RC_NOT_FOUND);
    assert_int_equal(use(fixture, 2, T0, &session), RC_OK);
    assert_int_equal(session_end(fixture->store, hash), RC_NOT_FOUND);
}

/* T14 */
static void test_a_new_password_or_disabling_ends_every_session(void **state)
{
    struct fixture *fixture = *state;
    struct session session;
    begin(fixture, 1, fixture->anna);
    begin(fixture, 2, fixture->anna);
    begin(fixture, 3, fixture->bo);
    assert_int_equal(person_set_password(fixture->store, fixture->anna, "new", T0), RC_OK);
    assert_int_equal(use(fixture, 1, T0, &session), RC_NOT_FOUND);
    assert_int_equal(use(fixture, 2, T0, &session), RC_NOT_FOUND);
    assert_int_equal(use(fixture, 3, T0, &session), RC_OK);
    disable(fixture, fixture->bo);
    assert_int_equal(use(fixture, 3, T0, &session), RC_NOT_FOUND);
    assert_int_equal(person_set_password(fixture->store, fixture->bo, "new", T0), RC_NOT_FOUND);
}

static void test_no_session_for_nobody_and_none_twice(void **state)
{
    struct fixture *fixture = *state;
    unsigned char hash[32];
    fill(hash, 1);
    assert_int_equal(create_session(fixture, hash, 9999, T0, T0 + HOUR), RC_NOT_FOUND);
    begin(fixture, 1, fixture->anna);
    assert_int_equal(create_session(fixture, hash, fixture->bo, T0, T0 + HOUR), RC_CONFLICT);
}

static void test_the_sweep_forgets_only_what_ended(void **state)
{
    struct fixture *fixture = *state;
    struct session session;
    begin(fixture, 1, fixture->anna);
    begin(fixture, 2, fixture->anna);
    assert_int_equal(use(fixture, 2, T0 + HOUR / 2, &session), RC_OK);
    assert_int_equal(session_sweep(fixture->store, T0 + HOUR + 2 * MINUTE, IDLE(HOUR)), RC_OK);
    assert_int_equal(number_of(fixture, "SELECT count(*) FROM session"), 1);
    assert_int_equal(use(fixture, 2, T0 + HOUR + 2 * MINUTE, &session), RC_OK);
}

static void test_looking_as_somebody_ends_with_a_session_that_is_swept_away(void **state)
{
    struct fixture *fixture = *state;
    struct session session;
    unsigned char hash[32];
    fill(hash, 1);
    begin(fixture, 1, fixture->mia);
    assert_int_equal(use(fixture, 1, T0, &session), RC_OK);
    assert_int_equal(viewing_begin(fixture->store, hash, &session, fixture->anna, T0), RC_OK);
    assert_int_equal(session_sweep(fixture->store, T0 + HOUR + 2 * MINUTE, IDLE(HOUR)), RC_OK);
    assert_int_equal(number_of(fixture, "SELECT count(*) FROM audit WHERE action = 'view.begin'"), 1);
    assert_int_equal(number_of(fixture, "SELECT count(*) FROM audit WHERE action = 'view.end'"), 1);
}

static void make_token(struct fixture *fixture, int seed, int64_t person, int64_t expires_at)
{
    unsigned char hash[32];
    fill(hash, seed);
    assert_int_equal(token_create(fixture->store, hash, person, "reset", T0, expires_at), RC_OK);
}

static enum token_state look(struct fixture *fixture, int seed, int64_t now)
{
    unsigned char hash[32];
    fill(hash, seed);
    return token_look(fixture->store, hash, "reset", now, NULL);
}

static enum token_state reset(struct fixture *fixture, int seed, int64_t now)
{
    unsigned char hash[32];
    enum token_state state;
    fill(hash, seed);
    assert_int_equal(token_reset_password(fixture->store, hash, "reset", now, &state), RC_OK);
    return state;
}

static const char *password_of(struct fixture *fixture, const char *email)
{
    struct person person;
    assert_int_equal(person_by_email(fixture->store, fixture->arena, email, &person), RC_OK);
    return person.password;
}

static void test_a_hash_made_anew_signs_nobody_out(void **state)
{
    struct fixture *fixture = *state;
    struct session session;
    begin(fixture, 1, fixture->anna);
    assert_int_equal(person_rehash(fixture->store, fixture->anna, "hash", "dearer"), RC_OK);
    assert_string_equal(password_of(fixture, "anna@test.example"), "dearer");
    assert_int_equal(use(fixture, 1, T0, &session), RC_OK);
    /* another password was set meanwhile */
    assert_int_equal(person_rehash(fixture->store, fixture->anna, "hash", "late"), RC_OK);
    assert_string_equal(password_of(fixture, "anna@test.example"), "dearer");
}

/* T09 */
static void test_a_token_works_once_and_ends_the_sessions(void **state)
{
    struct fixture *fixture = *state;
    struct session session;
    begin(fixture, 1, fixture->anna);
    make_token(fixture, 1, fixture->anna, T0 + HOUR);
    assert_int_equal(look(fixture, 1, T0), TOKEN_GOOD);
    assert_int_equal(look(fixture, 2, T0), TOKEN_UNKNOWN);
    assert_int_equal(reset(fixture, 1, T0), TOKEN_GOOD);
    assert_string_equal(password_of(fixture, "anna@test.example"), "reset");
    assert_int_equal(use(fixture, 1, T0, &session), RC_NOT_FOUND);
    assert_int_equal(person_set_password(fixture->store, fixture->anna, "later", T0), RC_OK);
    assert_int_equal(reset(fixture, 1, T0), TOKEN_USED);
    assert_string_equal(password_of(fixture, "anna@test.example"), "later");
    assert_int_equal(look(fixture, 1, T0), TOKEN_USED);
}

/* T09 */
static void test_a_token_expires_and_a_newer_one_replaces_it(void **state)
{
    struct fixture *fixture = *state;
    make_token(fixture, 1, fixture->anna, T0 + HOUR);
    assert_int_equal(reset(fixture, 1, T0 + HOUR), TOKEN_EXPIRED);
    make_token(fixture, 2, fixture->anna, T0 + HOUR);
    make_token(fixture, 3, fixture->bo, T0 + HOUR);
    assert_int_equal(reset(fixture, 1, T0 + 1), TOKEN_EXPIRED);
    assert_int_equal(look(fixture, 2, T0 + 1), TOKEN_GOOD);
    assert_int_equal(look(fixture, 3, T0 + 1), TOKEN_GOOD);
    assert_string_equal(password_of(fixture, "anna@test.example"), "hash");
}

static void test_a_token_is_for_one_purpose_and_a_living_person(void **state)
{
    unsigned char hash[32];
    struct fixture *fixture = *state;
    fill(hash, 1);
    make_token(fixture, 1, fixture->anna, T0 + HOUR);
    assert_int_equal(token_look(fixture->store, hash, "verify", T0, NULL), TOKEN_UNKNOWN);
    assert_int_equal(token_create(fixture->store, hash, 9999, "reset", T0, T0 + HOUR), RC_NOT_FOUND);
    disable(fixture, fixture->anna);
    assert_int_equal(reset(fixture, 1, T0), TOKEN_UNKNOWN);
}

static void test_a_new_password_takes_mailed_links_back(void **state)
{
    struct fixture *fixture = *state;
    make_token(fixture, 1, fixture->anna, T0 + HOUR);
    assert_int_equal(person_set_password(fixture->store, fixture->anna, "new", T0), RC_OK);
    assert_int_equal(reset(fixture, 1, T0 + 1), TOKEN_EXPIRED);
    assert_string_equal(password_of(fixture, "anna@test.example"), "new");
}

enum { RACERS = 20 };

struct racer {
    struct fixture *fixture;
    pthread_barrier_t *start;
    int seed;
    char password[16];
    enum rc rc;
    enum token_state state;
};

static void *race(void *context)
{
    struct racer *racer = context;
    unsigned char hash[32];
    fill(hash, 1);
    pthread_barrier_wait(racer->start);
    racer->rc = token_reset_password(racer->fixture->store, hash, racer->password, T0, &racer->state);
    return NULL;
}

/* T09 */
static void test_of_twenty_racers_exactly_one_uses_the_token(void **state)
{
    struct fixture *fixture = *state;
    struct racer racers[RACERS];
    pthread_t threads[RACERS];
    pthread_barrier_t start;
    int winner = -1;
    make_token(fixture, 1, fixture->anna, T0 + HOUR);
    pthread_barrier_init(&start, NULL, RACERS);
    for (int i = 0; i < RACERS; i++) {
        racers[i] = (struct racer){.fixture = fixture, .start = &start};
        snprintf(racers[i].password, sizeof racers[i].password, "racer %d", i);
        assert_int_equal(pthread_create(&threads[i], NULL, race, &racers[i]), 0);
    }
    for (int i = 0; i < RACERS; i++) {
        pthread_join(threads[i], NULL);
        assert_int_equal(racers[i].rc, RC_OK);
        if (racers[i].state != TOKEN_GOOD) {
            assert_int_equal(racers[i].state, TOKEN_USED);
            continue;
        }
        assert_int_equal(winner, -1);
        winner = i;
    }
    pthread_barrier_destroy(&start);
    assert_true(winner >= 0);
    assert_string_equal(password_of(fixture, "anna@test.example"), racers[winner].password);
}

#define WITH_STORE(test) cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_STORE(test_an_address_is_found_whatever_its_case_and_blanks),
        WITH_STORE(test_an_unknown_or_disabled_person_is_not_found),
        WITH_STORE(test_a_session_says_who_is_signed_in),
        WITH_STORE(test_an_idle_session_ends_to_the_millisecond),
        WITH_STORE(test_a_session_in_use_ends_at_its_absolute_end),
        WITH_STORE(test_looking_by_itself_does_not_extend_the_idle_time),
        WITH_STORE(test_use_is_written_down_at_most_once_a_minute),
        WITH_STORE(test_a_remembered_session_idles_longer),
        WITH_STORE(test_signing_out_ends_a_session),
        WITH_STORE(test_a_new_password_or_disabling_ends_every_session),
        WITH_STORE(test_no_session_for_nobody_and_none_twice),
        WITH_STORE(test_the_sweep_forgets_only_what_ended),
        WITH_STORE(test_looking_as_somebody_ends_with_a_session_that_is_swept_away),
        WITH_STORE(test_a_hash_made_anew_signs_nobody_out),
        WITH_STORE(test_a_token_works_once_and_ends_the_sessions),
        WITH_STORE(test_a_token_expires_and_a_newer_one_replaces_it),
        WITH_STORE(test_a_token_is_for_one_purpose_and_a_living_person),
        WITH_STORE(test_a_new_password_takes_mailed_links_back),
        WITH_STORE(test_of_twenty_racers_exactly_one_uses_the_token),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
