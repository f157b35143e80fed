/* The verb "demo": the shipped example makes a lively store; a wrong file says where it is wrong and makes
 * none. */
#include "api_store_fixture.h"

#include "../../api/account/password.h"
#include "../../api/ops/demo.h"
#include "../../api/store/inside.h"

#include <sys/stat.h>
#include <unistd.h>

#define SHIPPED SOURCE_DIR "/content/demo/demo.json"
#define PROPERTIES SOURCE_DIR "/tests/golden/gen/good/properties/expected/portal"
#define PORTAL SOURCE_DIR "/tests/golden/gen/good/whole/expected/portal"

static char folder[64], data[80], said[4096];

static int make_folder(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/guichet-demo-XXXXXX");
    assert_non_null(mkdtemp(folder));
    snprintf(data, sizeof data, "%s/data", folder);
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    return fs_remove_tree(folder);
}

/* Runs the verb; what it said is in `said`. */
static bool run(const char *file, const char *portal)
{
    struct diag *diag = diag_new();
    bool good = demo_run(file, data, portal, diag);
    memset(said, 0, sizeof said);
    FILE *out = fmemopen(said, sizeof said - 1, "w");
    diag_print(diag, out);
    fclose(out);
    assert_true(good == (diag_errors(diag) == 0));
    diag_free(diag);
    return good;
}

static bool run_text(const char *text, const char *portal)
{
    char path[96];
    snprintf(path, sizeof path, "%s/demo.json", folder);
    assert_int_equal(fs_write(path, text, strlen(text), false), 0);
    return run(path, portal);
}

/* The shipped example is made once, for all tests about it. */
static struct store *store;
static struct arena *arena;

static int make_shipped(void **state)
{
    make_folder(state);
    if (!run(SHIPPED, NULL))
        fail_msg("%s", said);
    store = fixture_open(data, (struct store_options){0});
    arena = arena_new(0);
    return store && arena ? 0 : 1;
}

static int close_shipped(void **state)
{
    store_close(store);
    arena_free(arena);
    return remove_folder(state);
}

static struct viewer viewer_of(const char *email)
{
    struct person person;
    assert_int_equal(person_by_email(store, arena, email, &person), RC_OK);
    return (struct viewer){
        .person_id = person.id, .staff = person.role != ROLE_CONTACT, .company_id = person.company_id};
}

static struct ticket *list(struct viewer viewer, enum ticket_status status, size_t *count)
{
    struct ticket *tickets;
    struct ticket_query query = {.status = status, .limit = 100};
    assert_int_equal(ticket_list(store, arena, &viewer, &query, &tickets, count), RC_OK);
    return tickets;
}

static void test_the_two_example_people_sign_in(void **state)
{
    (void)state;
    struct person person;
    assert_int_equal(person_by_email(store, arena, "anna.berg@acme.example", &person), RC_OK);
    assert_int_equal(person.role, ROLE_CONTACT);
    assert_string_equal(person.company_name, "Acme Logistics");
    assert_true(password_verify(person.password, "guichet-demo-2026"));
    assert_int_equal(person_by_email(store, arena, "mia.laurent@guichet.example", &person), RC_OK);
    assert_int_equal(person.role, ROLE_AGENT);
    assert_true(password_verify(person.password, "guichet-demo-2026"));
}

static void test_anna_has_a_full_list_of_her_own_and_her_companys(void **state)
{
    (void)state;
    struct ticket_counts all, mine;
    struct viewer anna = viewer_of("anna.berg@acme.example");
    assert_int_equal(ticket_count(store, &anna, TICKETS_SEEN, &all), RC_OK);
    assert_int_equal(ticket_count(store, &anna, TICKETS_MINE, &mine), RC_OK);
    assert_true(all.open >= 12 && all.closed >= 20);
    assert_true(mine.open >= 5 && mine.open < all.open);
    assert_true(mine.closed >= 10 && mine.closed < all.closed);
}

static void test_the_team_sees_more_than_two_pages(void **state)
{
    (void)state;
    struct ticket_counts counts;
    struct viewer mia = viewer_of("mia.laurent@guichet.example");
    assert_int_equal(ticket_count(store, &mia, TICKETS_SEEN, &counts), RC_OK);
    assert_true(counts.open + counts.closed >= 60);
}

static void test_numbers_go_with_age_and_nothing_is_from_the_future(void **state)
{
    (void)state;
    size_t count;
    int64_t now = store_now();
    int64_t created[128] = {0};
    struct ticket *tickets = list(viewer_of("mia.laurent@guichet.example"), TICKET_ANY, &count);
    assert_in_range(count, 60, 100);
    for (size_t i = 0; i < count; i++) {
        assert_true(tickets[i].created_at <= tickets[i].last_activity_at);
        assert_true(tickets[i].last_activity_at <= now);
        assert_true(tickets[i].closed == (strcmp(tickets[i].stage, "closed") == 0));
        assert_in_range(tickets[i].number, 1001, 1000 + (int64_t)count);
        created[tickets[i].number - 1001] = tickets[i].created_at;
    }
    for (size_t i = 1; i < count; i++)
        assert_true(created[i - 1] <= created[i]);
    assert_true(now - tickets[0].last_activity_at < 24 * 60 * MINUTE); /* it looks fresh */
}

/* Said as days from now, so that the example never grows old. */
static void test_what_is_needed_is_needed_in_days_to_come(void **state)
{
    (void)state;
    struct viewer mia = viewer_of("mia.laurent@guichet.example");
    time_t now = time(NULL);
    char today[16];
    int found = 0;
    strftime(today, sizeof today, "%Y-%m-%d", gmtime(&now));
    struct ticket ticket;
    for (int64_t number = 1001; number < 1200; number++) {
        if (ticket_get(store, arena, &mia, number, &ticket) != RC_OK || !ticket.properties)
            continue;
        const char *day = strstr(ticket.properties, "\"needed_by\":\"");
        if (!day)
            continue;
        assert_true(strncmp(day + strlen("\"needed_by\":\""), today, 10) > 0);
        found++;
    }
    assert_int_equal(found, 5);
}

static void test_conversations_are_short_and_long_and_notes_stay_inside(void **state)
{
    (void)state;
    size_t count, longest = 0, notes = 0, files = 0;
    struct viewer mia = viewer_of("mia.laurent@guichet.example");
    struct viewer anna = viewer_of("anna.berg@acme.example");
    struct ticket *tickets = list(anna, TICKET_ANY, &count);
    for (size_t i = 0; i < count; i++) {
        struct message *shown, *all;
        size_t shown_count, all_count;
        assert_int_equal(ticket_messages(store, arena, &anna, tickets[i].number, &shown, &shown_count),
                         RC_OK);
        assert_int_equal(ticket_messages(store, arena, &mia, tickets[i].number, &all, &all_count), RC_OK);
        notes += all_count - shown_count;
        longest = all_count > longest ? all_count : longest;
        for (size_t j = 0; j < all_count; j++)
            files += all[j].file_count;
    }
    assert_in_range(longest, 5, 8);
    assert_true(notes >= 3);
    assert_true(files >= 4);
}

static void test_attachments_are_their_files_byte_for_byte(void **state)
{
    (void)state;
    struct conn *conn = db_read(store->db);
    sqlite3_stmt *stmt = NULL;
    int seen = 0;
    assert_int_equal(
        sqlite3_prepare_v2(conn->sqlite, "SELECT id, name, size, type FROM file", -1, &stmt, NULL),
        SQLITE_OK);
    while (sqlite3_step(stmt) == SQLITE_ROW) {
        char kept[160], source[512];
        struct buf one, two;
        buf_init(&one, 1 << 20);
        buf_init(&two, 1 << 20);
        snprintf(kept, sizeof kept, "%s/files/%s", data, sqlite3_column_text(stmt, 0));
        snprintf(source, sizeof source, "%s/content/demo/files/%s", SOURCE_DIR, sqlite3_column_text(stmt, 1));
        assert_int_equal(fs_read(kept, &one), 0);
        assert_int_equal(fs_read(source, &two), 0);
        assert_int_equal(one.len, two.len);
        assert_int_equal(one.len, sqlite3_column_int(stmt, 2));
        assert_memory_equal(one.data, two.data, one.len);
        assert_string_not_equal((const char *)sqlite3_column_text(stmt, 3), "application/octet-stream");
        buf_release(&one);
        buf_release(&two);
        seen++;
    }
    sqlite3_finalize(stmt);
    db_done(conn);
    assert_int_equal(seen, 4);
}

static void test_a_second_run_is_refused_and_changes_nothing(void **state)
{
    (void)state;
    assert_false(run(SHIPPED, NULL));
    assert_non_null(strstr(said, "holds a store already"));
    assert_int_equal(store_ping(store), RC_OK);
}

static bool has_data(void)
{
    return access(data, F_OK) == 0;
}

#define PEOPLE                                                                                               \
    "\"people\": {\"ann\": {\"role\": \"contact\", \"email\": \"a@x.example\", \"first_name\": \"A\","       \
    " \"last_name\": \"B\", \"locale\": \"en\", \"company\": \"x\"},"                                        \
    " \"tim\": {\"role\": \"agent\", \"email\": \"t@x.example\", \"first_name\": \"T\", \"last_name\": "     \
    "\"\","                                                                                                  \
    " \"locale\": \"en\"}}"
#define HEAD "{\"password\": \"long enough\", \"companies\": {\"x\": \"X\"}, " PEOPLE ", \"tickets\": "
#define TICKET(more, messages)                                                                               \
    "[{\"subject\": \"S\", \"inbox\": \"support\", \"pipeline\": \"support\", \"stage\": \"new\", " more     \
    ", \"messages\": [" messages "]}]}"
#define SAID(author, more) "{\"author\": \"" author "\", \"text\": [\"t\"]" more "}"

static void test_a_small_file_is_enough(void **state)
{
    (void)state;
    assert_true(run_text(HEAD TICKET("\"requester\": \"ann\"", SAID("ann", "")), NULL));
    assert_true(has_data());
}

struct slip {
    const char *text;
    const char *says;
};

static void test_every_slip_is_said_with_its_place_and_makes_no_store(void **state)
{
    static const struct slip slips[] = {
        {HEAD TICKET("\"requester\": \"anne\"", SAID("ann", "")), "did you mean \"ann\"?"},
        {HEAD TICKET("\"requester\": \"ann\"", SAID("bob", "")), "\"bob\": not one of the people"},
        {HEAD TICKET("\"requester\": \"ann\", \"owner\": \"ann\"", SAID("ann", "")), "only the team owns"},
        {HEAD TICKET("\"requester\": \"ann\"", SAID("tim", ", \"internal\": true")), "begins with a public"},
        {HEAD TICKET("\"requester\": \"ann\"", SAID("tim", "") "," SAID("ann", ", \"internal\": true")),
         "only the team writes"},
        {HEAD TICKET("\"requester\": \"ann\"", SAID("ann", "") "," SAID("tim", ", \"days_ago\": 1")),
         "older than the message before"},
        {HEAD TICKET("\"requester\": \"ann\"", SAID("ann", ", \"files\": [\"none.txt\"]")), "no such file"},
        {HEAD TICKET("\"requester\": \"ann\"", SAID("ann", ", \"files\": [\"../demo.json\"]")),
         "no such file"},
        {HEAD TICKET("\"requester\": \"ann\", \"colour\": 1", SAID("ann", "")), "colour"},
        {"{\"password\": 17}", "password"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof slips / sizeof slips[0]; i++) {
        assert_false(run_text(slips[i].text, NULL));
        if (!strstr(said, slips[i].says) || !strstr(said, "demo.json:1:"))
            fail_msg("want \"%s\", got: %s", slips[i].says, said);
        assert_false(has_data());
    }
}

static void test_a_compiled_portal_has_the_last_word_on_stages(void **state)
{
    (void)state;
    assert_true(run_text(HEAD TICKET("\"requester\": \"ann\"", SAID("ann", "")), PORTAL));
    fs_remove_tree(data);
    assert_false(run_text(HEAD TICKET("\"requester\": \"ann\", \"closed\": true", SAID("ann", "")), PORTAL));
    assert_non_null(strstr(said, "the stage \"new\" is open, \"closed\" says otherwise"));
    assert_false(has_data());
    /* Where none is compiled, ids are taken as they stand. */
    assert_true(run_text(HEAD TICKET("\"requester\": \"ann\"", SAID("ann", "")), folder));
}

static void test_properties_are_held_against_the_compiled_portal(void **state)
{
    static const struct slip slips[] = {
        {"\"properties\": {\"product\": \"printr\"}", "\"product\": want one of \"printer\", \"scanner\""},
        {"\"properties\": {\"weigth\": 2}", "own properties of tickets; did you mean \"weight\"?"},
        {"\"properties\": {\"phone\": \"1\"}",
         "\"phone\": not one of the portal's own properties of tickets"},
        {"\"properties\": {\"subject\": \"S\"}", "\"subject\": not one of the portal's own properties"},
        {"\"properties\": [\"printer\"]", "\"properties\": want an object"},
        {"\"properties\": {\"product\": {\"in_days\": 8}}", "\"product\": want one of"},
        {"\"properties\": {\"product\": {\"in_days\": \"8\"}}", "\"product\": want one of"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof slips / sizeof slips[0]; i++) {
        char text[2000];
        snprintf(text, sizeof text, HEAD TICKET("\"requester\": \"ann\", %s", SAID("ann", "")),
                 slips[i].text);
        assert_false(run_text(text, PROPERTIES));
        if (!strstr(said, slips[i].says) || !strstr(said, "demo.json:1:"))
            fail_msg("want \"%s\", got: %s", slips[i].says, said);
        assert_false(has_data());
    }
    assert_true(run_text(
        HEAD TICKET("\"requester\": \"ann\", \"properties\": {\"parts\": [\"head\"]}", SAID("ann", "")),
        PROPERTIES));
}

static void test_what_only_the_store_finds_leaves_no_half_of_it(void **state)
{
    (void)state;
    assert_false(run_text("{\"password\": \"long enough\", \"companies\": {}, \"people\": {"
                          "\"a\": {\"role\": \"contact\", \"email\": \"a@x.example\", \"first_name\": \"A\","
                          " \"last_name\": \"B\", \"locale\": \"en\"},"
                          "\"b\": {\"role\": \"contact\", \"email\": \"A@x.example\", \"first_name\": \"A\","
                          " \"last_name\": \"B\", \"locale\": \"en\"}}, \"tickets\": []}",
                          NULL));
    assert_non_null(strstr(said, "two people have the same address"));
    assert_false(has_data());
}

static void test_a_missing_file_is_said(void **state)
{
    (void)state;
    assert_false(run("no/such.json", NULL));
    assert_non_null(strstr(said, "no/such.json"));
    assert_false(has_data());
}

#define WITH_FOLDER(test) cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)

int main(void)
{
    const struct CMUnitTest shipped[] = {
        cmocka_unit_test(test_the_two_example_people_sign_in),
        cmocka_unit_test(test_anna_has_a_full_list_of_her_own_and_her_companys),
        cmocka_unit_test(test_the_team_sees_more_than_two_pages),
        cmocka_unit_test(test_numbers_go_with_age_and_nothing_is_from_the_future),
        cmocka_unit_test(test_what_is_needed_is_needed_in_days_to_come),
        cmocka_unit_test(test_conversations_are_short_and_long_and_notes_stay_inside),
        cmocka_unit_test(test_attachments_are_their_files_byte_for_byte),
        cmocka_unit_test(test_a_second_run_is_refused_and_changes_nothing),
    };
    const struct CMUnitTest others[] = {
        WITH_FOLDER(test_a_small_file_is_enough),
        WITH_FOLDER(test_every_slip_is_said_with_its_place_and_makes_no_store),
        WITH_FOLDER(test_a_compiled_portal_has_the_last_word_on_stages),
        WITH_FOLDER(test_properties_are_held_against_the_compiled_portal),
        WITH_FOLDER(test_what_only_the_store_finds_leaves_no_half_of_it),
        WITH_FOLDER(test_a_missing_file_is_said),
    };
    int failed = cmocka_run_group_tests(shipped, make_shipped, close_shipped);
    return failed + cmocka_run_group_tests(others, NULL, NULL);
}
