/* What the search's index proposes: in every shipped language, for whom, and after whatever way things came
 * in. */
#include "api_store_fixture.h"

#include "../../api/store/inside.h"
#include "../../api/store/search.h"

/* The tickets that the index proposes, in order of their numbers, as one text: "1001 1004". */
static const char *proposed(struct fixture *fixture, struct viewer viewer, const char *typed)
{
    struct search_wanted wanted;
    enum rc rc;
    sqlite3_stmt *stmt = NULL;
    const char *line = "";
    search_wanted_read(&wanted, typed);
    struct conn *conn = db_read(fixture->store->db);
    const char *expression = search_expression(conn, fixture->arena, &viewer, &wanted, &rc);
    assert_int_equal(rc, RC_OK);
    assert_int_equal(sqlite3_prepare_v2(conn->sqlite,
                                        "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid", -1,
                                        &stmt, NULL),
                     SQLITE_OK);
    sqlite3_bind_text(stmt, 1, expression, -1, SQLITE_STATIC);
    while (sqlite3_step(stmt) == SQLITE_ROW)
        line =
            arena_printf(fixture->arena, "%s%s%lld", line, *line ? " " : "", sqlite3_column_int64(stmt, 0));
    assert_int_equal(sqlite3_finalize(stmt), SQLITE_OK);
    db_done(conn);
    return line;
}

static void say(struct fixture *fixture, int64_t number, int64_t author, const char *body)
{
    struct reply_made made = {0};
    struct viewer viewer = as_staff(author);
    const struct new_message message = {.body = body};
    assert_int_equal(ticket_reply(fixture->store, &viewer, number, &message, &(struct reply_rules){0}, NULL,
                                  T0 + MINUTE, &made),
                     RC_OK);
}

static const char *text_of(struct fixture *fixture, int64_t number)
{
    return arena_printf(fixture->arena, "%lld", (long long)number);
}

/* Typed with other case, without accents, in part. */
static const struct {
    const char *language, *subject, *typed[4], *not_typed;
} languages[] = {
    {"en", "Invoices were charged twice", {"invoice", "CHARGED", "twice charged", "inv"}, "invited"},
    {"fr", "L'étiquette de l'envoi est effacée", {"etiquette", "EFFACÉE", "envoi etiq", "effacee"}, "effort"},
    {"de", "Die Straße wird größer gezählt", {"strasse", "GRÖSSER", "gezahlt", "grosser"}, "grossartig"},
    {"es", "El año pasado llegó la señal", {"ano", "AÑO", "llego", "senal pasado"}, "anual"},
    {"it", "Perché la città è già chiusa", {"perche", "CITTÀ", "gia", "citta chiusa"}, "giallo"},
    {"pt-BR", "Informações sobre a devolução", {"informacoes", "DEVOLUÇÃO", "devol", "sobre"}, "informatica"},
    {"nl", "Geïnstalleerd bij het café", {"geinstalleerd", "CAFÉ", "cafe", "geinst"}, "geinstelt"},
    {"pl", "Łódź zgłosiła błąd wysyłki", {"lodz", "ZGŁOSIŁA", "blad", "wysylki lodz"}, "blado"},
    {"tr", "İade ışığı çalışmıyor", {"iade", "isigi", "ÇALIŞMIYOR", "calis"}, "iadesi"},
    {"ja", "発送済みの荷物が届きません", {"発送", "荷物", "荷", "届きません"}, "発物"},
    {"zh-Hans", "发票金额不对，请退款", {"发票", "退款", "票", "金额不对"}, "退票"},
    {"ar", "الفَاتُورَة مكرّرة", {"الفاتورة", "الفاتوره", "مكررة", "الفات"}, "فواتير"},
};

static void test_words_are_found_in_every_shipped_language(void **state)
{
    struct fixture *fixture = *state;
    fixture_ticket(fixture, fixture->anna, "Something else", T0);
    for (size_t i = 0; i < sizeof languages / sizeof languages[0]; i++) {
        int64_t number = fixture_ticket(fixture, fixture->anna, languages[i].subject, T0);
        for (size_t j = 0; j < 4; j++) {
            const char *found = proposed(fixture, as_contact(fixture->anna, 0), languages[i].typed[j]);
            if (strcmp(found, text_of(fixture, number)) != 0)
                fail_msg("%s: \"%s\" finds %s", languages[i].language, languages[i].typed[j], found);
        }
        if (*proposed(fixture, as_contact(fixture->anna, 0), languages[i].not_typed))
            fail_msg("%s: \"%s\" finds something", languages[i].language, languages[i].not_typed);
    }
}

static void test_words_may_stand_in_different_messages_of_a_ticket(void **state)
{
    struct fixture *fixture = *state;
    struct viewer anna = as_contact(fixture->anna, 0);
    int64_t number = fixture_ticket(fixture, fixture->anna, "The scanner blinks", T0);
    int64_t other = fixture_ticket(fixture, fixture->anna, "The scanner is silent", T0);
    say(fixture, number, fixture->mia, "Please hold the reset button.");
    say(fixture, other, fixture->mia, "Please wait.");
    assert_string_equal(proposed(fixture, anna, "scanner button"), text_of(fixture, number));
    assert_string_equal(proposed(fixture, anna, "blinks reset help"), text_of(fixture, number));
    assert_string_equal(proposed(fixture, anna, "silent button"), "");
}

static void test_only_the_last_word_may_go_on(void **state)
{
    struct fixture *fixture = *state;
    struct viewer anna = as_contact(fixture->anna, 0);
    fixture_ticket(fixture, fixture->anna, "Delivery of scanners", T0);
    assert_string_equal(proposed(fixture, anna, "delivery scan"), "1001");
    assert_string_equal(proposed(fixture, anna, "deliv scanners"), "");
    assert_string_equal(proposed(fixture, anna, "1001"), "1001");
    assert_string_equal(proposed(fixture, anna, "#10"), "1001");
}

static void test_nothing_that_could_be_asked_is_a_question_to_the_index(void **state)
{
    static const char *const typed[] = {"\"",      "a\" OR \"b", "NEAR(a b)",     "c1_delivery", "*",
                                        "words:x", "- AND",      "\xff\xfe scan", "_scan"};
    struct fixture *fixture = *state;
    struct search_wanted wanted;
    fixture_ticket(fixture, fixture->dan, "Delivery of scanners near you", T0);
    for (size_t i = 0; i < sizeof typed / sizeof typed[0]; i++) {
        search_wanted_read(&wanted, typed[i]);
        if (wanted.count > 0) /* else nothing is looked for */
            assert_string_equal(proposed(fixture, as_contact(fixture->anna, fixture->acme), typed[i]), "");
    }
}

static void test_internal_notes_are_not_in_the_index(void **state)
{
    struct fixture *fixture = *state;
    int64_t number = 0;
    struct import_ticket ticket = {
        .ticket = fixture_new_ticket("Public"), .requester_id = fixture->anna, .created_at = T0};
    struct import *import = import_begin(fixture->store);
    assert_int_equal(import_ticket(import, &ticket, &number), RC_OK);
    assert_int_equal(import_message(import, number, fixture->mia, true,
                                    &(struct new_message){.body = "They are bankrupt"}, T0),
                     RC_OK);
    assert_int_equal(import_end(import, true, T0), RC_OK);
    assert_string_equal(proposed(fixture, as_contact(fixture->anna, 0), "bankrupt"), "");
    assert_string_equal(proposed(fixture, as_staff(fixture->mia), "bankrupt"), "");
    assert_string_equal(proposed(fixture, as_staff(fixture->mia), "public"), text_of(fixture, number));
}

static void test_only_the_words_of_what_could_be_seen_are_looked_at(void **state)
{
    struct fixture *fixture = *state;
    fixture_ticket(fixture, fixture->anna, "Late", T0);
    fixture_ticket(fixture, fixture->dan, "Late", T0);
    fixture_ticket(fixture, fixture->eve, "Late", T0);
    assert_string_equal(proposed(fixture, as_contact(fixture->anna, fixture->acme), "late"), "1001");
    assert_string_equal(proposed(fixture, as_contact(fixture->dan, 0), "late"), "1002");
    assert_string_equal(proposed(fixture, as_contact(fixture->eve, 0), "late"), "1003");
    assert_string_equal(proposed(fixture, as_staff(fixture->mia), "late"), "1001 1002 1003");
}

static void run(struct fixture *fixture, const char *sql)
{
    struct conn *conn = db_write(fixture->store->db);
    assert_int_equal(sqlite3_exec(conn->sqlite, sql, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(db_end(conn, RC_OK), RC_OK);
}

static void test_what_another_program_wrote_is_read_when_the_store_is_opened(void **state)
{
    struct fixture *fixture = *state;
    char sql[512];
    fixture_ticket(fixture, fixture->anna, "Known", T0);
    snprintf(sql, sizeof sql,
             "INSERT INTO ticket (subject, requester_id, inbox, pipeline, stage, source, created_at,"
             " last_activity_at, open) VALUES ('Späte Lieferung', %lld, 's', 's', 's', 'email', 1, 1, 1);"
             "INSERT INTO thread (id, ticket, channel, created_at) VALUES (900, 1002, 'email', 1);"
             "INSERT INTO message (thread_id, author_id, internal, body, created_at)"
             " VALUES (900, %lld, 0, 'wichtig', 1), (900, %lld, 1, 'geheim', 1)",
             (long long)fixture->eve, (long long)fixture->eve, (long long)fixture->mia);
    run(fixture, sql);
    assert_string_equal(proposed(fixture, as_staff(fixture->mia), "lieferung"), "");
    store_close(fixture->store);
    fixture->store = fixture_open(fixture->dir, (struct store_options){0});
    assert_non_null(fixture->store);
    assert_string_equal(proposed(fixture, as_contact(fixture->eve, 0), "spate wichtig"), "1002");
    assert_string_equal(proposed(fixture, as_staff(fixture->mia), "geheim"), "");
    assert_string_equal(proposed(fixture, as_staff(fixture->mia), "known"), "1001");
}

/* An id of search_data holds its segment's above 37 bits; those up to 10 are of none. */
static int64_t segments(struct fixture *fixture)
{
    sqlite3_stmt *stmt = NULL;
    struct conn *conn = db_read(fixture->store->db);
    assert_int_equal(sqlite3_prepare_v2(conn->sqlite,
                                        "SELECT count(DISTINCT id >> 37) FROM search_data WHERE id > 10", -1,
                                        &stmt, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    int64_t count = sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    db_done(conn);
    return count;
}

static void test_many_tickets_of_another_program_are_one_segment_of_the_index(void **state)
{
    struct fixture *fixture = *state;
    char sql[512];
    snprintf(sql, sizeof sql,
             "INSERT INTO ticket (subject, requester_id, inbox, pipeline, stage, source, created_at,"
             " last_activity_at, open) WITH RECURSIVE one(at) AS (SELECT 1 UNION ALL SELECT at + 1 FROM one"
             " WHERE at < 4500) SELECT 'Late ' || at, %lld, 's', 's', 's', 'email', 1, 1, 1 FROM one",
             (long long)fixture->eve);
    run(fixture, sql);
    store_close(fixture->store);
    fixture->store = fixture_open(fixture->dir, (struct store_options){0});
    assert_non_null(fixture->store);
    assert_string_equal(proposed(fixture, as_contact(fixture->eve, 0), "late 5500"), "5500");
    assert_int_equal(segments(fixture), 1);
}

static const char *pieces_of(struct fixture *fixture, const char *text, const char *typed, size_t room)
{
    struct search_wanted wanted;
    struct ticket_piece *pieces;
    size_t count;
    const char *line = "";
    search_wanted_read(&wanted, typed);
    assert_true(search_pieces(fixture->arena, &wanted, text, strlen(text), room, &pieces, &count));
    for (size_t i = 0; i < count; i++)
        line = arena_printf(fixture->arena, pieces[i].hit ? "%s[%s]" : "%s%s", line, pieces[i].text);
    return line;
}

static void test_hits_are_shown_as_they_were_written(void **state)
{
    struct fixture *fixture = *state;
    assert_string_equal(pieces_of(fixture, "Die Straße, groß!", "strasse gross", 0), "Die [Straße], [groß]!");
    assert_string_equal(pieces_of(fixture, "Scanners\n\nand  a scanner", "scan", 0),
                        "[Scanners] and a [scanner]");
    assert_string_equal(pieces_of(fixture, "荷物を発送済みです", "発送済", 0), "荷物を[発送済]みです");
    assert_string_equal(pieces_of(fixture, "荷物が届く", "物", 0), "荷[物]が届く");
    assert_string_equal(pieces_of(fixture, "<b>late</b> & more", "late", 0), "<b>[late]</b> & more");
    assert_string_equal(pieces_of(fixture, "nothing here", "late", 0), "nothing here");
}

static void test_a_long_text_is_cut_around_most_of_the_hits(void **state)
{
    struct fixture *fixture = *state;
    char text[4096] = "late ";
    for (int i = 0; i < 100; i++)
        strcat(text, "filler words ");
    strcat(text, "and the late parcel was late again ");
    for (int i = 0; i < 100; i++)
        strcat(text, "filler words ");
    const char *line = pieces_of(fixture, text, "late parcel", 160);
    assert_non_null(strstr(line, "and the [late] [parcel] was [late] again"));
    assert_true(strncmp(line, "…", 3) == 0);
    assert_true(strlen(line) < 200);
    assert_string_equal(line + strlen(line) - 3, "…");
}

int main(void)
{
#define WITH_STORE(test) cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)
    const struct CMUnitTest tests[] = {
        WITH_STORE(test_words_are_found_in_every_shipped_language),
        WITH_STORE(test_words_may_stand_in_different_messages_of_a_ticket),
        WITH_STORE(test_only_the_last_word_may_go_on),
        WITH_STORE(test_nothing_that_could_be_asked_is_a_question_to_the_index),
        WITH_STORE(test_internal_notes_are_not_in_the_index),
        WITH_STORE(test_only_the_words_of_what_could_be_seen_are_looked_at),
        WITH_STORE(test_what_another_program_wrote_is_read_when_the_store_is_opened),
        WITH_STORE(test_many_tickets_of_another_program_are_one_segment_of_the_index),
        WITH_STORE(test_hits_are_shown_as_they_were_written),
        WITH_STORE(test_a_long_text_is_cut_around_most_of_the_hits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
