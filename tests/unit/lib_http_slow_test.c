/* T45: bodies that drip, and answers that are read so, give their threads back. */
#include "../../lib/http.h"
#include "wire.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <time.h>

#include <cmocka.h>

enum { GRACE_MS = 800, THREADS = 4 };

static struct http_server *server;
static int port;

static void rest(int ms)
{
    const struct timespec time = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000L};
    nanosleep(&time, NULL);
}

/* How much of the body came, and how it ended; or more than any socket's buffers take. */
static void handle(struct http_request *request, void *context)
{
    enum { LARGE = 64 * 1024 * 1024 };
    char piece[4096];
    int got, total = 0;
    (void)context;
    if (strcmp(http_path(request), "/large") == 0) {
        char *large = calloc(1, LARGE);
        http_respond(request, 200, large, LARGE);
        free(large);
        return;
    }
    while ((got = http_body_read(request, piece, sizeof piece)) > 0)
        total += got;
    const char *text = arena_printf(http_arena(request), "read %d end %d", total, got);
    http_respond(request, 200, text, strlen(text));
}

static int server_make(void **state)
{
    struct diag *diag = diag_new();
    const struct http_options options = {
        .listen = "127.0.0.1:0", .threads = THREADS, .grace_ms = GRACE_MS, .handler = handle};
    (void)state;
    server = http_server_start(&options, diag);
    diag_print(diag, stderr);
    diag_free(diag);
    port = server ? http_server_port(server) : 0;
    return server ? 0 : -1;
}

static int server_end(void **state)
{
    (void)state;
    http_server_stop(server);
    return 0;
}

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int begin(const char *framing)
{
    char head[256];
    int fd = wire_open(port);
    assert_true(fd >= 0);
    snprintf(head, sizeof head, "POST / HTTP/1.1\r\nHost: x\r\n%s\r\n\r\n", framing);
    assert_true(wire_send(fd, head));
    return fd;
}

/* Send this every 100 ms until the server has had enough of so many: -1, it never had within 6 seconds. */
static int64_t drip(const int *fds, int count, int enough, const char *what)
{
    int64_t began = now_ms();
    while (now_ms() - began < 6000) {
        int answered = 0;
        for (int i = 0; i < count; i++) {
            char byte;
            if (recv(fds[i], &byte, 1, MSG_PEEK | MSG_DONTWAIT) > 0)
                answered++;
            else
                wire_send(fds[i], what);
        }
        if (answered >= enough)
            return now_ms() - began;
        rest(100);
    }
    return -1;
}

static void must_be_cut(const char *framing, const char *what)
{
    int fds[THREADS];
    for (int i = 0; i < THREADS; i++)
        fds[i] = begin(framing);
    int64_t lasted = drip(fds, THREADS, THREADS, what);
    assert_in_range(lasted, GRACE_MS / 2, 5000);
    for (int i = 0; i < THREADS; i++) {
        const struct answer *answer = wire_read(fds[i], "POST");
        assert_int_equal(answer->status, 200);
        assert_non_null(strstr(answer->body, "end -1"));
        close(fds[i]);
    }
}

static void test_a_body_that_drips_is_cut_off(void **state)
{
    (void)state;
    must_be_cut("Content-Length: 4000", "x");
}

static void test_so_is_one_in_chunks(void **state)
{
    (void)state;
    must_be_cut("Transfer-Encoding: chunked", "1\r\nx\r\n");
}

/* The server underneath would wait 20 seconds for each of them, longer than wire_ask() does. */
static void test_an_answer_that_nobody_reads_is_cut_off(void **state)
{
    int fds[THREADS];
    (void)state;
    for (int i = 0; i < THREADS; i++) {
        fds[i] = wire_open(port);
        assert_true(wire_send(fds[i], "GET /large HTTP/1.1\r\nHost: x\r\n\r\n"));
    }
    assert_int_equal(wire_ask(port, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")->status, 200);
    for (int i = 0; i < THREADS; i++)
        close(fds[i]);
}

static void test_all_threads_serve_afterwards(void **state)
{
    (void)state;
    for (int i = 0; i < 2 * THREADS; i++) {
        int fd = begin("Content-Length: 5");
        assert_true(wire_send(fd, "hello"));
        assert_string_equal(wire_read(fd, "POST")->body, "read 5 end 0");
        close(fd);
    }
}

/* Until they are short no more: then those that are left have the whole grace again. */
static void test_where_threads_are_short_the_grace_is_too(void **state)
{
    enum { MANY = 12, LONG_MS = 30000 };
    int fds[MANY], usual = port;
    struct diag *diag = diag_new();
    const struct http_options options = {
        .listen = "127.0.0.1:0", .threads = MANY, .grace_ms = LONG_MS / 5, .handler = handle};
    struct http_server *crowded = http_server_start(&options, diag);
    (void)state;
    diag_free(diag);
    assert_non_null(crowded);
    port = http_server_port(crowded);
    for (int i = 0; i < MANY; i++)
        fds[i] = begin("Content-Length: 4000");
    assert_in_range(drip(fds, MANY, MANY / 4, "x"), 1, LONG_MS / 5 - 500);
    for (int i = 0; i < MANY; i++)
        close(fds[i]);
    http_server_stop(crowded);
    port = usual;
}

static void test_a_pause_within_the_grace_does_no_harm(void **state)
{
    (void)state;
    int fd = begin("Content-Length: 10");
    assert_true(wire_send(fd, "hello"));
    rest(GRACE_MS / 3);
    assert_true(wire_send(fd, "again"));
    assert_string_equal(wire_read(fd, "POST")->body, "read 10 end 0");
    close(fd);
}

static void test_a_body_that_comes_fast_enough_may_take_its_time(void **state)
{
    static char piece[4096];
    (void)state;
    memset(piece, 'x', sizeof piece);
    int fd = begin("Content-Length: 40960");
    for (int i = 0; i < 10; i++) {
        assert_true(wire_send_bytes(fd, piece, sizeof piece));
        rest(GRACE_MS / 5);
    }
    assert_string_equal(wire_read(fd, "POST")->body, "read 40960 end 0");
    close(fd);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_body_that_drips_is_cut_off),
        cmocka_unit_test(test_so_is_one_in_chunks),
        cmocka_unit_test(test_an_answer_that_nobody_reads_is_cut_off),
        cmocka_unit_test(test_all_threads_serve_afterwards),
        cmocka_unit_test(test_where_threads_are_short_the_grace_is_too),
        cmocka_unit_test(test_a_pause_within_the_grace_does_no_harm),
        cmocka_unit_test(test_a_body_that_comes_fast_enough_may_take_its_time),
    };
    return cmocka_run_group_tests(tests, server_make, server_end);
}
