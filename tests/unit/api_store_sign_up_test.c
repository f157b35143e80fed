/* Who signs up becomes a person when the code comes back, once, and with the consent that was given. */
#include "api_store_fixture.h"

#include "../../api/store/inside.h"
#include "../../api/store/secret.h"
#include "../../api/store/sign_up.h"

#define HOUR (60 * MINUTE)

static const struct sign_up zoe = {.email = "zoe@new.example",
                                   .first_name = "Zoë",
                                   .last_name = "del Mar",
                                   .locale = "fr",
                                   .password = "hash of zoe",
                                   .consent = "v1",
                                   .consent_text = "You may write to me."};

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

static bool run(struct fixture *fixture, const char *sql)
{
    struct conn *conn = db_write(fixture->store->db);
    bool done = sqlite3_exec(conn->sqlite, sql, NULL, NULL, NULL) == SQLITE_OK;
    db_end(conn, done ? RC_OK : RC_INTERNAL);
    return done;
}

/* Sign up, and deliver the mail: the code's hash is all of `seed`. */
static void sign_up(struct fixture *fixture, const struct sign_up *who, int seed)
{
    unsigned char hash[32];
    struct outbox_mail mail;
    memset(hash, seed, sizeof hash);
    assert_int_equal(sign_up_add(fixture->store, who, true, T0), RC_OK);
    assert_int_equal(outbox_next(fixture->store, fixture->arena, T0, &mail), RC_OK);
    assert_int_equal(mail.kind, OUTBOX_SIGN_UP);
    assert_string_equal(mail.to_address, who->email);
    assert_string_equal(mail.locale, who->locale);
    assert_null(mail.to_name);
    assert_int_equal(sign_up_set_code(fixture->store, mail.sign_up_id, hash, T0 + 24 * HOUR), RC_OK);
    assert_int_equal(outbox_sent(fixture->store, &mail, T0), RC_OK);
}

static enum token_state use(struct fixture *fixture, int seed, int64_t now, int64_t *person_id)
{
    unsigned char hash[32];
    enum token_state state = TOKEN_UNKNOWN;
    memset(hash, seed, sizeof hash);
    assert_int_equal(sign_up_use(fixture->store, hash, NULL, now, &state, person_id), RC_OK);
    return state;
}

static void test_a_code_makes_a_person_of_no_company(void **state)
{
    struct fixture *fixture = *state;
    struct person person;
    int64_t id = 0;
    sign_up(fixture, &zoe, 1);
    assert_int_equal(person_by_email(fixture->store, fixture->arena, zoe.email, &person), RC_NOT_FOUND);
    assert_int_equal(use(fixture, 1, T0 + HOUR, &id), TOKEN_GOOD);
    assert_int_equal(person_by_email(fixture->store, fixture->arena, zoe.email, &person), RC_OK);
    assert_int_equal(person.id, id);
    assert_int_equal(person.role, ROLE_CONTACT);
    assert_int_equal(person.company_id, 0);
    assert_string_equal(person.last_name, "del Mar");
    assert_string_equal(person.locale, "fr");
    assert_string_equal(person.password, "hash of zoe");
    assert_int_equal(number_of(fixture, "SELECT count(*) FROM sign_up WHERE password IS NOT NULL"), 0);
}

/* T09 */
static void test_a_code_expires_and_works_once(void **state)
{
    struct fixture *fixture = *state;
    int64_t id = 0;
    sign_up(fixture, &zoe, 1);
    assert_int_equal(use(fixture, 1, T0 + 24 * HOUR, &id), TOKEN_EXPIRED);
    assert_int_equal(use(fixture, 2, T0, &id), TOKEN_UNKNOWN);
    assert_int_equal(use(fixture, 1, T0 + 24 * HOUR - 1, &id), TOKEN_GOOD);
    assert_int_equal(use(fixture, 1, T0, &id), TOKEN_USED);
    assert_int_equal(number_of(fixture, "SELECT count(*) FROM person WHERE email = 'ZOE@new.example'"), 1);
}

static void test_each_sign_up_has_its_own_code_until_one_is_used(void **state)
{
    struct fixture *fixture = *state;
    struct sign_up other = zoe;
    struct person person;
    int64_t id = 0;
    other.password = "hash of another";
    sign_up(fixture, &zoe, 1);
    sign_up(fixture, &other, 2);
    assert_int_equal(use(fixture, 1, T0, &id), TOKEN_GOOD);
    assert_int_equal(use(fixture, 2, T0, &id), TOKEN_USED);
    assert_int_equal(person_by_email(fixture->store, fixture->arena, zoe.email, &person), RC_OK);
    assert_string_equal(person.password, "hash of zoe");
}

/* T02 */
static void test_who_is_known_gets_another_mail_and_nothing_else(void **state)
{
    struct fixture *fixture = *state;
    struct sign_up anna = zoe;
    struct outbox_mail mail;
    anna.email = "ANNA@test.example";
    assert_int_equal(sign_up_add(fixture->store, &anna, true, T0), RC_OK);
    assert_int_equal(sign_up_add(fixture->store, &anna, true, T0), RC_OK);
    assert_int_equal(outbox_next(fixture->store, fixture->arena, T0, &mail), RC_OK);
    assert_int_equal(mail.kind, OUTBOX_SIGN_UP_KNOWN);
    assert_int_equal(mail.person_id, fixture->anna);
    assert_int_equal(mail.sign_up_id, 0);
    assert_int_equal(number_of(fixture, "SELECT count(*) FROM sign_up"), 0);
    assert_int_equal(number_of(fixture, "SELECT count(*) FROM outbox"), 1);
    assert_true(run(fixture, "UPDATE person SET disabled_at = 1 WHERE email = 'anna@test.example'"));
    assert_int_equal(outbox_next(fixture->store, fixture->arena, T0, &mail), RC_NOT_FOUND);
}

static void test_an_address_that_was_imported_meanwhile_keeps_its_owner(void **state)
{
    struct fixture *fixture = *state;
    int64_t id = 0;
    sign_up(fixture, &zoe, 1);
    assert_true(run(fixture, "UPDATE person SET email = 'zoe@new.example' WHERE first_name = 'Eve'"));
    assert_int_equal(use(fixture, 1, T0, &id), TOKEN_USED);
    assert_int_equal(id, 0);
}

static void test_a_consent_is_kept_with_its_words_and_never_altered(void **state)
{
    struct fixture *fixture = *state;
    struct sign_up second = zoe;
    int64_t id = 0;
    second.email = "second@new.example";
    second.consent_text = "other words under the same version";
    sign_up(fixture, &zoe, 1);
    sign_up(fixture, &second, 2);
    assert_int_equal(use(fixture, 1, T0 + HOUR, &id), TOKEN_GOOD);
    assert_int_equal(number_of(fixture, "SELECT given_at FROM consent WHERE version = 'v1'"), T0);
    assert_int_equal(number_of(fixture, "SELECT person_id FROM consent"), id);
    assert_int_equal(
        number_of(fixture, "SELECT count(*) FROM consent_text WHERE body = 'You may write to me.'"), 1);
    assert_false(run(fixture, "UPDATE consent SET given_at = 1"));
    assert_false(run(fixture, "UPDATE consent_text SET body = ''"));
    assert_false(run(fixture, "DELETE FROM consent_text"));
}

static void test_what_nobody_confirmed_is_forgotten(void **state)
{
    struct fixture *fixture = *state;
    sign_up(fixture, &zoe, 1);
    assert_int_equal(session_sweep(fixture->store, T0 + 7 * 24 * HOUR, IDLE(HOUR)), RC_OK);
    assert_int_equal(number_of(fixture, "SELECT count(*) FROM sign_up"), 1);
    assert_int_equal(session_sweep(fixture->store, T0 + 8 * 24 * HOUR + 1, IDLE(HOUR)), RC_OK);
    assert_int_equal(number_of(fixture, "SELECT count(*) FROM sign_up"), 0);
    assert_int_equal(number_of(fixture, "SELECT count(*) FROM outbox"), 0);
}

static void test_a_code_is_read_as_people_write_it(void **state)
{
    static const char *const bad[] = {"",
                                      "-",
                                      "ABCD-EFGH-JKMN",
                                      "ABCD-EFGH-JKMN-PQRSX",
                                      "ABCD-EFGH-JKMN-PQRU",
                                      "ABCD-EFGH-JKMN-PQ\xc3\xa9"};
    unsigned char made[32], read[32];
    char code[SECRET_CODE_LEN + 1];
    (void)state;
    secret_code_make(code, made);
    assert_int_equal(strlen(code), SECRET_CODE_LEN);
    assert_true(secret_code_hash(code, read));
    assert_memory_equal(made, read, sizeof made);
    assert_true(secret_code_hash("0123-4567-89AB-CDEF", made));
    assert_true(secret_code_hash("\toL23 4567-89ab--cdef\r\n", read));
    assert_memory_equal(made, read, sizeof made);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_false(secret_code_hash(bad[i], read));
}

#define WITH_STORE(test) cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_STORE(test_a_code_makes_a_person_of_no_company),
        WITH_STORE(test_a_code_expires_and_works_once),
        WITH_STORE(test_each_sign_up_has_its_own_code_until_one_is_used),
        WITH_STORE(test_who_is_known_gets_another_mail_and_nothing_else),
        WITH_STORE(test_an_address_that_was_imported_meanwhile_keeps_its_owner),
        WITH_STORE(test_a_consent_is_kept_with_its_words_and_never_altered),
        WITH_STORE(test_what_nobody_confirmed_is_forgotten),
        cmocka_unit_test(test_a_code_is_read_as_people_write_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
