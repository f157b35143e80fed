/* T52: many readers beside several writers: nobody is told "busy", nobody sees half a change, the WAL stays
 * small. */
#include "api_store_fixture.h"

#include "../../api/store/inside.h"
#include "../../api/store/search.h"

#include <pthread.h>
#include <stdatomic.h>
#include <sys/stat.h>
#include <time.h>

enum { READERS = 50, WRITERS = 8, REPLIES = 40, BODY = 8000 };

struct crowd {
    struct fixture *fixture;
    int64_t number;
    atomic_int writing; /* writers that have not finished */
    atomic_int wrong;   /* answers that should not have been */
};

static void expect(struct crowd *crowd, bool good)
{
    if (!good)
        atomic_fetch_add(&crowd->wrong, 1);
}

static void *write_replies(void *context)
{
    struct crowd *crowd = context;
    struct viewer anna = as_contact(crowd->fixture->anna, 0);
    struct reply_rules rules = {0};
    char body[BODY + 1];
    memset(body, 'x', BODY);
    body[BODY] = '\0';
    struct new_message message = {.body = body};
    for (int i = 0; i < REPLIES; i++) {
        struct reply_made made = {0};
        expect(crowd, ticket_reply(crowd->fixture->store, &anna, crowd->number, &message, &rules, NULL,
                                   T0 + i, &made) == RC_OK);
    }
    atomic_fetch_sub(&crowd->writing, 1);
    return NULL;
}

static void *read_on(void *context)
{
    struct crowd *crowd = context;
    struct viewer anna = as_contact(crowd->fixture->anna, 0);
    size_t seen = 0;
    while (atomic_load(&crowd->writing) > 0) {
        struct message *messages;
        size_t count = 0;
        struct arena *arena = arena_new(0);
        expect(crowd, ticket_messages(crowd->fixture->store, arena, &anna, crowd->number, &messages,
                                      &count) == RC_OK);
        expect(crowd, count >= seen);
        seen = count;
        arena_free(arena);
    }
    return NULL;
}

static void test_fifty_readers_and_eight_writers_get_along(void **state)
{
    struct fixture *fixture = *state;
    struct crowd crowd = {.fixture = fixture, .writing = WRITERS};
    pthread_t threads[READERS + WRITERS];
    crowd.number = fixture_import(fixture, fixture->anna, 0, T0, 0);
    for (int i = 0; i < READERS + WRITERS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, i < READERS ? read_on : write_replies, &crowd), 0);
    for (int i = 0; i < READERS + WRITERS; i++)
        pthread_join(threads[i], NULL);
    assert_int_equal(atomic_load(&crowd.wrong), 0);

    struct message *messages;
    size_t count;
    struct viewer anna = as_contact(fixture->anna, 0);
    assert_int_equal(ticket_messages(fixture->store, fixture->arena, &anna, crowd.number, &messages, &count),
                     RC_OK);
    assert_int_equal(count, 1 + WRITERS * REPLIES);
}

static enum rc write_and_refuse(struct crowd *crowd)
{
    struct conn *conn = db_write(crowd->fixture->store->db);
    audit_add(conn, T0, crowd->fixture->anna, "test.refused", crowd->number, NULL);
    search_add(conn, crowd->number, "vanished");
    return db_end(conn, RC_DENIED);
}

static enum rc write_reply(struct crowd *crowd)
{
    struct viewer anna = as_contact(crowd->fixture->anna, 0);
    struct reply_rules rules = {0};
    struct new_message message = {.body = "it stays"};
    struct reply_made made = {0};
    return ticket_reply(crowd->fixture->store, &anna, crowd->number, &message, &rules, NULL, T0, &made);
}

/* What every other writer wrote is undone in the midst of the others' work. */
static void *write_or_be_refused(void *context)
{
    struct crowd *crowd = context;
    bool refused = atomic_fetch_add(&crowd->writing, 1) % 2;
    for (int i = 0; i < REPLIES; i++)
        expect(crowd, refused ? write_and_refuse(crowd) == RC_DENIED : write_reply(crowd) == RC_OK);
    return NULL;
}

static int64_t count_in(struct fixture *fixture, const char *sql)
{
    struct conn *conn = db_read(fixture->store->db);
    struct query query = query_begin_text(conn, "test", sql);
    int64_t count = query_step(&query) ? query_int(&query, 0) : -1;
    query_end(&query);
    db_done(conn);
    return count;
}

static int64_t found(struct fixture *fixture, const char *word)
{
    struct ticket_counts counts;
    struct viewer mia = as_staff(fixture->mia);
    const struct ticket_query query = {.search = word};
    assert_int_equal(ticket_count_found(fixture->store, fixture->arena, &mia, &query, &counts), RC_OK);
    return counts.open;
}

static void test_writers_that_go_to_disk_together_stand_or_fall_each_by_itself(void **state)
{
    struct fixture *fixture = *state;
    struct crowd crowd = {.fixture = fixture};
    pthread_t threads[2 * WRITERS];
    crowd.number = fixture_import(fixture, fixture->anna, 0, T0, 0);
    for (int i = 0; i < 2 * WRITERS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, write_or_be_refused, &crowd), 0);
    for (int i = 0; i < 2 * WRITERS; i++)
        pthread_join(threads[i], NULL);
    assert_int_equal(atomic_load(&crowd.wrong), 0);
    assert_int_equal(count_in(fixture, "SELECT count(*) FROM audit WHERE action = 'test.refused'"), 0);
    assert_int_equal(count_in(fixture, "SELECT count(*) FROM audit WHERE action = 'ticket.reply'"),
                     WRITERS * REPLIES);
    assert_int_equal(count_in(fixture, "SELECT count(*) FROM message WHERE body = 'it stays'"),
                     WRITERS * REPLIES);
    assert_int_equal(found(fixture, "stays"), 1);
    assert_int_equal(found(fixture, "vanished"), 0);
    assert_int_equal(count_in(fixture, "SELECT count(*) FROM search_data WHERE id > 10") < WRITERS * REPLIES,
                     1);
}

static void *write_one(void *context)
{
    struct crowd *crowd = context;
    expect(crowd, write_reply(crowd) == RC_OK);
    return NULL;
}

static void test_who_can_wait_is_told_that_others_wait_to_write(void **state)
{
    struct fixture *fixture = *state;
    struct crowd crowd = {.fixture = fixture};
    pthread_t thread;
    crowd.number = fixture_import(fixture, fixture->anna, 0, T0, 0);
    struct conn *conn = db_write(fixture->store->db);
    assert_false(store_is_pressed(fixture->store));
    assert_int_equal(pthread_create(&thread, NULL, write_one, &crowd), 0);
    struct timespec moment = {.tv_nsec = 1000000};
    for (int i = 0; i < 5000 && !store_is_pressed(fixture->store); i++)
        nanosleep(&moment, NULL);
    assert_true(store_is_pressed(fixture->store));
    assert_int_equal(db_end(conn, RC_OK), RC_OK);
    pthread_join(thread, NULL);
    assert_false(store_is_pressed(fixture->store));
    assert_int_equal(atomic_load(&crowd.wrong), 0);
}

static off_t wal_size(const struct fixture *fixture)
{
    char path[128];
    struct stat found;
    snprintf(path, sizeof path, "%s/guichet.db-wal", fixture->dir);
    return stat(path, &found) == 0 ? found.st_size : 0;
}

enum { HOLDERS = 3 };

struct holder {
    struct fixture *fixture;
    atomic_bool *done;
};

/* One after the other they see to it that some reader is always at the WAL, so that it never starts anew. */
static void *hold_on_and_on(void *context)
{
    struct holder *holder = context;
    while (!atomic_load(holder->done)) {
        struct timespec pause = {.tv_nsec = 4000000};
        struct conn *conn = db_read(holder->fixture->store->db);
        struct query query = query_begin(conn, SQL_PERSON_BY_ID);
        query_bind_int(&query, ":person", holder->fixture->anna);
        query_step(&query);
        nanosleep(&pause, NULL);
        query_end(&query);
        db_done(conn);
    }
    return NULL;
}

static void write_mebibytes(struct fixture *fixture, int64_t number, int count)
{
    struct viewer anna = as_contact(fixture->anna, 0);
    struct reply_rules rules = {0};
    char *body = malloc((1 << 20) + 1);
    assert_non_null(body);
    memset(body, 'x', 1 << 20);
    body[1 << 20] = '\0';
    struct new_message message = {.body = body};
    for (int i = 0; i < count; i++) {
        struct reply_made made = {0};
        assert_int_equal(ticket_reply(fixture->store, &anna, number, &message, &rules, NULL, T0, &made),
                         RC_OK);
    }
    free(body);
}

static void test_the_wal_stays_bounded_though_somebody_always_reads(void **state)
{
    struct fixture *fixture = *state;
    atomic_bool done = false;
    struct holder holder = {fixture, &done};
    pthread_t threads[HOLDERS];
    int64_t number = fixture_import(fixture, fixture->anna, 0, T0, 0);
    for (int i = 0; i < HOLDERS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, hold_on_and_on, &holder), 0);
    off_t largest = 0;
    for (int i = 0; i < 90; i++) {
        write_mebibytes(fixture, number, 1);
        off_t size = wal_size(fixture);
        largest = size > largest ? size : largest;
    }
    atomic_store(&done, true);
    for (int i = 0; i < HOLDERS; i++)
        pthread_join(threads[i], NULL);
    assert_true(largest < 70 << 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_fifty_readers_and_eight_writers_get_along, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(test_who_can_wait_is_told_that_others_wait_to_write, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(test_writers_that_go_to_disk_together_stand_or_fall_each_by_itself,
                                        fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_the_wal_stays_bounded_though_somebody_always_reads,
                                        fixture_setup, fixture_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
