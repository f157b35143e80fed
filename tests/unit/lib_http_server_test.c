/* What a handler may rely on: a real server on a free port, spoken to byte by byte. */
#include "../../lib/http.h"
#include "wire.h"

#include <fcntl.h>
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <time.h>

#include <cmocka.h>

enum { LIMIT = 1000 };

static struct http_server *server;
static int port;

/* For the handlers: they run in threads that the test framework knows nothing of. */
#define must(holds) ((holds) ? (void)0 : abort())

static void rest(int ms)
{
    const struct timespec time = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000L};
    nanosleep(&time, NULL);
}

/* --- the handler under the tests ---------------------------------------------------------------------- */

static void body_answer(struct http_request *request)
{
    char piece[512];
    long total = 0;
    unsigned sum = 0;
    int got;
    http_body_limit(request, LIMIT);
    while ((got = http_body_read(request, piece, sizeof piece)) > 0) {
        total += got;
        for (int i = 0; i < got; i++)
            sum += (unsigned char)piece[i];
    }
    const char *text = arena_printf(http_arena(request), "length %" PRId64 " read %ld sum %u end %d",
                                    http_body_length(request), total, sum, got);
    http_respond(request, got == -2 ? 413 : 200, text, strlen(text));
}

static void echo_answer(struct http_request *request)
{
    const char *agent = http_header(request, "user-agent");
    const char *cookie = http_cookie(request, "id");
    const char *param = http_param(request, http_query(request), "p");
    const char *text =
        arena_printf(http_arena(request), "%s %s ? %s agent=%s cookie=%s p=%s peer=%s", http_method(request),
                     http_path(request), http_query(request), agent ? agent : "-", cookie ? cookie : "-",
                     param ? param : "-", http_peer(request));
    http_set(request, "X-Test", "yes");
    http_respond(request, 200, text, strlen(text));
}

static void file_answer(struct http_request *request)
{
    char name[] = "/tmp/guichet-http-XXXXXX", piece[1000];
    int fd = mkstemp(name);
    unlink(name);
    for (int i = 0; i < 200; i++) {
        memset(piece, 'a' + i % 26, sizeof piece);
        must(write(fd, piece, sizeof piece) == (ssize_t)sizeof piece);
    }
    bool lies = strcmp(http_query(request), "lies") == 0;
    http_respond_file(request, 200, fd, lies ? 200001 : 200000);
    close(fd);
}

static void large_answer(struct http_request *request)
{
    size_t len = strtoul(http_query(request), NULL, 10);
    char *text = arena_alloc(http_arena(request), len);
    memset(text, 'x', len);
    http_respond(request, 200, text, len);
}

static void status_answer(struct http_request *request)
{
    http_respond(request, (int)strtol(http_query(request), NULL, 10), NULL, 0);
}

static void twice_answer(struct http_request *request)
{
    http_respond(request, 200, "first", 5);
    must(http_status(request) == 200);
    must(http_sent(request) == 5);
    http_respond(request, 500, "second", 6);
    must(http_status(request) == 200);
}

static void ignore_answer(struct http_request *request)
{
    http_respond(request, 200, "ignored", 7);
}

static void silent_answer(struct http_request *request)
{
    http_set(request, "X-Never", "sent");
}

static void handle(struct http_request *request, void *context)
{
    static const struct {
        const char *path;
        void (*answer)(struct http_request *);
    } routes[] = {
        {"/body", body_answer},     {"/file", file_answer},   {"/large", large_answer},
        {"/status", status_answer}, {"/twice", twice_answer}, {"/ignore", ignore_answer},
        {"/silent", silent_answer},
    };
    must(context == &port);
    must(http_status(request) == 0);
    for (size_t i = 0; i < sizeof routes / sizeof *routes; i++)
        if (strcmp(http_path(request), routes[i].path) == 0) {
            routes[i].answer(request);
            return;
        }
    echo_answer(request);
}

static struct http_server *start(void)
{
    struct diag *diag = diag_new();
    const struct http_options options = {
        .listen = "127.0.0.1:0", .threads = 4, .idle_ms = 1000, .handler = handle, .context = &port};
    struct http_server *started = http_server_start(&options, diag);
    diag_print(diag, stderr);
    diag_free(diag);
    assert_non_null(started);
    port = http_server_port(started);
    assert_in_range(port, 1, 65535);
    return started;
}

static int server_make(void **state)
{
    (void)state;
    server = start();
    return 0;
}

static int server_drop(void **state)
{
    (void)state;
    http_server_stop(server);
    return 0;
}

/* --- what came in ------------------------------------------------------------------------------------- */

#define HOST "Host: localhost\r\n"

static void assert_says(const struct answer *answer, int status, const char *body)
{
    if (answer->status != status || strcmp(answer->body, body) != 0)
        fail_msg("want %d %s, got %d %s", status, body, answer->status, answer->body);
}

static void a_handler_sees_the_request(void **state)
{
    (void)state;
    const struct answer *answer = wire_ask(port, "GET /caf%C3%A9?p=a+b&x=%zz HTTP/1.1\r\n" HOST
                                                 "USER-AGENT:  tester  \r\nCookie: a=1; id=seven\r\n\r\n");
    assert_says(answer, 200, "GET /caf\xc3\xa9 ? p=a+b&x=%zz agent=tester cookie=seven p=a b peer=127.0.0.1");
    assert_non_null(strstr(answer->head, "HTTP/1.1 200 OK\r\n"));
    assert_non_null(strstr(answer->head, "\r\nX-Test: yes\r\n"));
    assert_non_null(strstr(answer->head, "\r\nDate: "));
    assert_non_null(strstr(answer->head, " GMT\r\n"));
    assert_null(strstr(answer->head, "Connection:"));
}

static void every_method_of_ours_reaches_the_handler(void **state)
{
    (void)state;
    static const char *const methods[] = {"GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"};
    char text[128], want[128];
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++) {
        snprintf(text, sizeof text,
                 "%s /x HTTP/1.1\r\n" HOST "Origin: https://evil.example\r\n"
                 "Access-Control-Request-Method: PUT\r\n\r\n",
                 methods[i]);
        snprintf(want, sizeof want, "%s /x ?  agent=- cookie=- p=- peer=127.0.0.1", methods[i]);
        const struct answer *answer = wire_ask(port, text);
        assert_says(answer, 200, want);
        assert_null(strstr(answer->head, "Access-Control"));
    }
}

static void an_upgrade_is_a_request_like_any_other(void **state)
{
    (void)state;
    const struct answer *answer =
        wire_ask(port, "GET /chat HTTP/1.1\r\n" HOST "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                       "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n");
    assert_int_equal(answer->status, 200);
    assert_non_null(strstr(answer->head, "\r\nConnection: close\r\n"));
}

/* --- bodies ------------------------------------------------------------------------------------------- */

static void a_body_is_read_to_its_end(void **state)
{
    (void)state;
    assert_says(wire_ask(port, "POST /body HTTP/1.1\r\n" HOST "Content-Length: 3\r\n\r\nABC"), 200,
                "length 3 read 3 sum 198 end 0");
    assert_says(wire_ask(port, "POST /body HTTP/1.1\r\n" HOST "\r\n"), 200, "length 0 read 0 sum 0 end 0");
}

static void a_body_in_slow_pieces_is_read_to_its_end(void **state)
{
    (void)state;
    static const char *const pieces[] = {
        "POST /bo", "dy HTTP/1.1\r", "\nHost: localhost\r\nContent-Len", "gth: 3\r\n\r\nA", "B", "C"};
    int fd = wire_open(port);
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        assert_true(wire_send(fd, pieces[i]));
        rest(30);
    }
    assert_says(wire_read(fd, "POST"), 200, "length 3 read 3 sum 198 end 0");
    close(fd);
}

static void a_chunked_body_is_decoded_and_ends_the_connection(void **state)
{
    (void)state;
    int fd = wire_open(port);
    wire_send(fd, "POST /body HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n"
                  "1\r\nA\r\n2\r\nBC\r\n0\r\n\r\nGET /x HTTP/1.1\r\n" HOST "\r\n");
    const struct answer *answer = wire_read(fd, "POST");
    assert_says(answer, 200, "length -1 read 3 sum 198 end 0");
    assert_non_null(strstr(answer->head, "\r\nConnection: close\r\n"));
    assert_true(wire_is_closed(fd));
    close(fd);
}

static void chunks_that_are_none_break_the_body(void **state)
{
    (void)state;
    static const char *const odd[] = {"x\r\nA\r\n0\r\n\r\n", "-1\r\nA\r\n0\r\n\r\n", "0x1\r\nA\r\n0\r\n\r\n",
                                      "1\r\nAB\r\n0\r\n\r\n", "1;a=b\r\nA\r\n0\r\n\r\n"};
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        int fd = wire_open(port);
        wire_send(fd, "POST /body HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n");
        wire_send(fd, odd[i]);
        const struct answer *answer = wire_read(fd, "POST");
        if (answer->status != 200 || !strstr(answer->body, "end -1"))
            fail_msg("%s: %s", odd[i], answer->body);
        close(fd);
    }
}

static void T31_a_body_over_the_limit_is_not_read(void **state)
{
    (void)state;
    char text[2 * LIMIT], want[64];
    int head =
        snprintf(text, sizeof text, "POST /body HTTP/1.1\r\n" HOST "Content-Length: %d\r\n\r\n", LIMIT);
    memset(text + head, 1, LIMIT + 1);
    text[head + LIMIT] = '\0';
    snprintf(want, sizeof want, "length %d read %d sum %d end 0", LIMIT, LIMIT, LIMIT);
    assert_says(wire_ask(port, text), 200, want);

    head =
        snprintf(text, sizeof text, "POST /body HTTP/1.1\r\n" HOST "Content-Length: %d\r\n\r\n", LIMIT + 1);
    memset(text + head, 1, LIMIT + 1);
    text[head + LIMIT + 1] = '\0';
    assert_says(wire_ask(port, text), 413, "length 1001 read 0 sum 0 end -2");
}

static void T31_an_endless_chunked_body_is_stopped_at_the_limit(void **state)
{
    (void)state;
    char chunk[] = "a\r\n\1\1\1\1\1\1\1\1\1\1\r\n";
    int fd = wire_open(port);
    wire_send(fd, "POST /body HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < LIMIT / 10; i++)
        wire_send(fd, chunk);
    wire_send(fd, chunk);
    assert_says(wire_read(fd, "POST"), 413, "length -1 read 1000 sum 1000 end -2");
    close(fd);

    fd = wire_open(port);
    wire_send(fd, "POST /body HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < LIMIT / 10; i++)
        wire_send(fd, chunk);
    wire_send(fd, "0\r\n\r\n");
    assert_says(wire_read(fd, "POST"), 200, "length -1 read 1000 sum 1000 end 0");
    close(fd);
}

static void T31_a_length_that_lies_is_noticed(void **state)
{
    (void)state;
    int fd = wire_open(port);
    wire_send(fd, "POST /body HTTP/1.1\r\n" HOST "Content-Length: 10\r\n\r\nABC");
    shutdown(fd, SHUT_WR);
    assert_says(wire_read(fd, "POST"), 200, "length 10 read 3 sum 198 end -1");
    assert_true(wire_is_closed(fd));
    close(fd);
}

static void a_client_that_waits_is_told_to_continue_when_the_body_is_wanted(void **state)
{
    (void)state;
    int fd = wire_open(port);
    wire_send(fd, "POST /body HTTP/1.1\r\n" HOST "Content-Length: 3\r\nExpect: 100-continue\r\n\r\n");
    assert_int_equal(wire_read(fd, "POST")->status, 100);
    wire_send(fd, "ABC");
    assert_says(wire_read(fd, "POST"), 200, "length 3 read 3 sum 198 end 0");
    wire_send(fd, "GET /status?204 HTTP/1.1\r\n" HOST "\r\n");
    assert_int_equal(wire_read(fd, "GET")->status, 204);
    close(fd);
}

static void a_client_that_waits_hears_at_once_that_its_body_is_not_wanted(void **state)
{
    (void)state;
    static const char *const unwanted[] = {"/body HTTP/1.1\r\nContent-Length: 5000\r\n",
                                           "/ignore HTTP/1.1\r\nContent-Length: 3\r\n"};
    static const int status[] = {413, 200};
    for (size_t i = 0; i < 2; i++) {
        int fd = wire_open(port);
        wire_send(fd, "POST ");
        wire_send(fd, unwanted[i]);
        wire_send(fd, HOST "Expect: 100-continue\r\n\r\n");
        const struct answer *answer = wire_read(fd, "POST");
        assert_int_equal(answer->status, status[i]);
        assert_non_null(strstr(answer->head, "\r\nConnection: close\r\n"));
        assert_true(wire_is_closed(fd));
        close(fd);
    }
}

/* --- what goes out ------------------------------------------------------------------------------------ */

static void a_head_request_gets_the_length_and_no_body(void **state)
{
    (void)state;
    int fd = wire_open(port);
    wire_send(fd, "HEAD /large?5000 HTTP/1.1\r\n" HOST "\r\nHEAD /file HTTP/1.1\r\n" HOST "\r\n"
                  "GET /status?204 HTTP/1.1\r\n" HOST "\r\n");
    assert_non_null(strstr(wire_read(fd, "HEAD")->head, "\r\nContent-Length: 5000\r\n"));
    assert_non_null(strstr(wire_read(fd, "HEAD")->head, "\r\nContent-Length: 200000\r\n"));
    assert_int_equal(wire_read(fd, "GET")->status, 204);
    close(fd);
}

static void answers_without_a_body_name_no_length(void **state)
{
    (void)state;
    assert_null(strstr(wire_ask(port, "GET /status?204 HTTP/1.1\r\n" HOST "\r\n")->head, "Content-Length"));
    assert_null(strstr(wire_ask(port, "GET /status?304 HTTP/1.1\r\n" HOST "\r\n")->head, "Content-Length"));
    assert_non_null(strstr(wire_ask(port, "GET /status?401 HTTP/1.1\r\n" HOST "\r\n")->head,
                           "\r\nContent-Length: 0\r\n"));
}

static void answers_of_any_size_arrive_whole(void **state)
{
    (void)state;
    static const int sizes[] = {0, 1, 32 * 1024, 32 * 1024 + 1, 200 * 1024};
    char text[128];
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        snprintf(text, sizeof text, "GET /large?%d HTTP/1.1\r\n" HOST "\r\n", sizes[i]);
        const struct answer *answer = wire_ask(port, text);
        assert_int_equal(answer->status, 200);
        assert_int_equal(answer->len, sizes[i]);
        assert_int_equal(strspn(answer->body, "x"), sizes[i]);
    }
}

static void a_file_arrives_whole(void **state)
{
    (void)state;
    int fd = wire_open(port);
    for (int round = 0; round < 2; round++) {
        wire_send(fd, "GET /file HTTP/1.1\r\n" HOST "\r\n");
        const struct answer *answer = wire_read(fd, "GET");
        assert_int_equal(answer->status, 200);
        assert_int_equal(answer->len, 200000);
        for (size_t i = 0; i < answer->len; i++)
            if (answer->body[i] != (char)('a' + i / 1000 % 26))
                fail_msg("byte %zu is %c", i, answer->body[i]);
    }
    close(fd);
}

static void a_file_shorter_than_promised_is_cut_off(void **state)
{
    (void)state;
    assert_int_equal(wire_ask(port, "GET /file?lies HTTP/1.1\r\n" HOST "\r\n")->status, 0);
}

static void a_handler_answers_exactly_once(void **state)
{
    (void)state;
    int fd = wire_open(port);
    wire_send(fd, "GET /twice HTTP/1.1\r\n" HOST "\r\nGET /silent HTTP/1.1\r\n" HOST "\r\n"
                  "GET /status?200 HTTP/1.1\r\n" HOST "\r\n");
    assert_says(wire_read(fd, "GET"), 200, "first");
    const struct answer *answer = wire_read(fd, "GET");
    assert_int_equal(answer->status, 500);
    assert_null(strstr(answer->head, "X-Never"));
    assert_int_equal(wire_read(fd, "GET")->status, 200);
    close(fd);
}

/* --- connections -------------------------------------------------------------------------------------- */

static void a_connection_serves_many_requests(void **state)
{
    (void)state;
    int fd = wire_open(port);
    for (int i = 0; i < 200; i++) {
        wire_send(fd, i % 2 ? "GET /status?401 HTTP/1.1\r\n" HOST "\r\n"
                            : "POST /body HTTP/1.1\r\n" HOST "Content-Length: 3\r\n\r\nABC");
        assert_int_equal(wire_read(fd, "GET")->status, i % 2 ? 401 : 200);
    }
    close(fd);
}

static void pipelined_requests_are_answered_in_order(void **state)
{
    (void)state;
    int fd = wire_open(port);
    wire_send(fd, "POST /body HTTP/1.1\r\n" HOST "Content-Length: 3\r\n\r\nABC"
                  "POST /ignore HTTP/1.1\r\n" HOST "Content-Length: 24\r\n\r\nGET /never HTTP/1.1\r\n\r\n"
                  "\rGET /large?2 HTTP/1.1\r\n" HOST "\r\nGET /status?202 HTTP/1.1\r\n" HOST "\r\n");
    assert_says(wire_read(fd, "POST"), 200, "length 3 read 3 sum 198 end 0");
    assert_says(wire_read(fd, "POST"), 200, "ignored");
    assert_says(wire_read(fd, "GET"), 200, "xx");
    assert_int_equal(wire_read(fd, "GET")->status, 202);
    close(fd);
}

static void old_clients_must_ask_to_keep_the_connection(void **state)
{
    (void)state;
    int fd = wire_open(port);
    wire_send(fd, "GET /large?1 HTTP/1.0\r\n" HOST "Connection: keep-alive\r\n\r\n");
    assert_non_null(strstr(wire_read(fd, "GET")->head, "\r\nConnection: keep-alive\r\n"));
    wire_send(fd, "GET /large?1 HTTP/1.0\r\n" HOST "\r\n");
    assert_non_null(strstr(wire_read(fd, "GET")->head, "\r\nConnection: close\r\n"));
    assert_true(wire_is_closed(fd));
    close(fd);
}

static void a_client_that_wants_to_close_is_obeyed(void **state)
{
    (void)state;
    int fd = wire_open(port);
    wire_send(fd, "GET /large?1 HTTP/1.1\r\n" HOST "Connection: close\r\n\r\n");
    assert_non_null(strstr(wire_read(fd, "GET")->head, "\r\nConnection: close\r\n"));
    assert_true(wire_is_closed(fd));
    close(fd);
}

static void an_idle_connection_is_closed(void **state)
{
    (void)state;
    int fd = wire_open(port);
    wire_send(fd, "GET /large?1 HTTP/1.1\r\n" HOST "\r\n");
    assert_null(strstr(wire_read(fd, "GET")->head, "Connection:"));
    assert_true(wire_is_closed(fd));
    close(fd);
}

static void a_long_body_that_nobody_reads_ends_the_connection_after_the_answer(void **state)
{
    (void)state;
    enum { LEN = 2000000 };
    char *body = calloc(1, LEN);
    int fd = wire_open(port);
    wire_send(fd, "POST /ignore HTTP/1.1\r\n" HOST "Content-Length: 2000000\r\n\r\n");
    assert_true(wire_send_bytes(fd, body, LEN));
    const struct answer *answer = wire_read(fd, "POST");
    assert_says(answer, 200, "ignored");
    assert_non_null(strstr(answer->head, "\r\nConnection: close\r\n"));
    assert_true(wire_is_closed(fd));
    close(fd);
    free(body);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_handler_sees_the_request),
        cmocka_unit_test(every_method_of_ours_reaches_the_handler),
        cmocka_unit_test(an_upgrade_is_a_request_like_any_other),
        cmocka_unit_test(a_body_is_read_to_its_end),
        cmocka_unit_test(a_body_in_slow_pieces_is_read_to_its_end),
        cmocka_unit_test(a_chunked_body_is_decoded_and_ends_the_connection),
        cmocka_unit_test(chunks_that_are_none_break_the_body),
        cmocka_unit_test(T31_a_body_over_the_limit_is_not_read),
        cmocka_unit_test(T31_an_endless_chunked_body_is_stopped_at_the_limit),
        cmocka_unit_test(T31_a_length_that_lies_is_noticed),
        cmocka_unit_test(a_client_that_waits_is_told_to_continue_when_the_body_is_wanted),
        cmocka_unit_test(a_client_that_waits_hears_at_once_that_its_body_is_not_wanted),
        cmocka_unit_test(a_head_request_gets_the_length_and_no_body),
        cmocka_unit_test(answers_without_a_body_name_no_length),
        cmocka_unit_test(answers_of_any_size_arrive_whole),
        cmocka_unit_test(a_file_arrives_whole),
        cmocka_unit_test(a_file_shorter_than_promised_is_cut_off),
        cmocka_unit_test(a_handler_answers_exactly_once),
        cmocka_unit_test(a_connection_serves_many_requests),
        cmocka_unit_test(pipelined_requests_are_answered_in_order),
        cmocka_unit_test(old_clients_must_ask_to_keep_the_connection),
        cmocka_unit_test(a_client_that_wants_to_close_is_obeyed),
        cmocka_unit_test(an_idle_connection_is_closed),
        cmocka_unit_test(a_long_body_that_nobody_reads_ends_the_connection_after_the_answer),
    };
    return cmocka_run_group_tests(tests, server_make, server_drop);
}
