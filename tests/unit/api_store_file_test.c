/* Attachments: written aside, kept under a random name, gone when dropped. And mail that is owed. */
#include "api_store_fixture.h"

#include <dirent.h>
#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

static size_t entries(const struct fixture *fixture, const char *name)
{
    char path[128];
    size_t count = 0;
    snprintf(path, sizeof path, "%s/%s", fixture->dir, name);
    DIR *dir = opendir(path);
    assert_non_null(dir);
    for (struct dirent *entry = readdir(dir); entry; entry = readdir(dir))
        count += strlen(entry->d_name) == 22;
    closedir(dir);
    return count;
}

static void test_a_kept_file_is_what_was_written(void **state)
{
    struct fixture *fixture = *state;
    struct file_writer *writer;
    char id[23], back[16];
    int64_t size;
    unsigned char sha256[32], wanted[32];
    int fd;
    assert_int_equal(file_begin(fixture->store, &writer), RC_OK);
    assert_int_equal(file_write(writer, "hello ", 6), RC_OK);
    assert_int_equal(file_write(writer, NULL, 0), RC_OK);
    assert_int_equal(file_write(writer, "world", 5), RC_OK);
    assert_int_equal(entries(fixture, "files/tmp"), 1);
    assert_int_equal(file_keep(writer, id, &size, sha256), RC_OK);
    assert_int_equal(size, 11);
    crypto_hash_sha256(wanted, (const unsigned char *)"hello world", 11);
    assert_memory_equal(sha256, wanted, 32);
    assert_int_equal(entries(fixture, "files/tmp"), 0);
    assert_int_equal(file_open(fixture->store, id, &fd), RC_OK);
    assert_int_equal(read(fd, back, sizeof back), 11);
    assert_memory_equal(back, "hello world", 11);
    close(fd);
    file_remove(fixture->store, id);
    assert_int_equal(file_open(fixture->store, id, &fd), RC_NOT_FOUND);
}

static void test_a_dropped_file_is_gone_at_once(void **state)
{
    struct fixture *fixture = *state;
    struct file_writer *writer;
    assert_int_equal(file_begin(fixture->store, &writer), RC_OK);
    assert_int_equal(file_write(writer, "x", 1), RC_OK);
    file_drop(writer);
    assert_int_equal(entries(fixture, "files/tmp"), 0);
    assert_int_equal(entries(fixture, "files"), 0);
}

/* T30 */
static void test_only_our_own_names_are_opened(void **state)
{
    static const char *const names[] = {
        "", "../guichet.db", "tmp", "/etc/passwd", "..", "AAAAAAAAAAAAAAAAAAAAA/", "AAAAAAAAAAAAAAAAAAAAAA",
    };
    struct fixture *fixture = *state;
    int fd;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        assert_int_equal(file_open(fixture->store, names[i], &fd), RC_NOT_FOUND);
    char path[128];
    snprintf(path, sizeof path, "%s/files/AAAAAAAAAAAAAAAAAAAAAA", fixture->dir);
    assert_int_equal(symlink("../guichet.db", path), 0);
    assert_int_not_equal(file_open(fixture->store, "AAAAAAAAAAAAAAAAAAAAAA", &fd), RC_OK);
    file_remove(fixture->store, "../guichet.db");
    snprintf(path, sizeof path, "%s/guichet.db", fixture->dir);
    assert_int_equal(access(path, F_OK), 0);
}

static void test_a_file_with_a_row_outlives_a_restart(void **state)
{
    struct fixture *fixture = *state;
    struct file_writer *writer;
    struct file file = {.name = "a.txt", .type = "text/plain"};
    struct new_ticket ticket = fixture_new_ticket("With a file");
    struct viewer anna = as_contact(fixture->anna, 0);
    char id[23];
    int64_t number;
    bool repeated;
    int fd;
    assert_int_equal(file_begin(fixture->store, &writer), RC_OK);
    assert_int_equal(file_write(writer, "kept", 4), RC_OK);
    assert_int_equal(file_keep(writer, id, &file.size, file.sha256), RC_OK);
    file.id = id;
    ticket.message.files = &file;
    ticket.message.file_count = 1;
    assert_int_equal(ticket_create(fixture->store, &anna, &ticket, NULL, T0, &number, &repeated), RC_OK);
    store_close(fixture->store);
    usleep(5000); /* so that the file is older than the start */
    fixture->store = fixture_open(fixture->dir, (struct store_options){0});
    assert_non_null(fixture->store);
    assert_int_equal(file_open(fixture->store, id, &fd), RC_OK);
    close(fd);
}

static enum rc next_mail(struct fixture *fixture, int64_t now, struct outbox_mail *mail)
{
    return outbox_next(fixture->store, fixture->arena, now, mail);
}

/* T02 */
static void test_a_reset_is_owed_once_and_nobody_learns_to_whom(void **state)
{
    struct fixture *fixture = *state;
    struct outbox_mail mail;
    assert_int_equal(outbox_reset(fixture->store, "nobody@test.example", NULL, T0), RC_OK);
    assert_int_equal(next_mail(fixture, T0, &mail), RC_NOT_FOUND);
    assert_int_equal(outbox_reset(fixture->store, " anna@TEST.example", NULL, T0), RC_OK);
    assert_int_equal(outbox_reset(fixture->store, "anna@test.example", NULL, T0 + 1), RC_OK);
    assert_int_equal(next_mail(fixture, T0 + 1, &mail), RC_OK);
    assert_int_equal(mail.kind, OUTBOX_RESET);
    assert_int_equal(mail.person_id, fixture->anna);
    assert_string_equal(mail.to_address, "Anna@test.example");
    assert_null(mail.inbox);
    assert_null(mail.body);
    assert_int_equal(mail.number, 0);
    assert_int_equal(outbox_sent(fixture->store, &mail, T0 + 2), RC_OK);
    assert_int_equal(next_mail(fixture, T0 + 2, &mail), RC_NOT_FOUND);
    assert_int_equal(outbox_reset(fixture->store, "anna@test.example", NULL, T0 + 3), RC_OK);
    assert_int_equal(next_mail(fixture, T0 + 3, &mail), RC_OK);
}

static void test_failed_mail_waits_and_others_go_first(void **state)
{
    struct fixture *fixture = *state;
    struct outbox_mail mail;
    assert_int_equal(outbox_reset(fixture->store, "anna@test.example", NULL, T0), RC_OK);
    assert_int_equal(outbox_reset(fixture->store, "bo@test.example", NULL, T0), RC_OK);
    assert_int_equal(next_mail(fixture, T0 - 1, &mail), RC_NOT_FOUND);
    assert_int_equal(next_mail(fixture, T0, &mail), RC_OK);
    assert_int_equal(mail.person_id, fixture->anna);
    assert_int_equal(mail.attempts, 0);
    assert_int_equal(outbox_failed(fixture->store, mail.id, "no route", T0 + MINUTE), RC_OK);
    assert_int_equal(next_mail(fixture, T0, &mail), RC_OK);
    assert_int_equal(mail.person_id, fixture->bo);
    assert_int_equal(outbox_sent(fixture->store, &mail, T0), RC_OK);
    assert_int_equal(outbox_sent(fixture->store, &mail, T0), RC_NOT_FOUND);
    assert_int_equal(next_mail(fixture, T0 + MINUTE - 1, &mail), RC_NOT_FOUND);
    assert_int_equal(next_mail(fixture, T0 + MINUTE, &mail), RC_OK);
    assert_int_equal(mail.person_id, fixture->anna);
    assert_int_equal(mail.attempts, 1);
}

#define WITH_STORE(test) cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_STORE(test_a_kept_file_is_what_was_written),
        WITH_STORE(test_a_dropped_file_is_gone_at_once),
        WITH_STORE(test_only_our_own_names_are_opened),
        WITH_STORE(test_a_file_with_a_row_outlives_a_restart),
        WITH_STORE(test_a_reset_is_owed_once_and_nobody_learns_to_whom),
        WITH_STORE(test_failed_mail_waits_and_others_go_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
