/* Statements are compiled where there is room, however little the thread has that wants one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../api/store/prepare.h"

#include <pthread.h>

enum { MEBIBYTE = 1024 * 1024 };

/* SQLite asks it in the middle of compiling. `context`: how large a stack it is on. */
static int note_stack(void *context, int action, const char *one, const char *two, const char *name,
                      const char *by)
{
    pthread_attr_t attributes;
    (void)action, (void)one, (void)two, (void)name, (void)by;
    assert_int_equal(pthread_getattr_np(pthread_self(), &attributes), 0);
    assert_int_equal(pthread_attr_getstacksize(&attributes, context), 0);
    pthread_attr_destroy(&attributes);
    return SQLITE_OK;
}

static void *prepare_one(void *sqlite)
{
    sqlite3_stmt *stmt = NULL;
    int code = prepare(sqlite, "SELECT 1", &stmt);
    sqlite3_finalize(stmt);
    return code == SQLITE_OK ? sqlite : NULL;
}

static void a_thread_with_a_small_stack_has_them_compiled_on_a_large_one(void **state)
{
    sqlite3 *sqlite;
    pthread_t thread;
    pthread_attr_t attributes;
    void *done = NULL;
    size_t size = 0;
    (void)state;
    assert_int_equal(sqlite3_open(":memory:", &sqlite), SQLITE_OK);
    sqlite3_set_authorizer(sqlite, note_stack, &size);
    assert_int_equal(pthread_attr_init(&attributes), 0);
    assert_int_equal(pthread_attr_setstacksize(&attributes, MEBIBYTE / 10), 0);
    assert_int_equal(pthread_create(&thread, &attributes, prepare_one, sqlite), 0);
    pthread_join(thread, &done);
    pthread_attr_destroy(&attributes);
    assert_ptr_equal(done, sqlite);
    assert_true(size >= 2 * MEBIBYTE);
    sqlite3_close(sqlite);
}

static void what_is_wrong_with_a_statement_is_told(void **state)
{
    sqlite3 *sqlite;
    sqlite3_stmt *stmt;
    (void)state;
    assert_int_equal(sqlite3_open(":memory:", &sqlite), SQLITE_OK);
    assert_int_equal(prepare(sqlite, "SELECT FROM nowhere", &stmt), SQLITE_ERROR);
    assert_null(stmt);
    assert_non_null(strstr(sqlite3_errmsg(sqlite), "syntax error"));
    sqlite3_close(sqlite);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_thread_with_a_small_stack_has_them_compiled_on_a_large_one),
        cmocka_unit_test(what_is_wrong_with_a_statement_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
