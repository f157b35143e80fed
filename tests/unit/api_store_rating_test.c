/* How it went: who may say so, when, and what comes of it. */
#include "api_store_fixture.h"

#include "../../api/store/inside.h"
#include "../../api/store/ticket_page.h"

static enum rc rate(struct fixture *fixture, struct viewer viewer, int64_t number, const char *score,
                    const char *comment, int64_t now, bool *changed)
{
    struct rating rating = {score, comment};
    return rating_set(fixture->store, fixture->arena, &viewer, number, &rating, now, changed);
}

static struct rating look(struct fixture *fixture, struct viewer viewer, int64_t number)
{
    struct ticket_page page;
    assert_int_equal(ticket_page_get(fixture->store, fixture->arena, &viewer, number, &page), RC_OK);
    return page.rating;
}

static int64_t count_of(struct fixture *fixture, const char *rows)
{
    char sql[128];
    struct conn *conn = db_read(fixture->store->db);
    sqlite3_stmt *stmt = NULL;
    snprintf(sql, sizeof sql, "SELECT count(*) FROM %s", rows);
    assert_int_equal(sqlite3_prepare_v2(conn->sqlite, sql, -1, &stmt, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    int64_t count = sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    db_done(conn);
    return count;
}

static int64_t a_closed_ticket(struct fixture *fixture)
{
    return fixture_import(fixture, fixture->anna, 0, T0, T0 + 1);
}

static void test_whoever_asked_rates_what_is_closed(void **state)
{
    bool changed = false;
    struct fixture *fixture = *state;
    int64_t number = a_closed_ticket(fixture);
    struct viewer anna = as_contact(fixture->anna, 0);
    assert_null(look(fixture, anna, number).score);
    assert_int_equal(rate(fixture, anna, number, "bad", "Too slow", T0 + 2, &changed), RC_OK);
    assert_true(changed);
    assert_string_equal(look(fixture, anna, number).score, "bad");
    assert_string_equal(look(fixture, anna, number).comment, "Too slow");
    assert_string_equal(look(fixture, as_staff(fixture->mia), number).comment, "Too slow");
    assert_int_equal(count_of(fixture, "audit WHERE action = 'ticket.rate' AND detail = 'bad'"), 1);
}

static void test_it_is_changed_and_the_same_again_is_nothing(void **state)
{
    bool changed = false;
    struct fixture *fixture = *state;
    int64_t number = a_closed_ticket(fixture);
    struct viewer anna = as_contact(fixture->anna, 0);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(rate(fixture, anna, number, "bad", "", T0 + 2, &changed), RC_OK);
        assert_int_equal(changed, i == 0);
    }
    assert_int_equal(rate(fixture, anna, number, "bad", "Why", T0 + 3, &changed), RC_OK);
    assert_true(changed);
    assert_int_equal(rate(fixture, anna, number, "good", "Why", T0 + 4, &changed), RC_OK);
    assert_true(changed);
    assert_string_equal(look(fixture, anna, number).score, "good");
    assert_int_equal(count_of(fixture, "rating"), 1);
    assert_int_equal(count_of(fixture, "audit WHERE action = 'ticket.rate'"), 3);
}

static void test_others_neither_rate_nor_read_it(void **state)
{
    bool changed = true;
    struct fixture *fixture = *state;
    int64_t number = a_closed_ticket(fixture);
    struct viewer anna = as_contact(fixture->anna, 0), bo = as_contact(fixture->bo, fixture->acme);
    assert_int_equal(rate(fixture, bo, number, "good", "", T0 + 2, &changed), RC_DENIED);
    assert_false(changed);
    assert_int_equal(rate(fixture, as_staff(fixture->mia), number, "good", "", T0 + 2, &changed), RC_DENIED);
    assert_int_equal(rate(fixture, as_contact(fixture->dan, 0), number, "good", "", T0 + 2, &changed),
                     RC_NOT_FOUND);
    assert_int_equal(rate(fixture, anna, number, "good", "", T0 + 2, &changed), RC_OK);
    assert_null(look(fixture, bo, number).score);
}

static void test_what_is_open_is_not_rated_and_keeps_its_rating(void **state)
{
    bool changed = false;
    struct fixture *fixture = *state;
    struct reply_made made;
    struct viewer anna = as_contact(fixture->anna, 0);
    const struct new_message message = {.body = "Once more"};
    const struct reply_rules rules = {.may_reply_to_closed = true, .reopen_stage = "new"};
    int64_t number = a_closed_ticket(fixture);
    assert_int_equal(rate(fixture, anna, number, "good", "", T0 + 2, &changed), RC_OK);
    assert_int_equal(ticket_reply(fixture->store, &anna, number, &message, &rules, NULL, T0 + 3, &made),
                     RC_OK);
    assert_int_equal(rate(fixture, anna, number, "bad", "", T0 + 4, &changed), RC_DENIED);
    assert_string_equal(look(fixture, anna, number).score, "good");
}

/* Who changes it again and again neither puts off the mail, nor takes back the one that is on its way. */
static void test_the_mail_goes_out_in_time_however_often_it_is_changed(void **state)
{
    bool changed = false;
    struct outbox_mail mail, next;
    struct fixture *fixture = *state;
    int64_t number = a_closed_ticket(fixture), due = T0 + RATING_MAIL_MS;
    struct viewer anna = as_contact(fixture->anna, 0);
    for (int i = 0; i < 8; i++)
        assert_int_equal(rate(fixture, anna, number, i % 2 ? "bad" : "good", "", T0 + 1000 * i, &changed),
                         RC_OK);
    assert_int_equal(outbox_next(fixture->store, fixture->arena, due, &mail), RC_OK);
    assert_string_equal(mail.score, "bad");
    assert_int_equal(rate(fixture, anna, number, "good", "While it is sent", due, &changed), RC_OK);
    assert_int_equal(outbox_sent(fixture->store, &mail, due), RC_NOT_FOUND); /* it owes another by now */
    assert_int_equal(outbox_next(fixture->store, fixture->arena, due, &next), RC_OK);
    assert_string_equal(next.body, "While it is sent");
}

static void test_the_inbox_gets_one_mail_for_what_follows_each_other(void **state)
{
    bool changed = false;
    struct outbox_mail mail;
    struct fixture *fixture = *state;
    int64_t number = a_closed_ticket(fixture);
    struct viewer anna = as_contact(fixture->anna, 0);
    assert_int_equal(rate(fixture, anna, number, "good", "", T0, &changed), RC_OK);
    assert_int_equal(rate(fixture, anna, number, "bad", "No, slow", T0 + 5000, &changed), RC_OK);
    int64_t due = T0 + RATING_MAIL_MS;
    assert_int_equal(outbox_next(fixture->store, fixture->arena, due - 1, &mail), RC_NOT_FOUND);
    assert_int_equal(outbox_next(fixture->store, fixture->arena, due, &mail), RC_OK);
    assert_int_equal(mail.kind, OUTBOX_INBOX_RATED);
    assert_string_equal(mail.score, "bad");
    assert_string_equal(mail.body, "No, slow");
    assert_string_equal(mail.author_first_name, "Anna");
    assert_int_equal(outbox_sent(fixture->store, &mail, due), RC_OK);
    assert_int_equal(outbox_next(fixture->store, fixture->arena, due, &mail), RC_NOT_FOUND);
    assert_int_equal(rate(fixture, anna, number, "good", "", due, &changed), RC_OK);
    assert_int_equal(outbox_next(fixture->store, fixture->arena, due + RATING_MAIL_MS, &mail), RC_OK);
    assert_string_equal(mail.score, "good");
}

#define WITH_STORE(test) cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_STORE(test_whoever_asked_rates_what_is_closed),
        WITH_STORE(test_it_is_changed_and_the_same_again_is_nothing),
        WITH_STORE(test_others_neither_rate_nor_read_it),
        WITH_STORE(test_what_is_open_is_not_rated_and_keeps_its_rating),
        WITH_STORE(test_the_mail_goes_out_in_time_however_often_it_is_changed),
        WITH_STORE(test_the_inbox_gets_one_mail_for_what_follows_each_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
