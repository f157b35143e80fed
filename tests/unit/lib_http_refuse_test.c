/* What the server refuses before any handler is asked: whole requests as bytes, sent to a real server. */
#include "../../lib/http.h"
#include "wire.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

static struct http_server *server;
static int port;
static atomic_int handled;

static void handle(struct http_request *request, void *context)
{
    (void)context;
    atomic_fetch_add(&handled, 1);
    http_respond(request, 200, http_path(request), strlen(http_path(request)));
}

static void refuse(struct http_request *request, int status, const char *code, void *context)
{
    (void)context;
    const char *text = arena_printf(http_arena(request), "{\"code\":\"%s\"}", code);
    http_set(request, "Content-Type", "application/problem+json");
    http_respond(request, status, text, strlen(text));
}

static bool host_is_known(const char *host, void *context)
{
    (void)context;
    return strcmp(host, "known.example") == 0;
}

static struct http_server *start(int threads, int *at)
{
    struct diag *diag = diag_new();
    const struct http_options options = {.listen = "127.0.0.1:0",
                                         .threads = threads,
                                         .idle_ms = 1000,
                                         .host_is_known = host_is_known,
                                         .refuse = refuse,
                                         .handler = handle};
    struct http_server *started = http_server_start(&options, diag);
    diag_print(diag, stderr);
    diag_free(diag);
    assert_non_null(started);
    *at = http_server_port(started);
    return started;
}

static int server_make(void **state)
{
    (void)state;
    server = start(2, &port);
    return 0;
}

static int server_drop(void **state)
{
    (void)state;
    http_server_stop(server);
    return 0;
}

#define HOST "Host: known.example\r\n"
#define GET "GET / HTTP/1.1\r\n"
#define POST "POST / HTTP/1.1\r\n" HOST

/* The request is answered so, in our words, is the last on its connection, and reaches no handler. */
static void assert_refused(const char *request, int status, const char *code)
{
    char want[64];
    int before = atomic_load(&handled);
    int fd = wire_open(port);
    wire_send(fd, request);
    const struct answer *answer = wire_read(fd, "GET");
    snprintf(want, sizeof want, "{\"code\":\"%s\"}", code);
    if (answer->status != status || strcmp(answer->body, want) != 0)
        fail_msg("%s: want %d %s, got %d %s", request, status, want, answer->status, answer->body);
    assert_non_null(strstr(answer->head, "\r\nConnection: close\r\n"));
    assert_non_null(strstr(answer->head, "\r\nContent-Type: application/problem+json\r\n"));
    assert_true(wire_is_closed(fd));
    close(fd);
    assert_int_equal(atomic_load(&handled), before);
}

static void assert_taken(const char *request, const char *path)
{
    const struct answer *answer = wire_ask(port, request);
    if (answer->status != 200 || strcmp(answer->body, path) != 0)
        fail_msg("%s: want %s, got %d %s", request, path, answer->status, answer->body);
}

static void T41_ambiguous_lengths_are_refused(void **state)
{
    (void)state;
    assert_refused(POST "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400, "framing");
    assert_refused(POST "Content-Length: 4\r\nContent-Length: 4\r\n\r\nABCD", 400, "framing");
    assert_refused(POST "Content-Length: +4\r\n\r\nABCD", 400, "framing");
    assert_refused(POST "Content-Length: 4,4\r\n\r\nABCD", 400, "framing");
    assert_refused(POST "Content-Length: 0x4\r\n\r\nABCD", 400, "framing");
    assert_refused(POST "Content-Length: 4 4\r\n\r\nABCD", 400, "framing");
    assert_refused(POST "Content-Length: -4\r\n\r\nABCD", 400, "framing");
    assert_refused(POST "Content-Length: four\r\n\r\nABCD", 400, "framing");
    assert_refused(POST "Content-Length:\r\n\r\nABCD", 400, "framing");
    assert_refused(POST "Content-Length: 99999999999999999999\r\n\r\nABCD", 400, "framing");
    assert_refused(POST "Content-Length : 4\r\n\r\nABCD", 400, "framing");
    assert_refused(POST "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 400, "framing");
    assert_refused(POST "Transfer-Encoding: identity\r\n\r\n", 400, "framing");
    assert_refused("POST / HTTP/1.0\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400, "framing");
}

static void T41_a_host_that_is_missing_doubled_or_unknown_is_refused(void **state)
{
    (void)state;
    assert_refused(GET "\r\n", 400, "framing");
    assert_refused(GET "Accept: x\r\n\r\n", 400, "host");
    assert_refused("GET / HTTP/1.0\r\nAccept: x\r\n\r\n", 400, "host");
    assert_refused(GET HOST HOST "\r\n", 400, "host");
    assert_refused(GET "Host:\r\n\r\n", 400, "host");
    assert_refused(GET "Host: evil.example\r\n\r\n", 400, "host");
    assert_refused(GET "Host: known.example.evil.example\r\n\r\n", 400, "host");
    assert_refused(GET "Host: known.example:81\r\n\r\n", 400, "host");
    assert_refused(GET "Host: known.example@evil.example\r\n\r\n", 400, "host");
    assert_taken(GET "Host: KNOWN.example\r\n\r\n", "/");
}

static void heads_that_the_parser_would_cut_short_are_refused(void **state)
{
    (void)state;
    assert_refused(GET HOST "X: a\r\n b\r\nContent-Length: 5\r\n\r\n", 400, "framing");
    assert_refused(GET HOST " X: a\r\n\r\n", 400, "framing");
    assert_refused(GET HOST ": a\r\nContent-Length: 5\r\n\r\n", 400, "framing");
    assert_refused(GET HOST "\xc3\xa9: a\r\nContent-Length: 5\r\n\r\n", 400, "framing");
    assert_refused(GET HOST "no colon\r\n\r\n", 400, "framing");
}

static void lenient_spellings_are_refused(void **state)
{
    (void)state;
    assert_refused("GET / HTTP/1.1\nHost: known.example\n\n", 400, "framing");
    assert_refused(GET "Host: known.example\n\r\n\r\n", 400, "framing");
    assert_refused(GET HOST "X: a\r\n\n", 400, "framing");
    assert_refused("GET  / HTTP/1.1\r\n" HOST "\r\n", 400, "framing");
    assert_refused("GET /  HTTP/1.1\r\n" HOST "\r\n", 400, "framing");
    assert_refused("GET /?a  HTTP/1.1\r\n" HOST "\r\n", 400, "framing");
    assert_refused("GET / HTTP/1.1 \r\n" HOST "\r\n", 400, "framing");
    assert_refused(" GET / HTTP/1.1\r\n" HOST "\r\n", 400, "framing");
    assert_refused("\r\nGET / HTTP/1.1\r\n" HOST "\r\n", 400, "framing");
    assert_refused(GET HOST "X: a\x01"
                            "b\r\n\r\n",
                   400, "framing");
    assert_refused(GET HOST "X: a\rb\r\n\r\n", 400, "framing");
    assert_refused(GET HOST "X: \xff\r\n\r\n", 400, "framing");
    assert_refused(GET HOST "X(y): a\r\n\r\n", 400, "framing");
    assert_taken("GET /?? HTTP/1.1\r\n" HOST "X:a\r\nY:\r\nZ:  caf\xc3\xa9  \r\n\r\n", "/");
}

static void targets_that_are_no_plain_path_are_refused(void **state)
{
    (void)state;
    static const char *const odd[] = {"/%00",  "/a/../b", "/%2e%2e/b", "/./a",     "/a%2fb",
                                      "/a\\b", "/a%5Cb",  "/%ff",      "/a#b",     "//a",
                                      "/%zz",  "/%c0%af", "/a?b#c",    "/%0d%0ax", "/%"};
    char request[128];
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        snprintf(request, sizeof request, "GET %s HTTP/1.1\r\n" HOST "\r\n", odd[i]);
        assert_refused(request, 400, "target");
    }
    assert_taken("GET /a%20b?c=/../%00 HTTP/1.1\r\n" HOST "\r\n", "/a b");
}

static void targets_for_proxies_reach_nobody(void **state)
{
    (void)state;
    static const char *const targets[] = {"http://known.example/", "http://evil.example/", "*"};
    char request[128];
    int before = atomic_load(&handled);
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
        snprintf(request, sizeof request, "OPTIONS %s HTTP/1.1\r\n" HOST "\r\n", targets[i]);
        assert_int_equal(wire_ask(port, request)->status, 0);
    }
    snprintf(request, sizeof request, "GET http://known.example:%d/ HTTP/1.1\r\n" HOST "\r\n", port);
    assert_true(wire_ask(port, request)->status != 200);
    assert_int_equal(atomic_load(&handled), before);
}

static void methods_and_versions_that_are_not_ours_are_refused(void **state)
{
    (void)state;
    assert_refused("BREW / HTTP/1.1\r\n" HOST "\r\n", 400, "framing");
    assert_refused("get / HTTP/1.1\r\n" HOST "\r\n", 400, "framing");
    assert_refused("MKCOL / HTTP/1.1\r\n" HOST "\r\n", 405, "method");
    assert_refused("PROPFIND / HTTP/1.1\r\n" HOST "\r\n", 405, "method");
    assert_non_null(
        strstr(wire_ask(port, "MKCOL / HTTP/1.1\r\n" HOST "\r\n")->head, "\r\nAllow: GET, HEAD,"));
    assert_refused("GET / HTTP/2.0\r\n" HOST "\r\n", 505, "framing");
    assert_refused("GET / HTTP/1.2\r\n" HOST "\r\n", 505, "framing");
    assert_refused("GET /\r\n\r\n", 400, "framing");
    assert_refused(POST "Content-Length: 1\r\nExpect: much\r\n\r\n", 417, "framing");
}

/* A request with so many fields in all, one of which is Host. */
static const char *with_fields(int count)
{
    static char text[4096];
    size_t len = (size_t)snprintf(text, sizeof text, GET HOST);
    for (int i = 1; i < count; i++)
        len += (size_t)snprintf(text + len, sizeof text - len, "X-%d: a\r\n", i);
    snprintf(text + len, sizeof text - len, "\r\n");
    return text;
}

static void more_fields_than_the_parser_keeps_are_refused(void **state)
{
    (void)state;
    assert_taken(with_fields(64), "/");
    assert_refused(with_fields(65), 400, "too_many_headers");
    assert_refused(with_fields(200), 400, "too_many_headers");
}

/* A request whose head takes that many bytes. */
static const char *with_head(size_t size)
{
    static char text[64 * 1024];
    size_t len = (size_t)snprintf(text, sizeof text, GET HOST "X: ");
    memset(text + len, 'a', size - len - 4);
    snprintf(text + size - 4, sizeof text - size + 4, "\r\n\r\n");
    return text;
}

static void heads_over_16_kib_are_refused(void **state)
{
    (void)state;
    enum { KIB = 1024 };
    assert_taken(with_head(16 * KIB), "/");
    assert_refused(with_head(16 * KIB + 4), 431, "head_too_large");
    assert_refused(with_head(32 * KIB - 4), 431, "head_too_large");
    assert_int_equal(wire_ask(port, with_head(40 * KIB))->status, 400);
}

/*
 * The parser underneath skips blank lines without minding where the received bytes end. With one thread,
 * every connection is read into the same memory: what a client sent must never be taken for another's
 * request.
 */
static void what_one_client_sent_is_never_the_request_of_the_next(void **state)
{
    (void)state;
    static const char hidden[] = "GET /hidden HTTP/1.1\r\nHost: known.example\r\n\r\n";
    int at;
    struct http_server *single = start(1, &at);
    char request[512], blanks[512];
    int head = snprintf(request, sizeof request, POST "Content-Length: %zu\r\n\r\n", strlen(hidden));
    snprintf(request + head, sizeof request - (size_t)head, "%s", hidden);
    assert_int_equal(wire_ask(at, request)->status, 200);

    memset(blanks, '\n', sizeof blanks);
    blanks[head] = '\0';
    int before = atomic_load(&handled);
    assert_int_equal(wire_ask(at, blanks)->status, 400);
    assert_int_equal(atomic_load(&handled), before);
    http_server_stop(single);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(T41_ambiguous_lengths_are_refused),
        cmocka_unit_test(T41_a_host_that_is_missing_doubled_or_unknown_is_refused),
        cmocka_unit_test(heads_that_the_parser_would_cut_short_are_refused),
        cmocka_unit_test(lenient_spellings_are_refused),
        cmocka_unit_test(targets_that_are_no_plain_path_are_refused),
        cmocka_unit_test(targets_for_proxies_reach_nobody),
        cmocka_unit_test(methods_and_versions_that_are_not_ours_are_refused),
        cmocka_unit_test(more_fields_than_the_parser_keeps_are_refused),
        cmocka_unit_test(heads_over_16_kib_are_refused),
        cmocka_unit_test(what_one_client_sent_is_never_the_request_of_the_next),
    };
    return cmocka_run_group_tests(tests, server_make, server_drop);
}
