/* A data folder is opened by one process, brought to the known shape, and swept of what a crash left. */
#include "api_store_fixture.h"

#include "../../api/store/migrations.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

struct folder {
    char dir[64];
    char said[512]; /* what the last refused opening said */
};

static int make_folder(void **state)
{
    struct folder *folder = calloc(1, sizeof *folder);
    assert_non_null(folder);
    strcpy(folder->dir, "/tmp/guichet-open-XXXXXX");
    assert_non_null(mkdtemp(folder->dir));
    *state = folder;
    return 0;
}

static int remove_folder(void **state)
{
    struct folder *folder = *state;
    fs_remove_tree(folder->dir);
    free(folder);
    return 0;
}

static struct store *open_store(struct folder *folder, struct store_options options)
{
    struct diag *diag = diag_new();
    struct store *store = store_open(folder->dir, &options, diag);
    memset(folder->said, 0, sizeof folder->said);
    FILE *out = fmemopen(folder->said, sizeof folder->said - 1, "w");
    diag_print(diag, out);
    fclose(out);
    assert_int_equal(diag_errors(diag), store ? 0 : 1);
    diag_free(diag);
    return store;
}

static const struct store_options create = {.create = true};
static const struct store_options fresh = {.create = true, .fresh = true};
static const struct store_options existing = {0};

static void path_in(const struct folder *folder, const char *name, char path[160])
{
    snprintf(path, 160, "%s/%s", folder->dir, name);
}

static void put_file(const struct folder *folder, const char *name, int64_t age_s)
{
    char path[160];
    path_in(folder, name, path);
    assert_int_equal(fs_write(path, "x", 1, false), 0);
    struct timespec times[2];
    clock_gettime(CLOCK_REALTIME, &times[0]);
    times[0].tv_sec -= age_s;
    times[1] = times[0];
    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

static bool is_there(const struct folder *folder, const char *name)
{
    char path[160];
    path_in(folder, name, path);
    return access(path, F_OK) == 0;
}

static void test_a_missing_store_is_not_made_by_itself(void **state)
{
    struct folder *folder = *state;
    assert_null(open_store(folder, existing));
    assert_non_null(strstr(folder->said, "no store here"));
    assert_false(is_there(folder, "guichet.db"));
}

static void test_a_made_store_opens_again(void **state)
{
    struct folder *folder = *state;
    struct store *store = open_store(folder, create);
    assert_non_null(store);
    assert_int_equal(store_ping(store), RC_OK);
    assert_string_equal(store_dir(store), folder->dir);
    store_close(store);
    store = open_store(folder, existing);
    assert_non_null(store);
    assert_int_equal(store_ping(store), RC_OK);
    store_close(store);
    /* The writer closed last and left nothing behind that only a reader could have. */
    assert_false(is_there(folder, "guichet.db-wal"));
}

static void test_a_missing_folder_is_made_for_its_owner_only(void **state)
{
    struct folder *folder = *state;
    strcat(folder->dir, "/deep");
    struct store *store = open_store(folder, create);
    assert_non_null(store);
    struct stat found;
    assert_int_equal(stat(folder->dir, &found), 0);
    assert_int_equal(found.st_mode & 0777, 0700);
    store_close(store);
    *strrchr(folder->dir, '/') = '\0';
}

static void test_its_files_are_for_their_owner_only(void **state)
{
    static const char *const names[] = {"guichet.db", "guichet.db-wal", "guichet.db-shm",
                                        "lock",       "files",          "mail"};
    struct folder *folder = *state;
    struct store *store = open_store(folder, create);
    assert_non_null(store);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char path[160];
        struct stat found;
        path_in(folder, names[i], path);
        assert_int_equal(stat(path, &found), 0);
        assert_int_equal(found.st_mode & 077, 0);
    }
    store_close(store);
}

static void test_fresh_refuses_a_store(void **state)
{
    struct folder *folder = *state;
    store_close(open_store(folder, fresh));
    assert_null(open_store(folder, fresh));
    assert_non_null(strstr(folder->said, "holds a store already"));
}

static void test_a_held_store_is_refused_with_its_holder(void **state)
{
    char holder[64];
    struct folder *folder = *state;
    struct store *store = open_store(folder, create);
    assert_null(open_store(folder, existing));
    snprintf(holder, sizeof holder, "held by another guichet-api (process %ld)", (long)getpid());
    assert_non_null(strstr(folder->said, holder));
    store_close(store);
    store_close(open_store(folder, existing));
}

static void test_a_killed_holder_holds_nothing(void **state)
{
    struct folder *folder = *state;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct store *store = open_store(folder, create);
        _exit(store ? 0 : 1);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    struct store *store = open_store(folder, existing);
    assert_non_null(store);
    store_close(store);
}

static void run_sql(const struct folder *folder, const char *sql)
{
    char path[160];
    sqlite3 *sqlite;
    path_in(folder, "guichet.db", path);
    assert_int_equal(sqlite3_open(path, &sqlite), SQLITE_OK);
    assert_int_equal(sqlite3_exec(sqlite, sql, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_close(sqlite), SQLITE_OK);
}

static void test_a_newer_store_is_refused_untouched(void **state)
{
    struct folder *folder = *state;
    store_close(open_store(folder, create));
    run_sql(folder, "PRAGMA user_version = 99");
    assert_null(open_store(folder, existing));
    assert_non_null(strstr(folder->said, "made by a newer version (99; this program knows up to"));
}

static void test_a_foreign_database_is_refused(void **state)
{
    struct folder *folder = *state;
    run_sql(folder, "CREATE TABLE stranger (x)");
    assert_null(open_store(folder, create));
    assert_non_null(strstr(folder->said, "was not made by guichet-api"));
}

static void test_a_broken_database_is_refused(void **state)
{
    char path[160];
    struct folder *folder = *state;
    path_in(folder, "guichet.db", path);
    assert_int_equal(fs_write(path, "this is no database, whatever its name says", 43, false), 0);
    assert_null(open_store(folder, create));
    assert_non_null(strstr(folder->said, "guichet.db"));
}

static void test_what_a_crash_left_is_removed(void **state)
{
    struct folder *folder = *state;
    store_close(open_store(folder, create));
    put_file(folder, "files/tmp/AAAAAAAAAAAAAAAAAAAAAA", 0);
    put_file(folder, "files/BBBBBBBBBBBBBBBBBBBBBB", 60);
    put_file(folder, "files/CCCCCCCCCCCCCCCCCCCCCC",
             -60);                           /* kept after the start: its row may be on its way */
    put_file(folder, "files/notes.txt", 60); /* not ours */
    store_close(open_store(folder, existing));
    assert_false(is_there(folder, "files/tmp/AAAAAAAAAAAAAAAAAAAAAA"));
    assert_false(is_there(folder, "files/BBBBBBBBBBBBBBBBBBBBBB"));
    assert_true(is_there(folder, "files/CCCCCCCCCCCCCCCCCCCCCC"));
    assert_true(is_there(folder, "files/notes.txt"));
}

static int version_of(sqlite3 *sqlite)
{
    sqlite3_stmt *stmt = NULL;
    assert_int_equal(sqlite3_prepare_v2(sqlite, "PRAGMA user_version", -1, &stmt, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    int version = sqlite3_column_int(stmt, 0);
    sqlite3_finalize(stmt);
    return version;
}

static bool migrate(sqlite3 *sqlite, const struct migration *list, size_t count)
{
    struct diag *diag = diag_new();
    bool good = migrations_run(sqlite, "data", list, count, diag);
    assert_int_equal(diag_errors(diag), good ? 0 : 1);
    diag_free(diag);
    return good;
}

static void test_a_migration_happens_whole_or_not_at_all(void **state)
{
    static const struct migration list[] = {
        {"0001_one", "CREATE TABLE one (x INTEGER PRIMARY KEY) STRICT"},
        {"0002_breaks", "CREATE TABLE two (x INT) STRICT; INSERT INTO nowhere VALUES (1)"},
        {"0002_dangles", "CREATE TABLE two (x INT REFERENCES one (x)) STRICT; INSERT INTO two VALUES (7)"},
        {"0002_two", "CREATE TABLE two (x INT) STRICT"},
    };
    (void)state;
    sqlite3 *sqlite;
    assert_int_equal(sqlite3_open(":memory:", &sqlite), SQLITE_OK);
    struct migration steps[] = {list[0], list[1]};
    assert_false(migrate(sqlite, steps, 2));
    assert_int_equal(version_of(sqlite), 1);
    steps[1] = list[2];
    assert_false(migrate(sqlite, steps, 2));
    assert_int_equal(version_of(sqlite), 1);
    steps[1] = list[3];
    assert_true(migrate(sqlite, steps, 2)); /* "two" was not left behind by the failed ones */
    assert_int_equal(version_of(sqlite), 2);
    assert_true(migrate(sqlite, steps, 2));
    assert_false(migrate(sqlite, steps, 1));
    sqlite3_close(sqlite);
}

static void test_random_ids_are_22_characters_and_differ(void **state)
{
    (void)state;
    char one[23], two[23];
    store_random_id(one);
    store_random_id(two);
    assert_int_equal(strlen(one), 22);
    assert_int_equal(strspn(one, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"), 22);
    assert_string_not_equal(one, two);
}

#define WITH_FOLDER(test) cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_FOLDER(test_a_missing_store_is_not_made_by_itself),
        WITH_FOLDER(test_a_made_store_opens_again),
        WITH_FOLDER(test_a_missing_folder_is_made_for_its_owner_only),
        WITH_FOLDER(test_its_files_are_for_their_owner_only),
        WITH_FOLDER(test_fresh_refuses_a_store),
        WITH_FOLDER(test_a_held_store_is_refused_with_its_holder),
        WITH_FOLDER(test_a_killed_holder_holds_nothing),
        WITH_FOLDER(test_a_newer_store_is_refused_untouched),
        WITH_FOLDER(test_a_foreign_database_is_refused),
        WITH_FOLDER(test_a_broken_database_is_refused),
        WITH_FOLDER(test_what_a_crash_left_is_removed),
        cmocka_unit_test(test_a_migration_happens_whole_or_not_at_all),
        cmocka_unit_test(test_random_ids_are_22_characters_and_differ),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
