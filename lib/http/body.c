#include "internal.h"

#include <stdint.h>

enum {
    LIMIT_UNLESS_SET = 1024 * 1024,
    DROP_TO_STAY = 64 * 1024,         /* cheaper to read than a new connection */
    DROP_TO_LEAVE = 64 * 1024 * 1024, /* see body_finish() */
    LEAVE_SECONDS = 3,
    MORE = 1,
};

void body_begin(struct http_request *request)
{
    request->limit = LIMIT_UNLESS_SET;
    request->taken = 0;
    request->body_end = request->framing.length == 0 ? 0 : MORE;
    request->continue_due = request->framing.expects_continue;
}

int64_t http_body_length(const struct http_request *request)
{
    return request->framing.length;
}

int64_t http_body_most(const struct http_request *request)
{
    return request->framing.length >= 0 ? request->framing.length : request->limit;
}

int64_t http_body_taken(const struct http_request *request)
{
    return request->taken;
}

void http_body_limit(struct http_request *request, int64_t bytes)
{
    request->limit = bytes;
}

static void watch_begin(struct http_request *request)
{
    request->watch.peer = request->peer;
    request->watch.peer_port = request->peer_port;
    slow_enter(request->slow, &request->watch);
}

/* The next bytes, whatever the limit says. */
static int body_next(struct http_request *request, void *bytes, size_t len)
{
    int64_t length = request->framing.length;
    if (length >= 0 && (int64_t)len > length - request->taken)
        len = (size_t)(length - request->taken);
    if (request->taken == 0)
        watch_begin(request);
    int got = conn_read(request, bytes, len);
    if (got > 0)
        request->taken += got;
    if (!slow_took(request->slow, &request->watch, request->taken))
        got = -1;
    if (got < 0 || (got == 0 && length >= 0))
        request->body_end = -1;
    else if (got == 0 || request->taken == length)
        request->body_end = 0;
    if (request->body_end != MORE)
        slow_leave(request->slow, &request->watch);
    return got > 0 ? got : request->body_end;
}

static bool continue_send(struct http_request *request)
{
    static const char line[] = "HTTP/1.1 100 Continue\r\n\r\n";
    if (!request->continue_due)
        return true;
    request->continue_due = false;
    return conn_write(request, line, sizeof line - 1);
}

/* At the limit of a body of unknown length: one byte more, and it is too long. */
static int at_limit(struct http_request *request)
{
    char more;
    int got = body_next(request, &more, 1);
    return got > 0 ? -2 : got;
}

int http_body_read(struct http_request *request, void *bytes, int len)
{
    if (request->body_end != MORE || len <= 0)
        return request->body_end == MORE ? 0 : request->body_end;
    if (request->framing.length > request->limit)
        return -2;
    if (!continue_send(request))
        return request->body_end = -1;
    int64_t room = request->limit - request->taken;
    if (room <= 0)
        return at_limit(request);
    return body_next(request, bytes, (size_t)(len < room ? len : room));
}

bool body_is_short(const struct http_request *request)
{
    if (request->body_end != MORE)
        return request->body_end == 0 && request->framing.length >= 0;
    /* A client that was not told to continue may send the body or not: nobody could tell where the next
     * request begins. After a chunked body neither, as the server underneath may leave its trailer behind. */
    return !request->continue_due && request->framing.length >= 0 &&
           request->framing.length - request->taken <= DROP_TO_STAY;
}

/*
 * Closing while the client still sends makes the kernel reset the connection, and the client loses the answer
 * that tells why. So what it sends is dropped for a while first, even on the way out.
 */
void body_finish(struct http_request *request)
{
    char dropped[4096];
    time_t until = time(NULL) + LEAVE_SECONDS;
    int64_t most = request->taken + DROP_TO_LEAVE;
    while (request->body_end == MORE && !request->continue_due && request->taken < most && time(NULL) < until)
        body_next(request, dropped, sizeof dropped);
    slow_leave(request->slow, &request->watch);
    if (request->body_end != 0)
        conn_close(request);
}
