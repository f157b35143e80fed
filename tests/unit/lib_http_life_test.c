/* The life of a server: its address, its threads, its end. */
#include "../../lib/http.h"
#include "wire.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>

#include <cmocka.h>

#define ASK "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"

static atomic_int entered;  /* handlers that began */
static atomic_bool waiting; /* while true, they stay */

static void rest(int ms)
{
    const struct timespec time = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000L};
    nanosleep(&time, NULL);
}

static void handle(struct http_request *request, void *context)
{
    (void)context;
    atomic_fetch_add(&entered, 1);
    for (int i = 0; i < 1000 && atomic_load(&waiting); i++)
        rest(5);
    http_respond(request, 200, "done", 4);
}

static struct http_server *start(int threads)
{
    struct diag *diag = diag_new();
    const struct http_options options = {.listen = "127.0.0.1:0", .threads = threads, .handler = handle};
    struct http_server *started = http_server_start(&options, diag);
    diag_print(diag, stderr);
    diag_free(diag);
    assert_non_null(started);
    return started;
}

static void assert_says(const struct answer *answer, int status, const char *body)
{
    if (answer->status != status || strcmp(answer->body, body) != 0)
        fail_msg("want %d %s, got %d %s", status, body, answer->status, answer->body);
}

static void when_threads_get_few_nobody_keeps_a_connection(void **state)
{
    (void)state;
    enum { THREADS = 16, BUSY = 12 };
    struct http_server *server = start(THREADS);
    int port = http_server_port(server);
    int kept[THREADS];
    for (int i = 0; i < BUSY; i++) {
        kept[i] = wire_open(port);
        wire_send(kept[i], ASK);
        assert_null(strstr(wire_read(kept[i], "GET")->head, "Connection: close"));
    }
    assert_non_null(strstr(wire_ask(port, ASK)->head, "\r\nConnection: close\r\n"));
    for (int i = 0; i < BUSY; i++)
        close(kept[i]);
    rest(200);
    assert_null(strstr(wire_ask(port, ASK)->head, "Connection: close"));
    http_server_stop(server);
}

static void *stop_later(void *started)
{
    rest(100);
    http_server_stop(started);
    return NULL;
}

static void a_server_that_stops_lets_running_requests_end(void **state)
{
    (void)state;
    struct http_server *other = start(4);
    int at = http_server_port(other);
    pthread_t stopper;
    int before = atomic_load(&entered);
    atomic_store(&waiting, true);

    int running = wire_open(at), late = wire_open(at);
    wire_send(running, ASK);
    for (int i = 0; i < 1000 && atomic_load(&entered) == before; i++)
        rest(5);
    assert_int_equal(pthread_create(&stopper, NULL, stop_later, other), 0);
    rest(300);
    wire_send(late, ASK);
    const struct answer *answer = wire_read(late, "GET");
    assert_says(answer, 503, "503: stopping\n");
    assert_non_null(strstr(answer->head, "\r\nRetry-After: "));

    atomic_store(&waiting, false);
    assert_says(wire_read(running, "GET"), 200, "done");
    pthread_join(stopper, NULL);
    assert_int_equal(wire_open(at), -1);
    close(running);
    close(late);
}

/* Without a knock each end takes two seconds, and all 20 much longer than they have here. */
static void a_server_ends_at_once_though_somebody_keeps_a_connection(void **state)
{
    (void)state;
    alarm(20);
    for (int i = 0; i < 20; i++) {
        struct http_server *server = start(4);
        int kept = wire_open(http_server_port(server));
        wire_send(kept, ASK);
        assert_says(wire_read(kept, "GET"), 200, "done");
        http_server_stop(server);
        close(kept);
    }
    alarm(0);
}

static void assert_not_started(const char *listen, int threads, const char *why)
{
    char *text = NULL;
    size_t len;
    FILE *out = open_memstream(&text, &len);
    struct diag *diag = diag_new();
    const struct http_options options = {.listen = listen, .threads = threads, .handler = handle};
    assert_null(http_server_start(&options, diag));
    assert_int_equal(diag_errors(diag), 1);
    diag_print(diag, out);
    diag_free(diag);
    fclose(out);
    if (!strstr(text, why))
        fail_msg("%s: want \"%s\" in %s", listen, why, text);
    free(text);
}

static void what_cannot_be_listened_on_is_said(void **state)
{
    (void)state;
    char taken[32];
    struct http_server *server = start(1);
    snprintf(taken, sizeof taken, "127.0.0.1:%d", http_server_port(server));
    assert_not_started(taken, 0, "Address already in use");
    http_server_stop(server);
    assert_not_started("192.0.2.1:0", 0, "Cannot assign requested address");
    static const char *const odd[] = {"",           "8080",         "127.0.0.1",     "127.0.0.1:",
                                      "[::1]:8080", "localhost:x",  "127.0.0.1:+80", "127.0.0.1:65536",
                                      "example:80", "127.0.0.1:80x"};
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
        assert_not_started(odd[i], 0, "want an IPv4 address with a port");
    assert_not_started(NULL, 0, "want an IPv4 address with a port");
    assert_not_started("localhost:0", -1, "threads");
}

static void a_server_can_be_started_again(void **state)
{
    (void)state;
    for (int i = 0; i < 2; i++) {
        struct http_server *server = start(0);
        assert_says(wire_ask(http_server_port(server), ASK), 200, "done");
        http_server_stop(server);
    }
    http_server_stop(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(when_threads_get_few_nobody_keeps_a_connection),
        cmocka_unit_test(a_server_that_stops_lets_running_requests_end),
        cmocka_unit_test(a_server_ends_at_once_though_somebody_keeps_a_connection),
        cmocka_unit_test(what_cannot_be_listened_on_is_said),
        cmocka_unit_test(a_server_can_be_started_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
