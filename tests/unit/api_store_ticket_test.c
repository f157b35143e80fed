/* What a viewer sees of tickets and conversations, in which order, and how it is counted. */
#include "api_store_fixture.h"

#include <inttypes.h>

/* The numbers of a whole list, read in pages of `limit`. */
static size_t numbers(struct fixture *fixture, const struct viewer *viewer, struct ticket_query query,
                      int64_t *out, size_t room)
{
    size_t total = 0;
    for (;;) {
        struct ticket *tickets;
        size_t count;
        assert_int_equal(ticket_list(fixture->store, fixture->arena, viewer, &query, &tickets, &count),
                         RC_OK);
        assert_true(total + count <= room);
        for (size_t i = 0; i < count; i++)
            out[total++] = tickets[i].number;
        if (count < (size_t)query.limit)
            return total;
        query.after = (struct ticket_cursor){.last_activity_at = tickets[count - 1].last_activity_at,
                                             .number = tickets[count - 1].number};
    }
}

struct walked {
    int64_t numbers[64];
    size_t count, enough;
};

static bool note_number(void *context, const struct ticket *ticket)
{
    struct walked *walked = context;
    assert_true(walked->count < 64);
    walked->numbers[walked->count++] = ticket->number;
    return walked->count != walked->enough;
}

static void assert_list(struct fixture *fixture, struct viewer viewer, struct ticket_query query,
                        const int64_t *wanted, size_t count)
{
    int64_t found[64];
    for (query.limit = 1; query.limit <= 5; query.limit++) {
        size_t total = numbers(fixture, &viewer, query, found, 64);
        assert_int_equal(total, count);
        if (count > 0)
            assert_memory_equal(found, wanted, count * sizeof *wanted);
    }
    struct walked walked = {.count = 0};
    assert_int_equal(ticket_walk(fixture->store, &viewer, &query, note_number, &walked), RC_OK);
    assert_int_equal(walked.count, count);
    if (count > 0)
        assert_memory_equal(walked.numbers, wanted, count * sizeof *wanted);
    struct ticket_counts counts;
    assert_int_equal(ticket_count(fixture->store, &viewer, query.view, &counts), RC_OK);
    int64_t counted =
        (query.status != TICKET_CLOSED ? counts.open : 0) + (query.status != TICKET_OPEN ? counts.closed : 0);
    assert_int_equal(counted, count);
}

#define ASSERT_LIST(viewer, query, ...)                                                                      \
    do {                                                                                                     \
        const int64_t wanted_[] = {0, __VA_ARGS__};                                                          \
        assert_list(fixture, viewer, query, wanted_ + 1, sizeof wanted_ / sizeof wanted_[0] - 1);            \
    } while (0)

struct scene {
    int64_t anna_old, bo_closed, anna_new, dan, eve, cleo, bo_tie;
};

static struct scene set_scene(struct fixture *fixture)
{
    struct scene scene;
    scene.anna_old = fixture_import(fixture, fixture->anna, fixture->mia, T0, 0);
    scene.bo_closed = fixture_import(fixture, fixture->bo, fixture->mia, T0 + 1, T0 + 5);
    scene.anna_new = fixture_import(fixture, fixture->anna, 0, T0 + 2, T0 + 6);
    scene.dan = fixture_import(fixture, fixture->dan, fixture->mia, T0 + 3, 0);
    scene.eve = fixture_import(fixture, fixture->eve, 0, T0 + 4, 0);
    scene.cleo = fixture_import(fixture, fixture->cleo, 0, T0 + 5, 0);
    scene.bo_tie = fixture_import(fixture, fixture->bo, 0, T0 + 5, 0); /* at the same instant */
    return scene;
}

static void test_numbers_count_up_from_1001(void **state)
{
    struct fixture *fixture = *state;
    struct scene scene = set_scene(fixture);
    assert_int_equal(scene.anna_old, 1001);
    assert_int_equal(scene.bo_tie, 1007);
}

static void test_own_only_sees_own_tickets(void **state)
{
    struct fixture *fixture = *state;
    struct scene scene = set_scene(fixture);
    struct viewer anna = as_contact(fixture->anna, 0);
    ASSERT_LIST(anna, ((struct ticket_query){.status = TICKET_ANY}), scene.anna_new, scene.anna_old);
    ASSERT_LIST(anna, ((struct ticket_query){.status = TICKET_OPEN}), scene.anna_old);
    ASSERT_LIST(anna, ((struct ticket_query){.status = TICKET_CLOSED}), scene.anna_new);
    assert_list(fixture, as_contact(fixture->mia, 0), (struct ticket_query){.status = TICKET_ANY}, NULL, 0);
}

static void test_the_company_view_has_each_ticket_once_newest_first(void **state)
{
    struct fixture *fixture = *state;
    struct scene scene = set_scene(fixture);
    struct viewer anna = as_contact(fixture->anna, fixture->acme);
    ASSERT_LIST(anna, ((struct ticket_query){.status = TICKET_ANY}), scene.bo_tie, scene.cleo, scene.anna_new,
                scene.bo_closed, scene.anna_old);
    ASSERT_LIST(anna, ((struct ticket_query){.status = TICKET_OPEN}), scene.bo_tie, scene.cleo,
                scene.anna_old);
    ASSERT_LIST(anna, ((struct ticket_query){.status = TICKET_CLOSED}), scene.anna_new, scene.bo_closed);
    ASSERT_LIST(anna, ((struct ticket_query){.status = TICKET_ANY, .view = TICKETS_MINE}), scene.anna_new,
                scene.anna_old);
}

static void test_own_tickets_of_another_company_stay_in_the_view(void **state)
{
    struct fixture *fixture = *state;
    struct scene scene = set_scene(fixture);
    /* Dan changed from Birch to Acme: his old ticket belongs to Birch, and is his. */
    struct viewer dan = as_contact(fixture->dan, fixture->acme);
    ASSERT_LIST(dan, ((struct ticket_query){.status = TICKET_OPEN}), scene.bo_tie, scene.cleo, scene.dan,
                scene.anna_old);
    ASSERT_LIST(dan, ((struct ticket_query){.status = TICKET_ANY}), scene.bo_tie, scene.cleo, scene.dan,
                scene.anna_new, scene.bo_closed, scene.anna_old);
}

static void test_staff_see_all_and_what_they_own(void **state)
{
    struct fixture *fixture = *state;
    struct scene scene = set_scene(fixture);
    struct viewer mia = as_staff(fixture->mia);
    ASSERT_LIST(mia, ((struct ticket_query){.status = TICKET_ANY}), scene.bo_tie, scene.cleo, scene.eve,
                scene.dan, scene.anna_new, scene.bo_closed, scene.anna_old);
    ASSERT_LIST(mia, ((struct ticket_query){.status = TICKET_CLOSED}), scene.anna_new, scene.bo_closed);
    ASSERT_LIST(mia, ((struct ticket_query){.status = TICKET_ANY, .view = TICKETS_MINE}), scene.dan,
                scene.bo_closed, scene.anna_old);
    ASSERT_LIST(mia, ((struct ticket_query){.status = TICKET_OPEN, .view = TICKETS_MINE}), scene.dan,
                scene.anna_old);
}

static void test_a_limit_out_of_range_is_refused(void **state)
{
    struct fixture *fixture = *state;
    struct ticket *tickets;
    size_t count;
    struct viewer mia = as_staff(fixture->mia);
    struct ticket_query query = {.limit = 0};
    assert_int_equal(ticket_list(fixture->store, fixture->arena, &mia, &query, &tickets, &count),
                     RC_BAD_INPUT);
    query.limit = 101;
    assert_int_equal(ticket_list(fixture->store, fixture->arena, &mia, &query, &tickets, &count),
                     RC_BAD_INPUT);
}

static void test_a_ticket_has_its_people_and_settings(void **state)
{
    struct fixture *fixture = *state;
    struct ticket ticket;
    struct viewer bo = as_contact(fixture->bo, fixture->acme);
    int64_t number = fixture_import(fixture, fixture->anna, fixture->mia, T0, T0 + 9);
    assert_int_equal(ticket_get(fixture->store, fixture->arena, &bo, number, &ticket), RC_OK);
    assert_int_equal(ticket.number, number);
    assert_string_equal(ticket.subject, "Imported");
    assert_int_equal(ticket.requester_id, fixture->anna);
    assert_string_equal(ticket.requester_first_name, "Anna");
    assert_string_equal(ticket.requester_last_name, "Test");
    assert_string_equal(ticket.company_name, "Acme");
    assert_string_equal(ticket.owner_first_name, "Mia");
    assert_string_equal(ticket.inbox, "support");
    assert_string_equal(ticket.pipeline, "support");
    assert_string_equal(ticket.stage, "new");
    assert_null(ticket.category);
    assert_null(ticket.priority);
    assert_true(ticket.closed);
    assert_int_equal(ticket.created_at, T0);
    assert_int_equal(ticket.last_activity_at, T0);
    assert_int_equal(ticket.closed_at, T0 + 9);
}

static enum rc get(struct fixture *fixture, struct viewer viewer, int64_t number)
{
    struct ticket ticket;
    struct message *messages;
    size_t count;
    enum rc rc = ticket_get(fixture->store, fixture->arena, &viewer, number, &ticket);
    assert_int_equal(ticket_messages(fixture->store, fixture->arena, &viewer, number, &messages, &count), rc);
    return rc;
}

/* T17, T18, T22 */
static void test_what_is_not_yours_is_not_there(void **state)
{
    struct fixture *fixture = *state;
    int64_t number = fixture_ticket(fixture, fixture->anna, "Mine", T0);
    assert_int_equal(get(fixture, as_contact(fixture->anna, 0), number), RC_OK);
    assert_int_equal(get(fixture, as_contact(fixture->bo, 0), number), RC_NOT_FOUND);
    assert_int_equal(get(fixture, as_contact(fixture->bo, fixture->acme), number), RC_OK);
    assert_int_equal(get(fixture, as_contact(fixture->dan, fixture->birch), number), RC_NOT_FOUND);
    assert_int_equal(get(fixture, as_contact(fixture->eve, 0), number), RC_NOT_FOUND);
    assert_int_equal(get(fixture, as_contact(fixture->mia, 0), number), RC_NOT_FOUND);
    assert_int_equal(get(fixture, as_staff(fixture->mia), number), RC_OK);
    assert_int_equal(get(fixture, as_staff(fixture->mia), number + 1), RC_NOT_FOUND);
}

static void test_nobodys_company_is_not_a_company(void **state)
{
    struct fixture *fixture = *state;
    int64_t number = fixture_ticket(fixture, fixture->eve, "Eve has no company", T0);
    assert_int_equal(get(fixture, as_contact(fixture->anna, 0), number), RC_NOT_FOUND);
    assert_list(fixture, as_contact(fixture->anna, 0), (struct ticket_query){.status = TICKET_ANY}, NULL, 0);
}

static struct file kept_file(struct fixture *fixture, const char *name, const char *text)
{
    struct file_writer *writer;
    struct file file = {.name = name, .type = "text/plain"};
    char id[23];
    assert_int_equal(file_begin(fixture->store, &writer), RC_OK);
    assert_int_equal(file_write(writer, text, strlen(text)), RC_OK);
    assert_int_equal(file_keep(writer, id, &file.size, file.sha256), RC_OK);
    file.id = arena_strdup(fixture->arena, id);
    return file;
}

struct talk {
    int64_t number;
    struct file open_file, note_file;
};

/* Two public messages around an internal note; the first and the note have a file. */
static struct talk set_talk(struct fixture *fixture)
{
    struct talk talk = {.open_file = kept_file(fixture, "log.txt", "hello"),
                        .note_file = kept_file(fixture, "secret.txt", "psst")};
    struct import_ticket ticket = {
        .ticket = fixture_new_ticket("Talk"), .requester_id = fixture->anna, .created_at = T0};
    struct new_message first = {.body = "It broke.", .files = &talk.open_file, .file_count = 1};
    struct new_message note = {.body = "They are late payers.", .files = &talk.note_file, .file_count = 1};
    struct new_message last = {.body = "Mended."};
    struct import *import = import_begin(fixture->store);
    import_ticket(import, &ticket, &talk.number);
    import_message(import, talk.number, fixture->anna, false, &first, T0);
    import_message(import, talk.number, fixture->mia, false, &last, T0 + 10);
    import_message(import, talk.number, fixture->mia, true, &note, T0 + 20);
    assert_int_equal(import_end(import, true, T0), RC_OK);
    return talk;
}

static void test_a_conversation_is_in_order_with_its_files(void **state)
{
    struct fixture *fixture = *state;
    struct message *messages;
    size_t count;
    struct talk talk = set_talk(fixture);
    struct viewer mia = as_staff(fixture->mia);
    assert_int_equal(ticket_messages(fixture->store, fixture->arena, &mia, talk.number, &messages, &count),
                     RC_OK);
    assert_int_equal(count, 3);
    assert_string_equal(messages[0].body, "It broke.");
    assert_string_equal(messages[0].author_first_name, "Anna");
    assert_false(messages[0].staff);
    assert_int_equal(messages[0].file_count, 1);
    assert_string_equal(messages[0].files[0].id, talk.open_file.id);
    assert_string_equal(messages[0].files[0].name, "log.txt");
    assert_string_equal(messages[0].files[0].type, "text/plain");
    assert_int_equal(messages[0].files[0].size, 5);
    assert_true(messages[1].staff);
    assert_int_equal(messages[1].file_count, 0);
    assert_int_equal(messages[1].created_at, T0 + 10);
    assert_true(messages[2].internal);
    assert_int_equal(messages[2].file_count, 1);
}

/* T21 */
static void test_an_internal_note_never_reaches_a_contact(void **state)
{
    struct fixture *fixture = *state;
    struct message *messages;
    struct ticket ticket;
    struct file file;
    size_t count;
    struct talk talk = set_talk(fixture);
    struct viewer anna = as_contact(fixture->anna, fixture->acme), mia = as_staff(fixture->mia);
    assert_int_equal(ticket_messages(fixture->store, fixture->arena, &anna, talk.number, &messages, &count),
                     RC_OK);
    assert_int_equal(count, 2);
    for (size_t i = 0; i < count; i++)
        assert_false(messages[i].internal);
    assert_int_equal(messages[0].file_count, 1);
    assert_int_equal(ticket_get(fixture->store, fixture->arena, &anna, talk.number, &ticket), RC_OK);
    assert_int_equal(ticket.last_activity_at, T0 + 10);
    assert_int_equal(
        ticket_file(fixture->store, fixture->arena, &anna, talk.number, talk.note_file.id, &file),
        RC_NOT_FOUND);
    assert_int_equal(ticket_file(fixture->store, fixture->arena, &mia, talk.number, talk.note_file.id, &file),
                     RC_OK);
}

static void test_a_ticket_of_notes_only_is_visible_and_empty(void **state)
{
    struct fixture *fixture = *state;
    struct message *messages;
    size_t count = 9;
    int64_t number;
    struct import_ticket ticket = {
        .ticket = fixture_new_ticket("Notes"), .requester_id = fixture->anna, .created_at = T0};
    struct new_message note = {.body = "Called them."};
    struct import *import = import_begin(fixture->store);
    import_ticket(import, &ticket, &number);
    import_message(import, number, fixture->mia, true, &note, T0 + 1);
    assert_int_equal(import_end(import, true, T0), RC_OK);
    struct viewer anna = as_contact(fixture->anna, 0);
    assert_int_equal(ticket_messages(fixture->store, fixture->arena, &anna, number, &messages, &count),
                     RC_OK);
    assert_int_equal(count, 0);
}

/* T19 */
static void test_a_file_belongs_to_its_ticket_and_viewer(void **state)
{
    struct fixture *fixture = *state;
    struct file file;
    struct talk talk = set_talk(fixture);
    int64_t other = fixture_ticket(fixture, fixture->anna, "Other", T0);
    struct viewer anna = as_contact(fixture->anna, 0), dan = as_contact(fixture->dan, fixture->birch);
    struct store *store = fixture->store;
    assert_int_equal(ticket_file(store, fixture->arena, &anna, talk.number, talk.open_file.id, &file), RC_OK);
    assert_string_equal(file.name, "log.txt");
    assert_int_equal(ticket_file(store, fixture->arena, &anna, other, talk.open_file.id, &file),
                     RC_NOT_FOUND);
    assert_int_equal(ticket_file(store, fixture->arena, &dan, talk.number, talk.open_file.id, &file),
                     RC_NOT_FOUND);
    assert_int_equal(ticket_file(store, fixture->arena, &anna, talk.number, "../guichet.db", &file),
                     RC_NOT_FOUND);
}

static void test_an_import_is_kept_whole_or_not_at_all(void **state)
{
    struct fixture *fixture = *state;
    int64_t number, id;
    struct import_ticket ticket = {
        .ticket = fixture_new_ticket("Gone"), .requester_id = fixture->anna, .created_at = T0};
    struct person again = {.email = "ANNA@test.example", .first_name = "A", .last_name = "", .locale = "en"};
    struct import *import = import_begin(fixture->store);
    assert_int_equal(import_ticket(import, &ticket, &number), RC_OK);
    assert_int_equal(import_person(import, &again, T0, &id), RC_CONFLICT);
    assert_int_equal(import_end(import, true, T0), RC_CONFLICT);
    assert_int_equal(get(fixture, as_staff(fixture->mia), number), RC_NOT_FOUND);
    ticket.requester_id = 9999;
    import = import_begin(fixture->store);
    assert_int_equal(import_ticket(import, &ticket, &number), RC_NOT_FOUND);
    assert_int_equal(import_end(import, false, T0), RC_NOT_FOUND);
}

#define WITH_STORE(test) cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)

/* A reply moves its ticket to the top of the list: pages read one after the other would skip it. */
static bool reply_meanwhile(void *context, const struct ticket *ticket)
{
    void **two = context;
    struct fixture *fixture = two[0];
    struct walked *walked = two[1];
    if (walked->count == 0) {
        const struct new_message message = {.body = "Up"};
        const struct reply_rules rules = {0};
        const struct viewer mia = {.person_id = fixture->mia, .staff = true};
        struct reply_made made = {0};
        assert_int_equal(
            ticket_reply(fixture->store, &mia, walked->enough, &message, &rules, NULL, T0 + 99999, &made),
            RC_OK);
    }
    walked->numbers[walked->count++] = ticket->number;
    return true;
}

static void test_a_walk_shows_all_tickets_as_one_moment_has_them(void **state)
{
    struct fixture *fixture = *state;
    const struct viewer mia = {.person_id = fixture->mia, .staff = true};
    const struct ticket_query all = {.status = TICKET_ANY};
    struct scene scene = set_scene(fixture);
    struct walked before = {0}, during = {.enough = (size_t)scene.anna_old}, after = {0};
    assert_int_equal(ticket_walk(fixture->store, &mia, &all, note_number, &before), RC_OK);
    void *context[] = {fixture, &during};
    assert_int_equal(ticket_walk(fixture->store, &mia, &all, reply_meanwhile, context), RC_OK);
    assert_int_equal(during.count, before.count);
    assert_memory_equal(during.numbers, before.numbers, before.count * sizeof before.numbers[0]);
    assert_int_equal(ticket_walk(fixture->store, &mia, &all, note_number, &after), RC_OK);
    assert_int_equal(after.numbers[0], scene.anna_old);
}

static void test_a_walk_ends_when_its_visitor_has_enough(void **state)
{
    struct fixture *fixture = *state;
    const struct viewer mia = {.person_id = fixture->mia, .staff = true};
    const struct ticket_query all = {.status = TICKET_ANY};
    struct walked walked = {.enough = 2};
    set_scene(fixture);
    assert_int_equal(ticket_walk(fixture->store, &mia, &all, note_number, &walked), RC_OK);
    assert_int_equal(walked.count, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_STORE(test_numbers_count_up_from_1001),
        WITH_STORE(test_own_only_sees_own_tickets),
        WITH_STORE(test_the_company_view_has_each_ticket_once_newest_first),
        WITH_STORE(test_own_tickets_of_another_company_stay_in_the_view),
        WITH_STORE(test_staff_see_all_and_what_they_own),
        WITH_STORE(test_a_walk_shows_all_tickets_as_one_moment_has_them),
        WITH_STORE(test_a_walk_ends_when_its_visitor_has_enough),
        WITH_STORE(test_a_limit_out_of_range_is_refused),
        WITH_STORE(test_a_ticket_has_its_people_and_settings),
        WITH_STORE(test_what_is_not_yours_is_not_there),
        WITH_STORE(test_nobodys_company_is_not_a_company),
        WITH_STORE(test_a_conversation_is_in_order_with_its_files),
        WITH_STORE(test_an_internal_note_never_reaches_a_contact),
        WITH_STORE(test_a_ticket_of_notes_only_is_visible_and_empty),
        WITH_STORE(test_a_file_belongs_to_its_ticket_and_viewer),
        WITH_STORE(test_an_import_is_kept_whole_or_not_at_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
