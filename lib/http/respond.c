#include "internal.h"

#include "../log.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Answers up to this size leave in one write, together with their head. */
enum { ONE_WRITE = 32 * 1024, FILE_PIECE = 64 * 1024 };

/* The body comes in chunks. */
#define LENGTH_UNKNOWN UINT64_MAX

static const struct {
    int status;
    const char *reason;
} reasons[] = {
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {206, "Partial Content"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {411, "Length Required"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {415, "Unsupported Media Type"},
    {416, "Range Not Satisfiable"},
    {417, "Expectation Failed"},
    {422, "Unprocessable Content"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {503, "Service Unavailable"},
    {505, "HTTP Version Not Supported"},
    {507, "Insufficient Storage"},
};

static const char *reason_of(int status)
{
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (reasons[i].status == status)
            return reasons[i].reason;
    return "";
}

void answer_begin(struct http_request *request)
{
    buf_reset(&request->fields);
    request->status = 0;
    request->sent = 0;
    request->gone = 0;
}

/* IMF-fixdate (RFC 9110, section 5.6.7), made anew once a second; names by hand, as strftime's follow the
 * locale. */
static const char *date_now(struct http_request *request)
{
    static const char days[] = "SunMonTueWedThuFriSat", months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    time_t now = time(NULL);
    struct tm tm;
    if (now != request->date_at && gmtime_r(&now, &tm)) {
        struct buf text;
        buf_init(&text, DATE_MAX - 1);
        buf_addf(&text, "%.3s, %02d %.3s %d %02d:%02d:%02d GMT", days + tm.tm_wday * 3, tm.tm_mday,
                 months + tm.tm_mon * 3, tm.tm_year + 1900, tm.tm_hour, tm.tm_min, tm.tm_sec);
        memcpy(request->date, text.data, text.len + 1);
        buf_release(&text);
        request->date_at = now;
    }
    return request->date;
}

void http_set(struct http_request *request, const char *name, const char *value)
{
    bool breaks = strpbrk(name, "\r\n: ") || strpbrk(value, "\r\n");
    assert(!breaks);
    if (breaks) {
        log_event(LOG_ERROR, "header-refused", "name", name, NULL);
        return;
    }
    buf_adds(&request->fields, name);
    buf_add(&request->fields, ": ", 2);
    buf_adds(&request->fields, value);
    buf_add(&request->fields, "\r\n", 2);
}

/* RFC 9110, section 8.6: these have no body, and 204 must not name a length. */
static bool status_has_body(int status)
{
    return status >= 200 && status != 204 && status != 304;
}

static bool is_old(const struct http_request *request)
{
    return strcmp(request->head.version, "1.0") == 0;
}

static void head_build(struct http_request *request, int status, uint64_t len)
{
    struct buf *out = &request->out;
    buf_reset(out);
    buf_addf(out, "HTTP/1.1 %d %s\r\nDate: %s\r\n", status, reason_of(status), date_now(request));
    if (len == LENGTH_UNKNOWN && is_old(request))
        request->may_stay = false;
    else if (len == LENGTH_UNKNOWN)
        buf_adds(out, "Transfer-Encoding: chunked\r\n");
    else if (status_has_body(status))
        buf_addf(out, "Content-Length: %" PRIu64 "\r\n", len);
    if (!request->may_stay)
        buf_adds(out, "Connection: close\r\n");
    else if (is_old(request))
        buf_adds(out, "Connection: keep-alive\r\n");
    buf_add(out, request->fields.data, request->fields.len);
    buf_add(out, "\r\n", 2);
}

/* Begin the one answer of this request. False: nothing may be sent. */
static bool answer_start(struct http_request *request, int status, uint64_t len)
{
    if (request->status != 0) {
        log_event(LOG_ERROR, "answered-twice", "path", request->path, NULL);
        return false;
    }
    request->may_stay = request->may_stay && body_is_short(request);
    if (!buf_ok(&request->fields)) {
        log_event(LOG_ERROR, "answer-head-too-large", "path", request->path, NULL);
        buf_reset(&request->fields);
        status = 500;
        len = 0;
    }
    head_build(request, status, len);
    request->status = status;
    if (!request->may_stay || !buf_ok(&request->out)) {
        request->may_stay = false;
        conn_close(request);
    }
    return buf_ok(&request->out);
}

static bool answer_has_body(const struct http_request *request, int wanted)
{
    return request->status == wanted && status_has_body(wanted) && strcmp(request->head.method, "HEAD") != 0;
}

void http_respond(struct http_request *request, int status, const void *body, size_t len)
{
    if (!answer_start(request, status, len))
        return;
    if (!answer_has_body(request, status))
        len = 0;
    bool together = len <= ONE_WRITE;
    if (together)
        buf_add(&request->out, body, len);
    if (answer_write(request, request->out.data, request->out.len) &&
        (together || answer_write(request, body, len)))
        request->sent = len;
}

/* Append the next piece of the file to what goes out. False: it is shorter than promised, or unreadable. */
static bool piece_read(struct http_request *request, int fd, uint64_t at, size_t len)
{
    char *room = buf_room(&request->out, len);
    while (room && len > 0) {
        ssize_t got = pread(fd, room, len, (off_t)at);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        buf_filled(&request->out, (size_t)got);
        room += got;
        at += (uint64_t)got;
        len -= (size_t)got;
    }
    return room != NULL;
}

void http_respond_file(struct http_request *request, int status, int fd, uint64_t len)
{
    if (!answer_start(request, status, len))
        return;
    if (!answer_has_body(request, status))
        len = 0;
    do {
        size_t piece = len - request->sent < FILE_PIECE ? (size_t)(len - request->sent) : FILE_PIECE;
        if (!piece_read(request, fd, request->sent, piece)) {
            log_event(LOG_ERROR, "file-cut-short", "path", request->path, NULL);
            conn_close(request);
            return;
        }
        if (!answer_write(request, request->out.data, request->out.len))
            return;
        buf_reset(&request->out);
        request->sent += piece;
    } while (request->sent < len);
}

bool http_stream_begin(struct http_request *request, int status)
{
    if (!answer_start(request, status, LENGTH_UNKNOWN) || request->status != status)
        return false;
    return answer_write(request, request->out.data, request->out.len);
}

bool http_stream(struct http_request *request, const void *bytes, size_t len)
{
    if (len == 0)
        return true; /* an empty chunk is the last one */
    buf_reset(&request->out);
    if (!is_old(request))
        buf_addf(&request->out, "%zx\r\n", len);
    buf_add(&request->out, bytes, len);
    if (!is_old(request))
        buf_adds(&request->out, "\r\n");
    if (!buf_ok(&request->out) || !answer_write(request, request->out.data, request->out.len))
        return false;
    request->sent += len;
    return true;
}

void http_stream_end(struct http_request *request, bool whole)
{
    static const char last[] = "0\r\n\r\n";
    if (whole && !is_old(request))
        whole = answer_write(request, last, sizeof last - 1);
    if (!whole)
        conn_close(request);
}

int http_status(const struct http_request *request)
{
    return request->status;
}

uint64_t http_sent(const struct http_request *request)
{
    return request->sent;
}
