/* Filing tickets and replying: what one submission does, once, whatever happens around it. */
#include "api_store_fixture.h"

#include "../../api/store/inside.h"
#include "../../api/store/ticket_page.h"

#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>

static const struct reply_rules reopening = {.may_reply_to_closed = true, .reopen_stage = "in-progress"};
static const struct reply_rules starting = {
    .may_reply_to_closed = true, .reopen_stage = "new", .follow_up_ms = MINUTE};
static const struct reply_rules refusing = {.may_reply_to_closed = false};

static struct submission keyed(const char *key, int content)
{
    struct submission submission = {.key = key};
    memset(submission.content, content, sizeof submission.content);
    return submission;
}

static int64_t count_of(struct fixture *fixture, const char *table)
{
    char sql[64];
    struct conn *conn = db_read(fixture->store->db);
    sqlite3_stmt *stmt = NULL;
    snprintf(sql, sizeof sql, "SELECT count(*) FROM %s", table);
    assert_int_equal(sqlite3_prepare_v2(conn->sqlite, sql, -1, &stmt, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    int64_t count = sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    db_done(conn);
    return count;
}

static struct ticket look(struct fixture *fixture, int64_t number)
{
    struct ticket ticket;
    struct viewer mia = as_staff(fixture->mia);
    assert_int_equal(ticket_get(fixture->store, fixture->arena, &mia, number, &ticket), RC_OK);
    return ticket;
}

struct replied {
    enum rc rc;
    int64_t id;
    bool repeated;
    int64_t number; /* the ticket that it stands on */
};

static struct replied reply(struct fixture *fixture, struct viewer viewer, int64_t number,
                            const struct reply_rules *rules, const struct submission *submission, int64_t now)
{
    struct replied replied;
    struct new_message message = {.body = "More about it."};
    struct reply_made made = {0};
    replied.rc = ticket_reply(fixture->store, &viewer, number, &message, rules, submission, now, &made);
    replied.id = made.message_id;
    replied.repeated = made.repeated;
    replied.number = made.number;
    return replied;
}

/* Take the next mail that is due and tick it off. */
static bool take_mail(struct fixture *fixture, struct outbox_mail *mail)
{
    enum rc rc = outbox_next(fixture->store, fixture->arena, T0 + MINUTE, mail);
    if (rc == RC_NOT_FOUND)
        return false;
    assert_int_equal(rc, RC_OK);
    assert_int_equal(outbox_sent(fixture->store, mail, T0 + MINUTE), RC_OK);
    return true;
}

static void test_a_ticket_has_company_message_and_times(void **state)
{
    struct fixture *fixture = *state;
    struct message *messages;
    size_t count;
    struct viewer anna = as_contact(fixture->anna, 0);
    struct new_ticket new_ticket = fixture_new_ticket("Printer is on fire");
    int64_t number;
    bool repeated;
    new_ticket.category = "bug";
    new_ticket.priority = "high";
    assert_int_equal(ticket_create(fixture->store, &anna, &new_ticket, NULL, T0, &number, &repeated), RC_OK);
    struct ticket ticket = look(fixture, number);
    assert_string_equal(ticket.subject, "Printer is on fire");
    assert_string_equal(ticket.company_name, "Acme"); /* whatever the viewer may see */
    assert_string_equal(ticket.category, "bug");
    assert_string_equal(ticket.priority, "high");
    assert_null(ticket.owner_first_name);
    assert_false(ticket.closed);
    assert_int_equal(ticket.created_at, T0);
    assert_int_equal(ticket.last_activity_at, T0);
    assert_int_equal(ticket_messages(fixture->store, fixture->arena, &anna, number, &messages, &count),
                     RC_OK);
    assert_int_equal(count, 1);
    assert_string_equal(messages[0].body, "Please help.");
}

static void test_properties_stay_with_the_ticket_and_change_those_of_the_contact(void **state)
{
    struct fixture *fixture = *state;
    struct viewer anna = as_contact(fixture->anna, 0);
    struct new_ticket ticket = fixture_new_ticket("With properties");
    const char *known = NULL;
    int64_t number, other;
    bool repeated;
    ticket.properties = "{\"product\":\"printer\",\"tried\":[\"cable\"]}";
    ticket.contact_properties = "{\"phone\":\"123\",\"room\":\"B\"}";
    assert_int_equal(ticket_create(fixture->store, &anna, &ticket, NULL, T0, &number, &repeated), RC_OK);
    assert_string_equal(look(fixture, number).properties, ticket.properties);
    ticket.properties = NULL;
    ticket.contact_properties = "{\"phone\":\"456\",\"room\":null}";
    assert_int_equal(ticket_create(fixture->store, &anna, &ticket, NULL, T0, &other, &repeated), RC_OK);
    assert_string_equal(look(fixture, other).properties, "{}");
    assert_int_equal(person_properties(fixture->store, fixture->arena, fixture->anna, &known), RC_OK);
    assert_string_equal(known, "{\"phone\":\"456\"}");
    assert_int_equal(person_properties(fixture->store, fixture->arena, fixture->bo, &known), RC_OK);
    assert_string_equal(known, "{}");
    assert_int_equal(person_properties(fixture->store, fixture->arena, 999, &known), RC_NOT_FOUND);
}

static void test_a_ticket_is_told_to_the_inbox_and_its_requester(void **state)
{
    struct fixture *fixture = *state;
    struct outbox_mail mail;
    int64_t number = fixture_ticket(fixture, fixture->anna, "Tell", T0);
    assert_true(take_mail(fixture, &mail));
    assert_int_equal(mail.kind, OUTBOX_INBOX_TICKET);
    assert_int_equal(mail.person_id, 0);
    assert_null(mail.to_address);
    assert_string_equal(mail.inbox, "support");
    assert_int_equal(mail.number, number);
    assert_string_equal(mail.subject, "Tell");
    assert_string_equal(mail.author_first_name, "Anna");
    assert_string_equal(mail.author_last_name, "Test");
    assert_false(mail.author_staff);
    assert_string_equal(mail.author_address, "Anna@test.example");
    assert_string_equal(mail.body, "Please help.");
    assert_int_equal(mail.created_at, T0);
    assert_true(take_mail(fixture, &mail));
    assert_int_equal(mail.kind, OUTBOX_RECEIVED);
    assert_string_equal(mail.to_address, "Anna@test.example");
    assert_string_equal(mail.to_name, "Anna Test");
    assert_string_equal(mail.locale, "en");
    assert_false(take_mail(fixture, &mail));
}

static void test_a_reply_moves_the_activity_and_tells_the_other_side(void **state)
{
    struct fixture *fixture = *state;
    struct outbox_mail mail;
    int64_t number = fixture_import(fixture, fixture->anna, 0, T0, 0);
    struct replied mine = reply(fixture, as_contact(fixture->anna, 0), number, &refusing, NULL, T0 + 7);
    assert_int_equal(mine.rc, RC_OK);
    assert_false(mine.repeated);
    assert_int_equal(look(fixture, number).last_activity_at, T0 + 7);
    assert_true(take_mail(fixture, &mail));
    assert_int_equal(mail.kind, OUTBOX_INBOX_REPLY);
    assert_int_equal(mail.person_id, 0);
    assert_int_equal(mail.message_id, mine.id);

    struct replied theirs = reply(fixture, as_staff(fixture->mia), number, &refusing, NULL, T0 + 8);
    assert_int_equal(theirs.rc, RC_OK);
    assert_true(take_mail(fixture, &mail));
    assert_int_equal(mail.kind, OUTBOX_REPLY);
    assert_int_equal(mail.person_id, fixture->anna);
    assert_string_equal(mail.author_first_name, "Mia");
    assert_true(mail.author_staff);
    assert_int_equal(mail.message_id, theirs.id);
    assert_false(take_mail(fixture, &mail));
}

static void test_a_clock_that_went_back_does_not_move_the_activity_back(void **state)
{
    struct fixture *fixture = *state;
    int64_t number = fixture_import(fixture, fixture->anna, 0, T0, 0);
    assert_int_equal(reply(fixture, as_contact(fixture->anna, 0), number, &refusing, NULL, T0 - 5).rc, RC_OK);
    assert_int_equal(look(fixture, number).last_activity_at, T0);
}

/* T17, T22 */
static void test_nobody_replies_to_what_they_do_not_see(void **state)
{
    struct fixture *fixture = *state;
    int64_t number = fixture_import(fixture, fixture->anna, 0, T0, 0);
    struct viewer bo = as_contact(fixture->bo, 0), dan = as_contact(fixture->dan, fixture->birch);
    assert_int_equal(reply(fixture, bo, number, &reopening, NULL, T0).rc, RC_NOT_FOUND);
    assert_int_equal(reply(fixture, dan, number, &reopening, NULL, T0).rc, RC_NOT_FOUND);
    assert_int_equal(reply(fixture, bo, number + 1, &reopening, NULL, T0).rc, RC_NOT_FOUND);
    assert_int_equal(count_of(fixture, "message"), 1);
    assert_int_equal(reply(fixture, as_contact(fixture->bo, fixture->acme), number, &reopening, NULL, T0).rc,
                     RC_OK);
}

static void test_a_contacts_reply_reopens_a_closed_ticket(void **state)
{
    struct fixture *fixture = *state;
    int64_t number = fixture_import(fixture, fixture->anna, 0, T0, T0 + 1);
    struct viewer bo = as_contact(fixture->bo, fixture->acme);
    assert_int_equal(reply(fixture, bo, number, &reopening, NULL, T0 + 2).rc, RC_OK);
    struct ticket ticket = look(fixture, number);
    assert_false(ticket.closed);
    assert_int_equal(ticket.closed_at, 0);
    assert_string_equal(ticket.stage, "in-progress");
    struct ticket_counts counts;
    assert_int_equal(ticket_count(fixture->store, &bo, TICKETS_SEEN, &counts), RC_OK);
    assert_int_equal(counts.open, 1);
    assert_int_equal(counts.closed, 0);
}

static void test_a_reply_too_late_starts_a_ticket_that_follows(void **state)
{
    struct fixture *fixture = *state;
    int64_t number = fixture_import(fixture, fixture->anna, 0, T0, T0 + 1);
    struct ticket_page page;
    struct viewer bo = as_contact(fixture->bo, fixture->acme), anna = as_contact(fixture->anna, 0);
    struct submission key = keyed("late-key", 1);
    struct replied late = reply(fixture, bo, number, &starting, &key, T0 + 2 * MINUTE);
    assert_int_equal(late.rc, RC_OK);
    assert_int_not_equal(late.number, number);
    struct replied again = reply(fixture, bo, number, &starting, &key, T0 + 3 * MINUTE);
    assert_true(again.repeated);
    assert_int_equal(again.number, late.number);
    struct ticket ticket;
    assert_int_equal(ticket_get(fixture->store, fixture->arena, &bo, late.number, &ticket), RC_OK);
    assert_string_equal(ticket.subject, "Imported");
    assert_int_equal(ticket.requester_id, fixture->bo);
    assert_int_equal(ticket_page_get(fixture->store, fixture->arena, &bo, late.number, &page), RC_OK);
    assert_int_equal(page.follows, number);
    assert_int_equal(ticket_page_get(fixture->store, fixture->arena, &anna, number, &page), RC_OK);
    assert_int_equal(page.followed_by, late.number); /* Bo's, in which Anna is in copy */
    assert_int_equal(reply(fixture, anna, number, &starting, NULL, T0 + 30000).number, number);
}

static void test_the_rules_may_refuse_a_reply_to_a_closed_ticket(void **state)
{
    struct fixture *fixture = *state;
    int64_t number = fixture_import(fixture, fixture->anna, 0, T0, T0 + 1);
    struct viewer anna = as_contact(fixture->anna, 0);
    assert_int_equal(reply(fixture, anna, number, &refusing, NULL, T0 + 2).rc, RC_DENIED);
    assert_true(look(fixture, number).closed);
    assert_int_equal(count_of(fixture, "message"), 1);
    assert_int_equal(count_of(fixture, "outbox"), 0);
}

static void test_staff_reply_to_a_closed_ticket_and_it_stays_closed(void **state)
{
    struct fixture *fixture = *state;
    int64_t number = fixture_import(fixture, fixture->anna, 0, T0, T0 + 1);
    assert_int_equal(reply(fixture, as_staff(fixture->mia), number, &refusing, NULL, T0 + 2).rc, RC_OK);
    assert_true(look(fixture, number).closed);
    assert_string_equal(look(fixture, number).stage, "new");
}

static void test_the_same_key_gives_the_first_outcome(void **state)
{
    struct fixture *fixture = *state;
    struct submission key = keyed("reply-key", 1);
    struct viewer anna = as_contact(fixture->anna, 0);
    int64_t number = fixture_import(fixture, fixture->anna, 0, T0, T0 + 1);
    struct replied first = reply(fixture, anna, number, &reopening, &key, T0 + 2);
    assert_int_equal(first.rc, RC_OK);
    struct replied again = reply(fixture, anna, number, &refusing, &key, T0 + 3);
    assert_int_equal(again.rc, RC_OK);
    assert_true(again.repeated);
    assert_int_equal(again.id, first.id);
    assert_int_equal(count_of(fixture, "message"), 2);
    assert_int_equal(count_of(fixture, "outbox"), 1);
    assert_int_equal(look(fixture, number).last_activity_at, T0 + 2);
}

static void test_a_key_is_good_for_one_content_one_ticket_and_one_person(void **state)
{
    struct fixture *fixture = *state;
    struct submission key = keyed("same-key", 1), other = keyed("same-key", 2);
    struct viewer anna = as_contact(fixture->anna, 0), bo = as_contact(fixture->bo, fixture->acme);
    struct new_ticket ticket = fixture_new_ticket("Keyed");
    int64_t number = fixture_import(fixture, fixture->anna, 0, T0, 0);
    int64_t second = fixture_import(fixture, fixture->anna, 0, T0, 0), made;
    bool repeated;
    assert_int_equal(reply(fixture, anna, number, &reopening, &key, T0).rc, RC_OK);
    assert_int_equal(reply(fixture, anna, number, &reopening, &other, T0).rc, RC_CONFLICT);
    assert_int_equal(reply(fixture, anna, second, &reopening, &key, T0).rc, RC_CONFLICT);
    assert_int_equal(ticket_create(fixture->store, &anna, &ticket, &key, T0, &made, &repeated), RC_CONFLICT);
    assert_int_equal(count_of(fixture, "message"), 3);
    struct replied bos = reply(fixture, bo, number, &reopening, &key, T0);
    assert_int_equal(bos.rc, RC_OK);
    assert_false(bos.repeated);
}

static void test_a_key_is_forgotten_after_a_month(void **state)
{
    struct fixture *fixture = *state;
    struct submission key = keyed("old-key", 1);
    struct viewer anna = as_contact(fixture->anna, 0);
    int64_t number = fixture_import(fixture, fixture->anna, 0, T0, 0);
    assert_int_equal(reply(fixture, anna, number, &reopening, &key, T0).rc, RC_OK);
    const int64_t month = 30LL * 24 * 60 * MINUTE;
    assert_int_equal(session_sweep(fixture->store, T0 + month, IDLE(MINUTE)), RC_OK);
    assert_int_equal(count_of(fixture, "submission"), 1);
    assert_int_equal(session_sweep(fixture->store, T0 + month + 1, IDLE(MINUTE)), RC_OK);
    assert_int_equal(count_of(fixture, "submission"), 0);
}

static void test_bad_input_leaves_nothing(void **state)
{
    struct fixture *fixture = *state;
    struct viewer anna = as_contact(fixture->anna, 0), nobody = as_contact(9999, 0);
    struct new_ticket ticket = fixture_new_ticket("");
    int64_t number;
    bool repeated;
    assert_int_equal(ticket_create(fixture->store, &anna, &ticket, NULL, T0, &number, &repeated),
                     RC_BAD_INPUT);
    ticket.subject = "No such person";
    assert_int_equal(ticket_create(fixture->store, &nobody, &ticket, NULL, T0, &number, &repeated),
                     RC_NOT_FOUND);
    /* A file that cannot be written down takes everything with it. */
    struct file file = {.id = "short", .name = "x", .type = "text/plain"};
    ticket.message.files = &file;
    ticket.message.file_count = 1;
    assert_int_equal(ticket_create(fixture->store, &anna, &ticket, NULL, T0, &number, &repeated),
                     RC_BAD_INPUT);
    assert_int_equal(count_of(fixture, "ticket"), 0);
    assert_int_equal(count_of(fixture, "thread"), 0);
    assert_int_equal(count_of(fixture, "outbox"), 0);
}

enum { RACERS = 20 };

struct racer {
    struct fixture *fixture;
    pthread_barrier_t *start;
    enum rc rc;
    int64_t number;
    bool repeated;
};

static void *race(void *context)
{
    struct racer *racer = context;
    struct viewer anna = as_contact(racer->fixture->anna, 0);
    struct submission key = keyed("one-key-for-all", 1);
    struct new_ticket ticket = fixture_new_ticket("Pressed twenty times");
    pthread_barrier_wait(racer->start);
    racer->rc =
        ticket_create(racer->fixture->store, &anna, &ticket, &key, T0, &racer->number, &racer->repeated);
    return NULL;
}

static void test_twenty_at_once_with_one_key_make_one_ticket(void **state)
{
    struct fixture *fixture = *state;
    struct racer racers[RACERS];
    pthread_t threads[RACERS];
    pthread_barrier_t start;
    int made = 0;
    pthread_barrier_init(&start, NULL, RACERS);
    for (int i = 0; i < RACERS; i++) {
        racers[i] = (struct racer){.fixture = fixture, .start = &start};
        assert_int_equal(pthread_create(&threads[i], NULL, race, &racers[i]), 0);
    }
    for (int i = 0; i < RACERS; i++) {
        pthread_join(threads[i], NULL);
        assert_int_equal(racers[i].rc, RC_OK);
        assert_int_equal(racers[i].number, 1001);
        made += !racers[i].repeated;
    }
    pthread_barrier_destroy(&start);
    assert_int_equal(made, 1);
    assert_int_equal(count_of(fixture, "ticket"), 1);
    assert_int_equal(count_of(fixture, "message"), 1);
    assert_int_equal(count_of(fixture, "outbox"), 2);
}

#define LESS_THAN_A_COMMIT 4096

/* T51: the disk is full, as a limit on the size of files: writing past it fails as a full disk would. */
static void test_a_full_disk_refuses_writes_and_lets_reads_go_on(void **state)
{
    struct fixture *fixture = *state;
    struct rlimit before, tight;
    int64_t number = fixture_import(fixture, fixture->anna, 0, T0, 0);
    struct viewer anna = as_contact(fixture->anna, 0);
    struct file_writer *writer;
    char *much = calloc(1, 1 << 20);
    assert_non_null(much);
    struct session session;
    const unsigned char hash[SESSION_HASH_BYTES] = {7};
    assert_int_equal(create_session(fixture, hash, fixture->anna, T0, T0 + 60 * MINUTE), RC_OK);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    signal(SIGXFSZ, SIG_IGN);
    tight = before;
    tight.rlim_cur = LESS_THAN_A_COMMIT;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &tight), 0);

    enum rc wrote = reply(fixture, anna, number, &reopening, NULL, T0 + 1).rc;
    enum rc began = file_begin(fixture->store, &writer);
    enum rc filled = file_write(writer, much, 1 << 20);
    file_drop(writer);
    struct ticket ticket;
    enum rc read = ticket_get(fixture->store, fixture->arena, &anna, number, &ticket);
    enum rc used =
        session_use(fixture->store, fixture->arena, hash, T0 + 2 * MINUTE, IDLE(60 * MINUTE), &session);
    enum rc second = reply(fixture, anna, number, &reopening, NULL, T0 + 1).rc;

    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    free(much);
    assert_int_equal(wrote, RC_FULL);
    assert_int_equal(second, RC_FULL);
    assert_int_equal(began, RC_OK);
    assert_int_equal(filled, RC_FULL);
    assert_int_equal(read, RC_OK);
    assert_int_equal(used, RC_OK); /* though it could not be written down */
    assert_int_equal(count_of(fixture, "message"), 1);
    assert_int_equal(reply(fixture, anna, number, &reopening, NULL, T0 + 2).rc, RC_OK);
    assert_int_equal(count_of(fixture, "message"), 2);
}

#define WITH_STORE(test) cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_STORE(test_a_ticket_has_company_message_and_times),
        WITH_STORE(test_properties_stay_with_the_ticket_and_change_those_of_the_contact),
        WITH_STORE(test_a_ticket_is_told_to_the_inbox_and_its_requester),
        WITH_STORE(test_a_reply_moves_the_activity_and_tells_the_other_side),
        WITH_STORE(test_a_clock_that_went_back_does_not_move_the_activity_back),
        WITH_STORE(test_nobody_replies_to_what_they_do_not_see),
        WITH_STORE(test_a_contacts_reply_reopens_a_closed_ticket),
        WITH_STORE(test_a_reply_too_late_starts_a_ticket_that_follows),
        WITH_STORE(test_the_rules_may_refuse_a_reply_to_a_closed_ticket),
        WITH_STORE(test_staff_reply_to_a_closed_ticket_and_it_stays_closed),
        WITH_STORE(test_the_same_key_gives_the_first_outcome),
        WITH_STORE(test_a_key_is_good_for_one_content_one_ticket_and_one_person),
        WITH_STORE(test_a_key_is_forgotten_after_a_month),
        WITH_STORE(test_bad_input_leaves_nothing),
        WITH_STORE(test_twenty_at_once_with_one_key_make_one_ticket),
        WITH_STORE(test_a_full_disk_refuses_writes_and_lets_reads_go_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
