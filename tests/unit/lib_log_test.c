#include "lib_test.h"

#include "../../lib/log.h"

#include <fcntl.h>
#include <pthread.h>
#include <unistd.h>

/* Standard error leads into a packet pipe while a test runs: one read() is what one write() wrote. */
struct capture {
    int saved;
    int pipe[2];
};

static int capture_setup(void **state)
{
    struct capture *capture = calloc(1, sizeof *capture);
    *state = capture;
    if (!capture || pipe2(capture->pipe, O_DIRECT | O_CLOEXEC) != 0 ||
        fcntl(capture->pipe[0], F_SETFL, O_NONBLOCK) != 0)
        return -1;
    capture->saved = dup(STDERR_FILENO);
    return dup2(capture->pipe[1], STDERR_FILENO) < 0;
}

static int capture_teardown(void **state)
{
    struct capture *capture = *state;
    log_set_level(LOG_INFO);
    dup2(capture->saved, STDERR_FILENO);
    close(capture->saved);
    close(capture->pipe[0]);
    close(capture->pipe[1]);
    free(capture);
    return 0;
}

/* The next line; NULL: there is none. */
static char *written(struct capture *capture)
{
    static char line[LOG_LINE_MAX + 1];
    ssize_t len = read(capture->pipe[0], line, sizeof line - 1);
    if (len <= 0)
        return NULL;
    line[len] = '\0';
    return line;
}

enum { TIME_LEN = sizeof "2026-11-22T10:15:03.120Z" - 1 };

static void a_line_is_time_level_event_and_pairs(void **state)
{
    log_event(LOG_INFO, "request", "method", "GET", "path", "/api/v1/tickets", "status", "200", NULL);
    const char *line = written(*state);
    assert_non_null(line);
    for (int i = 0; i < TIME_LEN; i++) {
        char form = "dddd-dd-ddTdd:dd:dd.dddZ"[i];
        assert_true(form == 'd' ? line[i] >= '0' && line[i] <= '9' : line[i] == form);
    }
    assert_string_equal(line + TIME_LEN, " info  request method=GET path=/api/v1/tickets status=200\n");
    assert_null(written(*state));
}

static void values_are_escaped_so_that_a_line_stays_a_line(void **state)
{
    log_event(LOG_ERROR, "refused", "why", "a \"b\"\nlevel=info", "who", NULL, "empty", "", NULL);
    assert_string_equal(written(*state) + TIME_LEN,
                        " error refused why=\"a \\\"b\\\"\\nlevel=info\" who=- empty=\"\"\n");
}

static void lines_above_the_level_are_dropped(void **state)
{
    log_event(LOG_DEBUG, "detail", NULL);
    assert_null(written(*state));
    log_set_level(LOG_DEBUG);
    log_event(LOG_DEBUG, "detail", NULL);
    assert_string_equal(written(*state) + TIME_LEN, " debug detail\n");
    log_set_level(LOG_ERROR);
    log_event(LOG_WARNING, "careful", NULL);
    assert_null(written(*state));
}

static void a_long_value_is_cut_between_characters(void **state)
{
    char value[3001];
    for (size_t i = 0; i < 3000; i += 3)
        memcpy(value + i, "\xE2\x82\xAC", 3);
    value[3000] = '\0';
    log_event(LOG_WARNING, "long", "value", value, "next", "1", NULL);
    const char *line = written(*state);
    assert_null(strstr(line, "\xEF\xBF\xBD"));
    assert_non_null(strstr(line, "\xE2\x82\xAC\"... next=1\n"));
    assert_true(strlen(line) < 600);
}

static void a_long_line_is_cut_to_what_a_pipe_takes_whole(void **state)
{
    char controls[600];
    memset(controls, 1, sizeof controls - 1);
    controls[sizeof controls - 1] = '\0';
    log_event(LOG_INFO, "long", "a", controls, "b", controls, "c", controls, "d", "last", NULL);
    const char *line = written(*state);
    assert_true(strlen(line) <= LOG_LINE_MAX);
    assert_string_equal(line + strlen(line) - 5, " ...\n");
    assert_null(strstr(line, "last"));
    assert_null(written(*state));
}

static void *log_many(void *value)
{
    for (int i = 0; i < 50; i++)
        log_event(LOG_INFO, "thread", "value", value, NULL);
    return NULL;
}

static void lines_of_many_threads_never_mix(void **state)
{
    enum { THREADS = 4, LINES = 50 * THREADS };
    pthread_t threads[THREADS];
    char value[] = "some-value";
    int lines = 0;
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, log_many, value), 0);
    for (int tries = 0; lines < LINES && tries < 10000; tries++) {
        const char *line = written(*state);
        if (line) {
            assert_string_equal(line + TIME_LEN, " info  thread value=some-value\n");
            lines++;
        } else {
            usleep(1000);
        }
    }
    assert_int_equal(lines, LINES);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
}

int main(void)
{
#define log_test(test) cmocka_unit_test_setup_teardown(test, capture_setup, capture_teardown)
    const struct CMUnitTest tests[] = {
        log_test(a_line_is_time_level_event_and_pairs),
        log_test(values_are_escaped_so_that_a_line_stays_a_line),
        log_test(lines_above_the_level_are_dropped),
        log_test(a_long_value_is_cut_between_characters),
        log_test(a_long_line_is_cut_to_what_a_pipe_takes_whole),
        log_test(lines_of_many_threads_never_mix),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
