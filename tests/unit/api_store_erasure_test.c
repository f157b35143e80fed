/* Erasing what is held about somebody: who asks, who says yes, and that none of it is left (T14, T55). */
#include "api_store_fixture.h"

#include "../../api/store/audit.h"
#include "../../api/store/erase.h"
#include "../../api/store/erasure.h"
#include "../../api/store/inside.h"
#include "../../api/store/rating.h"
#include "../../api/store/saved_reply.h"

#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define DAY (24 * 60 * MINUTE)

static const struct erase_words words = {.name = "Somebody", .text = "Taken away", .locale = "fr"};
static const struct reply_rules rules = {.may_reply_to_closed = true, .reopen_stage = "new"};

static void sql(struct fixture *fixture, const char *text)
{
    struct conn *conn = db_write(fixture->store->db);
    char *why = NULL;
    if (sqlite3_exec(conn->sqlite, text, NULL, NULL, &why) != SQLITE_OK)
        fail_msg("%s: %s", text, why);
    assert_int_equal(db_end(conn, RC_OK), RC_OK);
}

static int64_t number_of(struct fixture *fixture, const char *text)
{
    struct conn *conn = db_read(fixture->store->db);
    sqlite3_stmt *stmt = NULL;
    assert_int_equal(sqlite3_prepare_v2(conn->sqlite, text, -1, &stmt, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    int64_t number = sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    db_done(conn);
    return number;
}

static struct erasure last(struct fixture *fixture, int64_t person)
{
    struct erasure erasure;
    assert_int_equal(erasure_last(fixture->store, fixture->arena, person, &erasure), RC_OK);
    return erasure;
}

/* As long as there is something to do; the last mail counts as sent. */
static void carry_out(struct fixture *fixture, int64_t now)
{
    int rounds = 0;
    for (int idle = 0; idle < 2; rounds++) {
        assert_true(rounds < 1000);
        enum rc rc = erase_next(fixture->store, &words, &(struct erase_pace){0}, now);
        if (rc != RC_OK) {
            assert_int_equal(rc, RC_NOT_FOUND);
            sql(fixture, "UPDATE outbox SET sent_at = 1 WHERE kind = 'erasure_done'");
            idle++;
        }
    }
}

static void ask_and_approve(struct fixture *fixture, int64_t person)
{
    assert_int_equal(erasure_ask(fixture->store, person, T0, T0), RC_OK);
    assert_int_equal(erasure_approve(fixture->store, last(fixture, person).id, fixture->mia, T0), RC_OK);
}

/* --- who, and when ---------------------------------------------------------------------------------------
 */

static void test_nothing_happens_before_the_time_is_over_and_the_team_has_approved(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(erasure_ask(fixture->store, fixture->eve, T0 + 14 * DAY, T0), RC_OK);
    assert_int_equal(erase_next(fixture->store, &words, &(struct erase_pace){0}, T0 + 15 * DAY),
                     RC_NOT_FOUND);
    assert_int_equal(erasure_approve(fixture->store, last(fixture, fixture->eve).id, fixture->mia, T0 + DAY),
                     RC_OK);
    assert_int_equal(erase_next(fixture->store, &words, &(struct erase_pace){0}, T0 + 14 * DAY - 1),
                     RC_NOT_FOUND);
    assert_string_equal(last(fixture, fixture->eve).email, "Eve@test.example");
    assert_int_equal(erase_next(fixture->store, &words, &(struct erase_pace){0}, T0 + 14 * DAY), RC_OK);
    assert_string_not_equal(last(fixture, fixture->eve).email, "Eve@test.example");
}

static void test_one_asks_once_and_may_think_otherwise(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(erasure_withdraw(fixture->store, fixture->eve, T0), RC_NOT_FOUND);
    assert_int_equal(erasure_ask(fixture->store, fixture->eve, T0 + DAY, T0), RC_OK);
    assert_int_equal(erasure_ask(fixture->store, fixture->eve, T0 + DAY, T0), RC_CONFLICT);
    assert_int_equal(erasure_withdraw(fixture->store, fixture->eve, T0 + 1), RC_OK);
    assert_string_equal(last(fixture, fixture->eve).outcome, "withdrawn");
    assert_int_equal(erasure_approve(fixture->store, last(fixture, fixture->eve).id, 0, T0 + 2),
                     RC_NOT_FOUND);
    assert_int_equal(erasure_ask(fixture->store, fixture->eve, T0 + DAY, T0 + 3), RC_OK);
    assert_int_equal(number_of(fixture, "SELECT count(*) FROM outbox WHERE kind = 'erasure_asked'"), 2);
    assert_int_equal(number_of(fixture, "SELECT count(*) FROM outbox WHERE kind = 'erasure_withdrawn'"), 1);
}

static void test_declining_tells_why_also_what_was_approved(void **state)
{
    struct fixture *fixture = *state;
    ask_and_approve(fixture, fixture->eve);
    int64_t id = last(fixture, fixture->eve).id;
    assert_int_equal(erasure_decline(fixture->store, id, fixture->mia, "An invoice is open", T0), RC_OK);
    assert_string_equal(last(fixture, fixture->eve).outcome, "declined");
    assert_string_equal(last(fixture, fixture->eve).reason, "An invoice is open");
    assert_int_equal(number_of(fixture, "SELECT count(*) FROM outbox WHERE detail = 'An invoice is open'"),
                     1);
    assert_int_equal(erase_next(fixture->store, &words, &(struct erase_pace){0}, T0 + DAY), RC_NOT_FOUND);
}

static void test_what_has_begun_has_no_way_back(void **state)
{
    struct fixture *fixture = *state;
    ask_and_approve(fixture, fixture->eve);
    assert_int_equal(erase_next(fixture->store, &words, &(struct erase_pace){0}, T0), RC_OK);
    assert_int_equal(erasure_withdraw(fixture->store, fixture->eve, T0), RC_CONFLICT);
    assert_int_equal(
        erasure_decline(fixture->store, last(fixture, fixture->eve).id, fixture->mia, "Late", T0),
        RC_CONFLICT);
}

/* An administrator cannot ask, so the last one never goes. */
static void test_nobody_of_the_team_is_erased(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(erasure_ask(fixture->store, fixture->mia, T0, T0), RC_DENIED);
    ask_and_approve(fixture, fixture->eve);
    sql(fixture, "UPDATE person SET role = 'agent' WHERE first_name = 'Eve'");
    assert_int_equal(erase_next(fixture->store, &words, &(struct erase_pace){0}, T0), RC_NOT_FOUND);
}

/* --- T14 -------------------------------------------------------------------------------------------------
 */

static void test_every_session_ends_with_the_first_step(void **state)
{
    struct fixture *fixture = *state;
    unsigned char hash[SESSION_HASH_BYTES] = {7};
    struct session session;
    assert_int_equal(create_session(fixture, hash, fixture->eve, T0, T0 + DAY), RC_OK);
    ask_and_approve(fixture, fixture->eve);
    assert_int_equal(erase_next(fixture->store, &words, &(struct erase_pace){0}, T0), RC_OK);
    assert_int_equal(session_look(fixture->store, fixture->arena, hash, T0 + 1, IDLE(DAY), &session),
                     RC_NOT_FOUND);
}

/* Their session was looked at before it began, and what they send came after. */
static void test_what_was_on_its_way_when_it_began_is_not_kept(void **state)
{
    struct fixture *fixture = *state;
    int64_t number = fixture_ticket(fixture, fixture->eve, "Hers", T0);
    struct viewer eve = as_contact(fixture->eve, 0);
    struct new_message message = {.body = "Too late"};
    struct new_ticket ticket = fixture_new_ticket("Too late");
    struct reply_made made = {0};
    bool done;
    sql(fixture, "UPDATE ticket SET closed_at = 6, open = 0 WHERE subject = 'Hers'");
    ask_and_approve(fixture, fixture->eve);
    assert_int_equal(erase_next(fixture->store, &words, &(struct erase_pace){0}, T0), RC_OK);
    assert_int_equal(ticket_reply(fixture->store, &eve, number, &message, &rules, NULL, T0, &made),
                     RC_NOT_FOUND);
    assert_int_equal(rating_set(fixture->store, fixture->arena, &eve, number,
                                &(struct rating){.score = "bad", .comment = "Too late"}, T0, &done),
                     RC_NOT_FOUND);
    assert_int_equal(ticket_create(fixture->store, &eve, &ticket, NULL, T0, &number, &done), RC_NOT_FOUND);
}

/* --- T55 -------------------------------------------------------------------------------------------------
 */

static const char *const unique[] = {
    "zorbfirst",   "zorblast", "zorbmail",   "zorbprop",   "zorbhash", "zorbsubject", "zorbbody",
    "zorbid@mail", "zorbname", "zorbbytes",  "zorbquoted", "zorbnote", "zorbshared",  "zorbtheme",
    "zorbguest",   "zorbkey",  "zorbcom",    "zorbsignup", "zorbnew",  "zorbissuer",  "zorbdevice",
    "zorberror",   "zorbmove", "zorbreason", "zorbanswer", "zorbeml",  "zorbcase",    "zorbraw",
    "zorbwaits",   "zorbre",   "zorbext",    NULL};

static bool holds(const char *bytes, size_t len, const char *word)
{
    size_t wanted = strlen(word);
    for (size_t at = 0; at + wanted <= len; at++)
        if (strncasecmp(bytes + at, word, wanted) == 0)
            return true;
    return false;
}

/* How many of the words stand in a file; each is said. */
static int look_into(const char *path, bool say)
{
    struct buf bytes;
    int found = 0;
    buf_init(&bytes, 64 * 1024 * 1024);
    assert_int_equal(fs_read(path, &bytes), 0);
    for (const char *const *word = unique; *word; word++) {
        if (!holds(bytes.data, bytes.len, *word))
            continue;
        found++;
        if (say)
            print_error("%s is in %s\n", *word, path);
    }
    buf_release(&bytes);
    return found;
}

static int look_through(const char *folder, bool say)
{
    int found = 0;
    DIR *dir = opendir(folder);
    assert_non_null(dir);
    for (struct dirent *entry = readdir(dir); entry; entry = readdir(dir)) {
        char path[512];
        struct stat what;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (entry->d_name[0] == '.' || stat(path, &what) != 0)
            continue;
        if (S_ISDIR(what.st_mode))
            found += look_through(path, say);
        else if (S_ISREG(what.st_mode))
            found += look_into(path, say);
    }
    closedir(dir);
    return found;
}

static void reply(struct fixture *fixture, int64_t number, const char *body)
{
    struct new_message message = {.body = body};
    struct viewer mia = as_staff(fixture->mia);
    struct reply_made made = {0};
    assert_int_equal(ticket_reply(fixture->store, &mia, number, &message, &rules, NULL, T0, &made), RC_OK);
}

static void note(struct fixture *fixture, int64_t number, const char *body)
{
    char text[256];
    snprintf(text, sizeof text,
             "INSERT INTO message (thread_id, author_id, internal, body, created_at)"
             " SELECT id, %lld, 1, '%s', 5 FROM thread WHERE ticket = %lld",
             (long long)fixture->mia, body, (long long)number);
    sql(fixture, text);
}

static int64_t file_with(struct fixture *fixture, struct viewer viewer, const char *subject, const char *body,
                         bool with_file)
{
    int64_t number = 0;
    bool repeated;
    struct file file = {.name = "zorbname.txt", .type = "text/plain"};
    struct new_ticket ticket = fixture_new_ticket(subject);
    struct submission submission = {.key = "zorbkey-0123456789"};
    ticket.properties = "{\"note\": \"zorbprop\"}";
    ticket.message.body = body;
    ticket.message.mail_id = "zorbid@mail.example";
    if (with_file) {
        struct file_writer *writer;
        static char id[23];
        assert_int_equal(file_begin(fixture->store, &writer), RC_OK);
        assert_int_equal(file_write(writer, "zorbbytes", 9), RC_OK);
        assert_int_equal(file_keep(writer, id, &file.size, file.sha256), RC_OK);
        file.id = id;
        ticket.message.files = &file;
        ticket.message.file_count = 1;
    }
    assert_int_equal(ticket_create(fixture->store, &viewer, &ticket, with_file ? &submission : NULL, T0,
                                   &number, &repeated),
                     RC_OK);
    return number;
}

struct zorb {
    int64_t id;             /* the person */
    int64_t alone, shared;  /* tickets that they asked for */
    int64_t guest, follows; /* tickets of Bo: they wrote in one, the other follows theirs */
};

static void write_mail(struct fixture *fixture, const char *name, const char *bytes)
{
    char path[128];
    snprintf(path, sizeof path, "%s/mail/%s", fixture->dir, name);
    assert_int_equal(fs_write(path, bytes, strlen(bytes), false), 0);
}

/* Somebody with a word of their own in every place there is. */
static struct zorb fill(struct fixture *fixture)
{
    struct zorb zorb = {0};
    char text[2048];
    struct import *import = import_begin(fixture->store);
    struct person person = {.role = ROLE_CONTACT,
                            .email = "zorbmail@test.example",
                            .first_name = "Zorbfirst",
                            .last_name = "Zorblast",
                            .locale = "en",
                            .password = "zorbhash"};
    assert_int_equal(import_person(import, &person, T0, &zorb.id), RC_OK);
    assert_int_equal(import_end(import, true, T0), RC_OK);
    struct viewer own = as_contact(zorb.id, 0);
    zorb.alone = file_with(fixture, own, "zorbsubject", "zorbbody", true);
    reply(fixture, zorb.alone, "You said zorbquoted");
    note(fixture, zorb.alone, "zorbnote");
    snprintf(text, sizeof text, "UPDATE person SET company_id = %lld WHERE id = %lld",
             (long long)fixture->acme, (long long)zorb.id);
    sql(fixture, text);
    zorb.shared = file_with(fixture, own, "zorbtheme", "zorbshared", false);
    reply(fixture, zorb.shared, "Kept by the team");
    zorb.guest = fixture_ticket(fixture, fixture->bo, "Kept subject", T0);
    snprintf(text, sizeof text,
             "INSERT INTO participant VALUES (%lld, %lld, %lld, 1);"
             "INSERT INTO participant VALUES (%lld, %lld, %lld, 1);"
             "UPDATE person SET properties = '{\"case\": \"zorbcase\"}' WHERE id = %lld",
             (long long)zorb.guest, (long long)zorb.id, (long long)fixture->bo, (long long)zorb.guest,
             (long long)fixture->cleo, (long long)zorb.id, (long long)zorb.id);
    sql(fixture, text);
    reply(fixture, zorb.guest, "Kept answer");
    snprintf(text, sizeof text,
             "INSERT INTO message (thread_id, author_id, internal, body, created_at)"
             " SELECT id, %lld, 0, 'zorbguest', 5 FROM thread WHERE ticket = %lld;"
             "INSERT INTO ticket (subject, requester_id, company_id, inbox, pipeline, stage, source, follows,"
             " created_at, last_activity_at, open) SELECT subject, %lld, company_id, inbox, pipeline, stage, "
             "source,"
             " number, 5, 5, 1 FROM ticket WHERE number = %lld",
             (long long)zorb.id, (long long)zorb.guest, (long long)fixture->bo, (long long)zorb.shared);
    sql(fixture, text);
    zorb.follows = number_of(fixture, "SELECT max(number) FROM ticket");
    snprintf(
        text, sizeof text,
        "INSERT INTO search (rowid, words) VALUES (%lld, 'c%lld_zorbguest _zorbguest ');"
        "INSERT INTO search (rowid, words) VALUES (%lld, 'c%lld_zorbtheme _zorbtheme c%lld_%lld _%lld ')",
        (long long)zorb.guest, (long long)fixture->acme, (long long)zorb.follows, (long long)fixture->acme,
        (long long)fixture->acme, (long long)zorb.follows, (long long)zorb.follows);
    sql(fixture, text);
    snprintf(text, sizeof text,
             "INSERT INTO rating VALUES (%lld, %lld, 'bad', 'zorbcom', 1);"
             "INSERT INTO consent_text VALUES ('v1', 'I agree', 1);"
             "INSERT INTO consent (person_id, version, given_at) VALUES (%lld, 'v1', 1);"
             "INSERT INTO sign_up (email, first_name, last_name, locale, created_at, expires_at)"
             " VALUES ('zorbmail@test.example', 'zorbsignup', 'x', 'en', 1, 2);"
             "INSERT INTO address_change VALUES (%lld, 'zorbnew@test.example', 1);"
             "INSERT INTO identity VALUES ('https://zorbissuer.example', 's', %lld, 1);"
             "INSERT INTO session VALUES (zeroblob(32), 'id', %lld, 1, 1, 2, 'password', 'zorbdevice', '', "
             "0, NULL, NULL, NULL);"
             "INSERT INTO outbox (kind, person_id, address, detail, created_at, due_at, last_error, sent_at)"
             " VALUES ('address_old', %lld, 'zorbmove@test.example', 'x', 1, 1, 'no zorberror', 1);"
             "INSERT INTO erasure (person_id, asked_at, due_at, ended_at, outcome, reason)"
             " VALUES (%lld, 1, 1, 1, 'declined', 'zorbreason')",
             (long long)zorb.alone, (long long)zorb.id, (long long)zorb.id, (long long)zorb.id,
             (long long)zorb.id, (long long)zorb.id, (long long)zorb.id, (long long)zorb.id);
    sql(fixture, text);
    snprintf(text, sizeof text,
             "INSERT INTO external VALUES ('crm', 'contact', 'zorbext@test.example', %lld, zeroblob(32))",
             (long long)zorb.id);
    sql(fixture, text);
    snprintf(text, sizeof text,
             "INSERT INTO saved_reply (title, body, person_id, changed_at) VALUES ('Hours', 'We open at 9', "
             "%lld, 1)",
             (long long)zorb.id);
    sql(fixture, text);
    snprintf(text, sizeof text,
             "INSERT INTO inbound (key, received_at, state, reason, sender, subject, person_id, ticket, raw) "
             "VALUES"
             " (randomblob(32), 1, 'quarantined', 'x', 'ZORBMAIL@test.example', 'zorbwaits', NULL, NULL,"
             " CAST('zorbraw' AS BLOB)),"
             " (randomblob(32), 1, 'reply', '', 'bo@test.example', 'Re: zorbre', %lld, %lld, NULL)",
             (long long)fixture->bo, (long long)zorb.shared);
    sql(fixture, text);
    snprintf(text, sizeof text, "20261123T040000Z-%lld.eml",
             (long long)number_of(fixture, "SELECT min(id) FROM outbox WHERE ticket IS NOT NULL"));
    write_mail(fixture, text, "To: somebody@test.example\n\nzorbanswer\n");
    write_mail(fixture, "20261123T040000Z-999999.eml", "To: zorbmail@test.example\n\nzorbeml\n");
    write_mail(fixture, "20261123T040000Z-999998.eml", "To: bo@test.example\n\nkept\n");
    return zorb;
}

static void assert_said(struct fixture *fixture, int64_t number, const char *subject, int kept)
{
    struct viewer mia = as_staff(fixture->mia);
    struct ticket ticket;
    struct message_page page;
    int left = 0;
    assert_int_equal(ticket_get(fixture->store, fixture->arena, &mia, number, &ticket), RC_OK);
    assert_string_equal(ticket.subject, subject);
    assert_int_equal(ticket_messages_before(fixture->store, fixture->arena, &mia, number, 0, &page), RC_OK);
    for (size_t i = 0; i < page.count; i++) {
        assert_int_equal(page.messages[i].removed, strcmp(page.messages[i].body, words.text) == 0);
        left += !page.messages[i].removed;
    }
    assert_int_equal(left, kept);
}

static void assert_erased(struct fixture *fixture, const struct zorb *zorb)
{
    char path[128];
    struct saved_reply saved;
    struct erasure erasure = last(fixture, zorb->id);
    assert_string_equal(erasure.outcome, "done");
    assert_int_equal(look_through(fixture->dir, true), 0);
    assert_said(fixture, zorb->alone, words.text, 0);
    assert_said(fixture, zorb->shared, words.text, 1);
    assert_said(fixture, zorb->guest, "Kept subject", 2);
    assert_said(fixture, zorb->follows, words.text, 0);
    snprintf(path, sizeof path, "%s/mail/20261123T040000Z-999998.eml", fixture->dir);
    assert_true(fs_is_file(path));
    /* Consents and the log stay, and speak of a number. */
    assert_int_equal(number_of(fixture, "SELECT count(*) FROM consent"), 1);
    assert_int_equal(number_of(fixture, "SELECT count(*) FROM audit WHERE action = 'erasure.done'"), 1);
    assert_int_equal(number_of(fixture, "SELECT count(*) FROM outbox WHERE kind = 'erasure_done'"), 0);
    /* What the team keeps ready is the team's, whoever wrote it. */
    assert_int_equal(saved_reply_get(fixture->store, fixture->arena, 1, &saved), RC_OK);
    assert_string_equal(saved.first_name, words.name);
    assert_string_equal(saved.last_name, "");
    assert_string_equal(erasure.first_name, words.name);
    assert_int_equal(erasure_ask(fixture->store, zorb->id, T0, T0), RC_DENIED);
}

/* How many tickets the index has for a word of Bo's company. */
static int64_t found(struct fixture *fixture, const char *word)
{
    char text[128];
    snprintf(text, sizeof text, "SELECT count(*) FROM search WHERE search MATCH '_%s'", word);
    return number_of(fixture, text);
}

static void test_nothing_is_left_of_somebody_in_any_file_of_the_data_folder(void **state)
{
    struct fixture *fixture = *state;
    struct zorb zorb = fill(fixture);
    int places = 0;
    for (const char *const *word = unique; *word; word++)
        places++;
    assert_true(look_through(fixture->dir, false) >= places); /* else it could not fail */
    assert_int_equal(found(fixture, "zorbbody"), 1);
    ask_and_approve(fixture, zorb.id);
    carry_out(fixture, T0);
    assert_erased(fixture, &zorb);
    assert_int_equal(found(fixture, "zorbbody"), 0);
    assert_int_equal(found(fixture, "answer"), 1);
    assert_int_equal(found(fixture, "team"), 1);
    sql(fixture, "INSERT INTO search (search) VALUES ('integrity-check')");
}

/* --- who writes meanwhile --------------------------------------------------------------------------------
 */

struct writing {
    struct fixture *fixture;
    atomic_bool enough;
};

static void *write_on(void *context)
{
    struct writing *writing = context;
    while (!atomic_load(&writing->enough))
        audit_write(writing->fixture->store, T0, 0, "settings.reload", 0, NULL);
    return NULL;
}

static void test_who_writes_is_let_through_while_all_is_written_anew(void **state)
{
    struct fixture *fixture = *state;
    struct db *db = fixture->store->db;
    struct writing writing = {fixture, false};
    pthread_t thread;
    sql(fixture,
        "CREATE TABLE filler (words TEXT); WITH RECURSIVE each (n) AS (SELECT 1 UNION ALL SELECT n + 1"
        " FROM each WHERE n < 20000) INSERT INTO filler SELECT hex(randomblob(300)) FROM each");
    assert_int_equal(pthread_create(&thread, NULL, write_on, &writing), 0);
    assert_int_equal(db_scrub(db, 0, NULL), RC_CONFLICT); /* no patience at all with who erases */
    assert_int_equal(db_scrub(db, 60000, NULL), RC_OK);
    atomic_store(&writing.enough, true);
    pthread_join(thread, NULL);
    assert_int_equal(db_scrub(db, 60000, &writing.enough), RC_CONFLICT); /* the program is to end */
    assert_int_equal(db_scrub(db, 0, NULL), RC_OK);
    assert_int_equal(number_of(fixture, "SELECT count(*) FROM filler"), 20000);
}

/* Given up, it comes again later, with more patience; nothing is said to be done before. */
static void test_what_was_given_up_for_others_rests_and_then_has_more_patience(void **state)
{
    struct fixture *fixture = *state;
    atomic_bool stopping = true;
    struct erase_pace pace = {.stopping = &stopping};
    sql(fixture,
        "CREATE TABLE filler (words TEXT); WITH RECURSIVE each (n) AS (SELECT 1 UNION ALL SELECT n + 1"
        " FROM each WHERE n < 2000) INSERT INTO filler SELECT hex(randomblob(300)) FROM each");
    ask_and_approve(fixture, fixture->eve);
    while (erase_next(fixture->store, &words, &pace, T0) == RC_OK)
        ;
    sql(fixture, "UPDATE outbox SET sent_at = 1 WHERE kind = 'erasure_done'");
    assert_int_equal(erase_next(fixture->store, &words, &pace, T0), RC_NOT_FOUND);
    assert_null(last(fixture, fixture->eve).outcome);
    assert_true(pace.patience_ms >= 1000);
    assert_true(pace.not_before > store_now() + 50000);
    stopping = false;
    assert_int_equal(erase_next(fixture->store, &words, &pace, T0), RC_NOT_FOUND);
    assert_null(last(fixture, fixture->eve).outcome);
    pace.not_before = 0;
    assert_int_equal(erase_next(fixture->store, &words, &pace, T0), RC_OK);
    assert_string_equal(last(fixture, fixture->eve).outcome, "done");
    assert_int_equal(pace.patience_ms, 0);
}

/* --- killed in between -----------------------------------------------------------------------------------
 */

/* A process of its own carries out `pieces` of it and is killed. True: there was no more to do. */
static bool die_after(struct fixture *fixture, int pieces)
{
    store_close(fixture->store);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        enum rc rc = RC_OK;
        fixture->store = fixture_open(fixture->dir, (struct store_options){.create = true});
        for (int i = 0; i < pieces && rc == RC_OK; i++) {
            struct conn *conn = db_write(fixture->store->db);
            sqlite3_exec(conn->sqlite, "UPDATE outbox SET sent_at = 1 WHERE kind = 'erasure_done'", NULL,
                         NULL, NULL);
            db_end(conn, RC_OK);
            rc = erase_next(fixture->store, &words, &(struct erase_pace){0}, T0);
        }
        if (rc == RC_NOT_FOUND)
            _exit(0);
        kill(getpid(), SIGKILL);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    fixture->store = fixture_open(fixture->dir, (struct store_options){.create = true});
    assert_non_null(fixture->store);
    return WIFEXITED(status);
}

static void test_killed_after_each_piece_it_carries_on(void **state)
{
    struct fixture *fixture = *state;
    struct zorb zorb = fill(fixture);
    ask_and_approve(fixture, zorb.id);
    int deaths = 0;
    while (!die_after(fixture, 1))
        assert_true(++deaths < 20);
    assert_true(deaths >= 5);
    assert_erased(fixture, &zorb);
}

/* A process of its own carries it out and is killed after so many milliseconds. True: there was no more to
 * do. */
static bool die_within(struct fixture *fixture, int ms)
{
    store_close(fixture->store);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        enum rc rc = RC_OK;
        fixture->store = fixture_open(fixture->dir, (struct store_options){.create = true});
        sql(fixture, "UPDATE outbox SET sent_at = 1 WHERE kind = 'erasure_done'");
        while (rc == RC_OK)
            rc = erase_next(fixture->store, &words, &(struct erase_pace){0}, T0);
        _exit(rc == RC_NOT_FOUND ? 0 : 1);
    }
    int status = 0;
    usleep((useconds_t)ms * 1000);
    kill(child, SIGKILL);
    assert_int_equal(waitpid(child, &status, 0), child);
    fixture->store = fixture_open(fixture->dir, (struct store_options){.create = true});
    assert_non_null(fixture->store);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* The files are written anew for most of the time then. */
static void test_killed_while_all_is_written_anew_it_carries_on(void **state)
{
    struct fixture *fixture = *state;
    struct zorb zorb = fill(fixture);
    sql(fixture,
        "CREATE TABLE filler (words TEXT); WITH RECURSIVE each (n) AS (SELECT 1 UNION ALL SELECT n + 1"
        " FROM each WHERE n < 20000) INSERT INTO filler SELECT hex(randomblob(300)) FROM each");
    ask_and_approve(fixture, zorb.id);
    while (erase_next(fixture->store, &words, &(struct erase_pace){0}, T0) == RC_OK)
        ;
    int deaths = 0;
    for (int ms = 2; !die_within(fixture, ms); ms += 1 + ms / 2) {
        assert_true(++deaths < 40);
        assert_null(last(fixture, zorb.id).outcome); /* nothing is said to be done before it is */
    }
    assert_true(deaths > 2);
    assert_erased(fixture, &zorb);
    assert_int_equal(number_of(fixture, "SELECT count(*) FROM filler"), 20000);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_nothing_happens_before_the_time_is_over_and_the_team_has_approved),
        TEST(test_one_asks_once_and_may_think_otherwise),
        TEST(test_declining_tells_why_also_what_was_approved),
        TEST(test_what_has_begun_has_no_way_back),
        TEST(test_nobody_of_the_team_is_erased),
        TEST(test_every_session_ends_with_the_first_step),
        TEST(test_what_was_on_its_way_when_it_began_is_not_kept),
        TEST(test_who_writes_is_let_through_while_all_is_written_anew),
        TEST(test_what_was_given_up_for_others_rests_and_then_has_more_patience),
        TEST(test_nothing_is_left_of_somebody_in_any_file_of_the_data_folder),
        TEST(test_killed_after_each_piece_it_carries_on),
        TEST(test_killed_while_all_is_written_anew_it_carries_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
