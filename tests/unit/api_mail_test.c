/* What is owed becomes a mail in the recipient's language, whose links and headers nobody else has a say in
 * (T07, T08, T28). */
#include "../../api/mail/compose.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#define NOW INT64_C(1795342503120)

struct fixture {
    struct arena *arena;
    struct portal *portal;
    struct letter letter;
};

static int begin(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    struct diag *diag = diag_new();
    fixture->arena = arena_new(0);
    fixture->portal = portal_load(SOURCE_DIR "/tests/unit/api_mail_portal", diag);
    diag_print(diag, stderr);
    diag_free(diag);
    *state = fixture;
    return fixture->portal ? 0 : -1;
}

static int end(void **state)
{
    struct fixture *fixture = *state;
    portal_free(fixture->portal);
    arena_free(fixture->arena);
    free(fixture);
    return 0;
}

static struct outbox_mail a_reply(void)
{
    return (struct outbox_mail){
        .id = 17,
        .kind = OUTBOX_REPLY,
        .person_id = 3,
        .to_address = "anna@acme.example",
        .to_name = "Anna Berg",
        .locale = "fr",
        .inbox = "support",
        .number = 1042,
        .subject = "Broken {url}",
        .author_first_name = "Mia",
        .author_last_name = "Laurent",
        .author_staff = true,
        .author_address = "mia@guichet.example",
        .body = "We are on it",
    };
}

static const struct letter *composed(struct fixture *fixture, const struct outbox_mail *mail,
                                     const char *secret)
{
    const char *why = NULL;
    if (!compose(&fixture->letter, fixture->arena, fixture->portal, "https://support.example.com", mail,
                 secret, NOW, &why))
        fail_msg("not composed: %s", why);
    return &fixture->letter;
}

/* The mail as bytes, in the arena. */
static const char *written(struct fixture *fixture)
{
    struct buf out;
    buf_init(&out, 1024 * 1024);
    assert_true(letter_write(&fixture->letter, &out));
    char *text = arena_strndup(fixture->arena, out.data, out.len);
    buf_release(&out);
    return text;
}

static void a_reply_speaks_the_recipients_language(void **state)
{
    struct outbox_mail mail = a_reply();
    const struct letter *letter = composed(*state, &mail, NULL);
    assert_string_equal(letter->from_name, "Assistance Acmé");
    assert_string_equal(letter->from_address, "support@acme.example");
    assert_string_equal(letter->to_address, "anna@acme.example");
    assert_null(letter->reply_to);
    assert_string_equal(letter->subject, "Re: Broken {url} [1042]");
    assert_string_equal(letter->text, "Bonjour Anna Berg: Mia wrote\nWe are on it\n"
                                      "https://support.example.com/help/fr/ticket/?n=1042\n");
    assert_string_equal(letter->thread_id, "ticket-1042@support.example.com");
}

static void names_of_the_other_direction_turn_no_sentence_round(void **state)
{
    struct outbox_mail mail = a_reply();
    mail.author_first_name = "نور";
    mail.subject = "طلب 42?";
    const struct letter *letter = composed(*state, &mail, NULL);
    assert_string_equal(letter->subject, "Re: \u2068طلب 42?\u2069 [1042]");
    assert_non_null(strstr(letter->text, "Bonjour Anna Berg: \u2068نور\u2069 wrote\n"));
}

static void an_unknown_language_or_inbox_is_stood_in_for(void **state)
{
    struct outbox_mail mail = a_reply();
    mail.locale = "xx";
    mail.inbox = "gone";
    const struct letter *letter = composed(*state, &mail, NULL);
    assert_string_equal(letter->from_name, "Acme Support");
    assert_string_equal(letter->from_address, "support@acme.example");
    assert_non_null(strstr(letter->text, "/help/en/ticket/?n=1042"));
}

static void mail_to_the_inbox_can_be_answered(void **state)
{
    struct outbox_mail mail = a_reply();
    mail.kind = OUTBOX_INBOX_REPLY;
    mail.to_address = mail.to_name = mail.locale = NULL;
    mail.author_first_name = "Anna";
    mail.author_last_name = "Berg";
    mail.author_staff = false;
    mail.author_address = "anna@acme.example";
    const struct letter *letter = composed(*state, &mail, NULL);
    assert_string_equal(letter->to_address, "support@acme.example");
    assert_string_equal(letter->from_address, "support@acme.example");
    assert_string_equal(letter->from_name, "Anna Berg (Acme Support)");
    assert_string_equal(letter->reply_to, "anna@acme.example");
}

static void a_rating_says_how_it_went_and_why_if_that_was_said(void **state)
{
    struct outbox_mail mail = a_reply();
    mail.kind = OUTBOX_INBOX_RATED;
    mail.to_address = mail.to_name = mail.locale = NULL;
    mail.author_staff = false;
    mail.score = "bad";
    mail.body = "Too slow";
    const struct letter *letter = composed(*state, &mail, NULL);
    assert_string_equal(letter->subject, "- Broken {url}");
    assert_string_equal(letter->text, "Mia Laurent\n\nToo slow\n\n"
                                      "https://support.example.com/help/en/ticket/?n=1042\n");
    mail.score = "good";
    mail.body = "";
    letter = composed(*state, &mail, NULL);
    assert_string_equal(letter->subject, "+ Broken {url}");
    assert_string_equal(letter->text, "Mia Laurent\n\nhttps://support.example.com/help/en/ticket/?n=1042\n");
}

static void a_reset_carries_its_token_in_the_fragment(void **state)
{
    struct outbox_mail mail = {
        .id = 1, .kind = OUTBOX_RESET, .to_address = "anna@acme.example", .to_name = "Anna", .locale = "en"};
    const struct letter *letter = composed(*state, &mail, "sEcReT");
    assert_string_equal(letter->text,
                        "Hello Anna\nhttps://support.example.com/help/en/reset-form/#token=sEcReT\n60\n");
    assert_null(letter->thread_id);
    assert_null(strstr(written(*state), "\nReferences:"));
}

/* T23: names and texts are whatever somebody typed. */
static void its_html_says_the_same(void **state)
{
    struct outbox_mail mail = a_reply();
    mail.body = "a < b\n{url}";
    const struct letter *letter = composed(*state, &mail, NULL);
    assert_string_equal(letter->html,
                        "<p>Mia</p><p>a &lt; b<br>\n{url}</p>"
                        "<a href=\"https://support.example.com/help/fr/ticket/?n=1042\">Lire</a>");
    mail.kind = OUTBOX_SHARED;
    assert_null(composed(*state, &mail, NULL)->html);
}

static void an_invitation_leads_to_a_first_password_and_calls_the_nameless_by_their_address(void **state)
{
    struct outbox_mail mail = {.id = 1,
                               .kind = OUTBOX_INVITATION,
                               .person_id = 7,
                               .to_address = "anna@acme.example",
                               .to_name = "",
                               .locale = "en"};
    const struct letter *letter = composed(*state, &mail, "sEcReT");
    assert_string_equal(letter->text, "Hello anna@acme.example,\n\n"
                                      "https://support.example.com/help/en/reset-form/#invitation=sEcReT\n\n"
                                      "For 14 days.\n");
    assert_null(letter->thread_id);
}

static void headers_say_what_it_is(void **state)
{
    struct outbox_mail mail = a_reply();
    composed(*state, &mail, NULL);
    const char *text = written(*state);
    assert_non_null(strstr(text, "\r\nTo: Anna Berg <anna@acme.example>\r\n"));
    assert_non_null(strstr(text, "\r\nSubject: Re: Broken {url} [1042]\r\n"));
    assert_non_null(strstr(text, "Date: Sun, 22 Nov 2026 10:15:03 +0000\r\n"));
    assert_non_null(strstr(text, "\r\nAuto-Submitted: auto-generated\r\n"));
    assert_non_null(strstr(text, "\r\nContent-Language: fr\r\n"));
    assert_non_null(strstr(text, "\r\nFrom: Assistance =?UTF-8?"));
    assert_non_null(strstr(text, "\r\nContent-Type: text/plain; charset=utf-8\r\n"));
    assert_non_null(strstr(text, "\r\nReferences: <ticket-1042@support.example.com>\r\n"));
    assert_non_null(strstr(text, "@support.example.com>\r\n"));
}

/* How many lines of the head begin with this. */
static int head_lines(const char *text, const char *name)
{
    int count = 0;
    const char *end = strstr(text, "\r\n\r\n");
    for (const char *at = text; at && at < end; at = strstr(at, "\r\n") + 2)
        count += strncasecmp(at, name, strlen(name)) == 0;
    return count;
}

static void nothing_typed_begins_a_header(void **state)
{
    struct outbox_mail mail = a_reply();
    mail.subject = "x\r\nBcc: victim@example.com\r\n\r\nbody";
    mail.to_name = "Anna\"\r\nBcc: victim@example.com";
    composed(*state, &mail, NULL);
    const char *text = written(*state);
    assert_int_equal(head_lines(text, "Bcc:"), 0);
    assert_int_equal(head_lines(text, "To:"), 1);
    assert_int_equal(head_lines(text, "Subject:"), 1);
    mail = a_reply();
    mail.kind = OUTBOX_INBOX_TICKET;
    mail.to_address = NULL;
    mail.author_first_name = "Eve <eve@evil.example>,";
    mail.author_last_name = "\r\nCc: x@y.example";
    mail.author_staff = false;
    composed(*state, &mail, NULL);
    assert_int_equal(head_lines(written(*state), "Cc:"), 0);
}

static void odd_addresses_get_nothing(void **state)
{
    static const char *const bad[] = {
        "",
        "anna",
        "@acme.example",
        "anna@",
        "a@b@c",
        "a b@c.example",
        "a@b.example\r\nBcc: c@d.example",
        "a@b.example, c@d.example",
        "<a@b.example>",
    };
    struct fixture *fixture = *state;
    struct outbox_mail mail = a_reply();
    struct buf out;
    buf_init(&out, 1024 * 1024);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        composed(fixture, &mail, NULL);
        fixture->letter.to_address = bad[i];
        if (letter_write(&fixture->letter, &out))
            fail_msg("\"%s\" gets a mail", bad[i]);
    }
    assert_int_equal(out.len, 0);
    buf_release(&out);
}

static void any_text_arrives_whole(void **state)
{
    struct fixture *fixture = *state;
    struct outbox_mail mail = a_reply();
    char *body = calloc(1, 5001);
    memset(body, 'x', 5000);
    mail.body = body;
    composed(fixture, &mail, NULL);
    const char *text = written(fixture);
    for (const char *line = text; line; line = strstr(line, "\r\n") ? strstr(line, "\r\n") + 2 : NULL)
        assert_true(strcspn(line, "\r") <= 998);
    mail.body = "From me\n.\n\xff caf\xc3\xa9";
    composed(fixture, &mail, NULL);
    assert_non_null(strstr(written(fixture), "caf=C3=A9"));
    free(body);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_reply_speaks_the_recipients_language, begin, end),
        cmocka_unit_test_setup_teardown(names_of_the_other_direction_turn_no_sentence_round, begin, end),
        cmocka_unit_test_setup_teardown(an_unknown_language_or_inbox_is_stood_in_for, begin, end),
        cmocka_unit_test_setup_teardown(mail_to_the_inbox_can_be_answered, begin, end),
        cmocka_unit_test_setup_teardown(a_rating_says_how_it_went_and_why_if_that_was_said, begin, end),
        cmocka_unit_test_setup_teardown(a_reset_carries_its_token_in_the_fragment, begin, end),
        cmocka_unit_test_setup_teardown(its_html_says_the_same, begin, end),
        cmocka_unit_test_setup_teardown(
            an_invitation_leads_to_a_first_password_and_calls_the_nameless_by_their_address, begin, end),
        cmocka_unit_test_setup_teardown(headers_say_what_it_is, begin, end),
        cmocka_unit_test_setup_teardown(nothing_typed_begins_a_header, begin, end),
        cmocka_unit_test_setup_teardown(odd_addresses_get_nothing, begin, end),
        cmocka_unit_test_setup_teardown(any_text_arrives_whole, begin, end),
    };
    if (sodium_init() < 0)
        return 1;
    letter_init();
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    letter_shutdown();
    return failed;
}
