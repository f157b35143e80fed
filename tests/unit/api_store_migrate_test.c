/* A store of version 1, with everything that people had left in it, lives on under the present program. */
#include "api_store_fixture.h"

#include "../../api/store/access.h"
#include "../../api/store/migrations.h"

#include <sqlite3.h>

#define LAST_TICKET 1007
#define LAST_MAIL 90 /* of which nothing is left: its id must not come back */

static const char left_behind[] =
    "INSERT INTO company VALUES (4, 'Acme', 1);"
    "INSERT INTO person VALUES (11, 'contact', 'anna@test.example', 'Anna', 'Test', 'fr', 4, 'hash', 2, "
    "NULL),"
    " (12, 'agent', 'mia@test.example', 'Mia', 'Test', 'en', NULL, NULL, 3, NULL);"
    "INSERT INTO ticket VALUES (1003, 'Broken', 11, 4, 12, 'support', 'support', 'new', NULL, NULL, 'portal',"
    " 10, 20, NULL, 1), (1007, 'Mended', 11, 4, NULL, 'support', 'support', 'closed', 'bug', 'high',"
    " 'portal', 30, 40, 50, 0);"
    "INSERT INTO thread VALUES (5, 1003, 'portal', 10), (6, 1007, 'portal', 30);"
    "INSERT INTO message VALUES (21, 5, 11, 0, 'Help', 10), (22, 5, 12, 0, 'Gladly', 20),"
    " (23, 6, 11, 0, 'Thanks', 30);"
    "INSERT INTO file VALUES ('AAAAAAAAAAAAAAAAAAAAAA', 21, 0, 'a.png', 'image/png', 3, zeroblob(32));"
    "INSERT INTO session VALUES (zeroblob(32), 11, 1790000000000, 1790000000000, 1790000900000);"
    "INSERT INTO token VALUES (zeroblob(32), 11, 'reset', 1790000000000, 1790000900000, NULL);"
    "INSERT INTO outbox VALUES (71, 'reply', 11, 1003, 22, 20, 20, 0, NULL, 25),"
    " (72, 'received', 11, 1007, 23, 30, 30, 2, 'refused', NULL),"
    " (73, 'inbox_ticket', NULL, 1007, 23, 30, 1990000000000, 0, NULL, NULL),"
    " (90, 'reset', 11, NULL, NULL, 40, 40, 0, NULL, NULL);"
    "DELETE FROM outbox WHERE id = 90;"
    "INSERT INTO submission VALUES (11, 'key', 'ticket', zeroblob(32), 1003, 21, 10);"
    "INSERT INTO audit VALUES (31, 10, 11, 'sign_in', NULL, NULL), (32, 10, 11, 'ticket', 1003, 'x');";

/* Every table of version 1 with the columns it had, told as one text; in the order of their keys. */
static const char *const told[] = {
    "SELECT group_concat(id || name || created_at) FROM company",
    "SELECT group_concat(id || role || email || first_name || last_name || locale || coalesce(company_id, "
    "'-')"
    " || coalesce(password, '-') || created_at || coalesce(disabled_at, '-')) FROM person",
    "SELECT group_concat(number || subject || requester_id || company_id || coalesce(owner_id, '-') || inbox "
    "||"
    " pipeline || stage || coalesce(category, '-') || coalesce(priority, '-') || source || created_at ||"
    " last_activity_at || coalesce(closed_at, '-') || open) FROM ticket",
    "SELECT group_concat(id || '/' || ticket || channel || created_at) FROM thread",
    "SELECT group_concat(id || '/' || thread_id || '/' || author_id || internal || body || created_at)"
    " FROM message",
    "SELECT group_concat(id || message_id || position || name || type || size || hex(sha256)) FROM file",
    "SELECT group_concat(hex(hash) || person_id || created_at || seen_at || expires_at) FROM session",
    "SELECT group_concat(hex(hash) || person_id || purpose || created_at || expires_at ||"
    " coalesce(used_at, '-')) FROM token",
    "SELECT group_concat(id || kind || coalesce(person_id, '-') || coalesce(ticket, '-') ||"
    " coalesce(message_id, '-') || created_at || '/' || due_at || '/' || attempts || coalesce(last_error, "
    "'-')"
    " || coalesce(sent_at, '-')) FROM outbox",
    "SELECT group_concat(person_id || key || kind || hex(content) || thread.ticket || message_id ||"
    " submission.created_at) FROM submission JOIN message ON message.id = message_id"
    " JOIN thread ON thread.id = thread_id",
    "SELECT group_concat(id || '/' || at || person_id || action || coalesce(ticket, '-') ||"
    " coalesce(detail, '-')) FROM audit",
    "SELECT group_concat(name || seq) FROM (SELECT name, seq FROM sqlite_sequence"
    " WHERE name IN ('ticket', 'message', 'outbox', 'audit') ORDER BY name)",
};
enum { TOLD_COUNT = sizeof told / sizeof told[0] };

struct old {
    struct fixture fixture;
    char *before[TOLD_COUNT];
};

static sqlite3 *open_database(const struct old *old)
{
    char path[96];
    sqlite3 *sqlite;
    snprintf(path, sizeof path, "%s/guichet.db", old->fixture.dir);
    assert_int_equal(sqlite3_open(path, &sqlite), SQLITE_OK);
    return sqlite;
}

static char *tell(sqlite3 *sqlite, const char *sql)
{
    sqlite3_stmt *stmt = NULL;
    assert_int_equal(sqlite3_prepare_v2(sqlite, sql, -1, &stmt, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    const char *text = (const char *)sqlite3_column_text(stmt, 0);
    assert_non_null(text); /* every table had something in it */
    char *copy = strdup(text);
    sqlite3_finalize(stmt);
    return copy;
}

static int make_old(void **state)
{
    size_t known;
    struct old *old = calloc(1, sizeof *old);
    struct diag *diag = diag_new();
    assert_non_null(old);
    strcpy(old->fixture.dir, "/tmp/guichet-old-XXXXXX");
    assert_non_null(mkdtemp(old->fixture.dir));
    sqlite3 *sqlite = open_database(old);
    assert_true(migrations_run(sqlite, "data", migrations_known(&known), 1, diag));
    assert_true(known > 1);
    assert_int_equal(sqlite3_exec(sqlite, "PRAGMA foreign_keys = ON", NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_exec(sqlite, left_behind, NULL, NULL, NULL), SQLITE_OK);
    for (size_t i = 0; i < TOLD_COUNT; i++)
        old->before[i] = tell(sqlite, told[i]);
    sqlite3_close(sqlite);
    diag_free(diag);
    old->fixture.store = fixture_open(old->fixture.dir, (struct store_options){0});
    assert_non_null(old->fixture.store);
    old->fixture.arena = arena_new(0);
    *state = old;
    return 0;
}

static int remove_old(void **state)
{
    struct old *old = *state;
    store_close(old->fixture.store);
    arena_free(old->fixture.arena);
    fs_remove_tree(old->fixture.dir);
    for (size_t i = 0; i < TOLD_COUNT; i++)
        free(old->before[i]);
    free(old);
    return 0;
}

static void test_every_row_is_as_it_was(void **state)
{
    struct old *old = *state;
    sqlite3 *sqlite = open_database(old);
    for (size_t i = 0; i < TOLD_COUNT; i++) {
        char *now = tell(sqlite, told[i]);
        assert_string_equal(now, old->before[i]);
        free(now);
    }
    sqlite3_close(sqlite);
}

static void test_its_people_go_on_as_if_nothing_had_happened(void **state)
{
    static const unsigned char hash[SESSION_HASH_BYTES];
    struct fixture *fixture = &((struct old *)*state)->fixture;
    struct session session;
    struct ticket ticket;
    int64_t person = 0;
    assert_int_equal(
        session_use(fixture->store, fixture->arena, hash, T0 + MINUTE, IDLE(60 * MINUTE), &session), RC_OK);
    assert_int_equal(token_look(fixture->store, hash, "reset", T0 + MINUTE, &person), TOKEN_GOOD);
    assert_int_equal(person, 11);
    struct viewer anna = as_contact(11, 4);
    assert_int_equal(ticket_get(fixture->store, fixture->arena, &anna, 1003, &ticket), RC_OK);
    assert_string_equal(ticket.subject, "Broken");
    assert_int_equal(fixture_ticket(fixture, 11, "Again", T0), LAST_TICKET + 1);
}

/* Who was there before there were groups is in none, and is let in by the team as anybody else. */
static void test_its_people_are_in_no_group_and_can_be_put_into_one(void **state)
{
    static const char *const buyers[] = {"buyers"};
    struct fixture *fixture = &((struct old *)*state)->fixture;
    struct person person;
    assert_int_equal(person_by_email(fixture->store, fixture->arena, "anna@test.example", &person), RC_OK);
    assert_false(person_is_in(&person, "buyers"));
    assert_int_equal(access_set(fixture->store, 11, ACCESS_BY_TEAM, buyers, 1, T0), RC_OK);
    assert_int_equal(person_by_email(fixture->store, fixture->arena, "anna@test.example", &person), RC_OK);
    assert_true(person_is_in(&person, "buyers"));
    assert_int_equal(access_set(fixture->store, 11, ACCESS_BY_TEAM, NULL, 0, T0), RC_OK);
    assert_int_equal(person_by_email(fixture->store, fixture->arena, "anna@test.example", &person), RC_OK);
    assert_false(person_is_in(&person, "buyers"));
}

static void test_owed_mail_goes_out_and_no_id_comes_back(void **state)
{
    struct fixture *fixture = &((struct old *)*state)->fixture;
    struct outbox_mail mail;
    assert_int_equal(outbox_next(fixture->store, fixture->arena, T0, &mail), RC_OK);
    assert_int_equal(mail.id, 72);
    assert_int_equal(mail.kind, OUTBOX_RECEIVED);
    assert_int_equal(mail.attempts, 2);
    assert_string_equal(mail.to_address, "anna@test.example");
    assert_int_equal(outbox_sent(fixture->store, &mail, T0), RC_OK);
    assert_int_equal(outbox_reset(fixture->store, "anna@test.example", NULL, T0), RC_OK);
    assert_int_equal(outbox_next(fixture->store, fixture->arena, T0, &mail), RC_OK);
    assert_int_equal(mail.kind, OUTBOX_RESET);
    assert_int_equal(mail.id, LAST_MAIL + 1);
}

#define WITH_OLD(test) cmocka_unit_test_setup_teardown(test, make_old, remove_old)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_OLD(test_every_row_is_as_it_was),
        WITH_OLD(test_its_people_go_on_as_if_nothing_had_happened),
        WITH_OLD(test_its_people_are_in_no_group_and_can_be_put_into_one),
        WITH_OLD(test_owed_mail_goes_out_and_no_id_comes_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
