/* Which mails belong together, and what a mail says of its own. */
#include "api_store_fixture.h"

#include "../../api/mail/letter.h"
#include "../../api/mail/own_words.h"
#include "../../api/store/mail_thread.h"

static int64_t mailed(struct fixture *fixture, struct viewer viewer, int64_t number, const char *id)
{
    struct reply_made made = {0};
    struct new_message message = {.body = "Words", .mail_id = id};
    struct reply_rules rules = {0};
    assert_int_equal(ticket_reply(fixture->store, &viewer, number, &message, &rules, NULL, T0 + 1, &made),
                     RC_OK);
    return made.message_id;
}

/* Send what is owed, and say how the last mail to somebody is numbered. */
static int64_t sent_to(struct fixture *fixture, int64_t person_id, int64_t at)
{
    struct outbox_mail mail;
    int64_t last = 0;
    while (outbox_next(fixture->store, fixture->arena, at, &mail) == RC_OK) {
        assert_int_equal(outbox_sent(fixture->store, &mail, at), RC_OK);
        last = mail.person_id == person_id ? mail.id : last;
    }
    return last;
}

static size_t refs_of(struct fixture *fixture, int64_t number, int64_t person_id, struct mail_ref *refs)
{
    size_t count = 0;
    assert_int_equal(mail_refs(fixture->store, fixture->arena, number, person_id, 0, refs, &count), RC_OK);
    return count;
}

static void a_mail_belongs_to_what_its_reader_wrote_and_got(void **state)
{
    struct fixture *fixture = *state;
    struct mail_ref refs[MAIL_REFS_MAX];
    int64_t number = fixture_ticket(fixture, fixture->anna, "Printer", T0);
    sent_to(fixture, 0, T0);
    mailed(fixture, as_contact(fixture->anna, 0), number, "a1@mail.example");
    mailed(fixture, as_staff(fixture->mia), number, "m1@team.example");
    int64_t got = sent_to(fixture, fixture->anna, T0 + 2);
    assert_int_equal(refs_of(fixture, number, fixture->anna, refs), 3);
    assert_null(refs[0].mail_id); /* that it has arrived */
    assert_string_equal(refs[1].mail_id, "a1@mail.example");
    assert_null(refs[2].mail_id);
    assert_int_equal(refs[2].outbox_id, got);
    /* Nobody learns how others' mail is called; the team what customers wrote to it. */
    assert_int_equal(refs_of(fixture, number, fixture->bo, refs), 0);
    size_t team = refs_of(fixture, number, 0, refs);
    assert_true(team >= 1);
    for (size_t i = 0; i < team; i++)
        assert_true(!refs[i].mail_id || strcmp(refs[i].mail_id, "a1@mail.example") == 0);
}

static void of_many_the_latest_count(void **state)
{
    struct fixture *fixture = *state;
    struct mail_ref refs[MAIL_REFS_MAX];
    int64_t number = fixture_ticket(fixture, fixture->anna, "Printer", T0);
    for (int i = 0; i < MAIL_REFS_MAX + 3; i++) {
        char id[32];
        snprintf(id, sizeof id, "a%d@mail.example", i);
        mailed(fixture, as_contact(fixture->anna, 0), number, id);
    }
    assert_int_equal(refs_of(fixture, number, fixture->anna, refs), MAIL_REFS_MAX);
}

static void a_mail_is_found_by_what_went_out_and_by_what_its_author_wrote(void **state)
{
    struct fixture *fixture = *state;
    int64_t found = 0, number = fixture_ticket(fixture, fixture->anna, "Printer", T0);
    mailed(fixture, as_contact(fixture->anna, 0), number, "a1@mail.example");
    mailed(fixture, as_staff(fixture->mia), number, NULL);
    const struct mail_ref out = {NULL, sent_to(fixture, fixture->anna, T0 + 2)};
    const struct mail_ref in = {"a1@mail.example", 0};
    const struct mail_ref none = {"other@mail.example", 0};
    assert_int_equal(mail_ref_ticket(fixture->store, &out, fixture->anna, &found), RC_OK);
    assert_int_equal(found, number);
    assert_int_equal(mail_ref_ticket(fixture->store, &in, fixture->anna, &found), RC_OK);
    assert_int_equal(found, number);
    assert_int_equal(mail_ref_ticket(fixture->store, &in, fixture->bo, &found), RC_NOT_FOUND);
    assert_int_equal(mail_ref_ticket(fixture->store, &none, fixture->anna, &found), RC_NOT_FOUND);
}

/* T28 */
static void only_what_fits_into_a_header_is_an_id(void **state)
{
    char longest[400];
    (void)state;
    memset(longest, 'x', sizeof longest);
    memcpy(longest, "a@", 2);
    longest[sizeof longest - 1] = '\0';
    assert_true(letter_is_id("CAF+x.=y@mail.gmail.com"));
    const char *const bad[] = {"",           "a",          "@b",   "a@", "a b@c", "a@b\r\nBcc: x@y",
                               "a@b>\t<c@d", "\xc3\xa9@b", longest};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_false(letter_is_id(bad[i]));
}

static void expect_own(const char *text, const char *own)
{
    assert_int_equal(own_words_len(text), strlen(own));
    assert_memory_equal(text, own, strlen(own));
}

static void what_a_mail_quotes_is_not_its_own(void **state)
{
    (void)state;
    expect_own("", "");
    expect_own("I am away.", "I am away.");
    expect_own("I am away:\n\nuntil Monday", "I am away:\n\nuntil Monday");
    expect_own("I am away.\n\n> Hello\n> you", "I am away.");
    expect_own("I am away.\n\nOn Monday, at 10:15,\nMia wrote:\n> Hello\nmore", "I am away.");
    expect_own("On Monday Mia wrote:\n> Hello", "");
    expect_own("> Hello\nYes", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_mail_belongs_to_what_its_reader_wrote_and_got, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(of_many_the_latest_count, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(a_mail_is_found_by_what_went_out_and_by_what_its_author_wrote,
                                        fixture_setup, fixture_teardown),
        cmocka_unit_test(only_what_fits_into_a_header_is_an_id),
        cmocka_unit_test(what_a_mail_quotes_is_not_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
