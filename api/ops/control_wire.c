/* One message: four bytes of length, then JSON. */
#include "control.h"

#include "../../lib/buf.h"
#include "../../lib/json.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

static bool is_ready(int fd, short events, int64_t deadline)
{
    for (;;) {
        int64_t left = deadline - store_now();
        struct pollfd wait = {.fd = fd, .events = events};
        if (left <= 0)
            return false;
        int found = poll(&wait, 1, (int)(left < 60000 ? left : 60000));
        if (found > 0)
            return true;
        if (found < 0 && errno != EINTR)
            return false;
    }
}

static bool send_all(int fd, const void *bytes, size_t len, int64_t deadline)
{
    const char *at = bytes;
    while (len > 0) {
        if (!is_ready(fd, POLLOUT, deadline))
            return false;
        ssize_t sent = send(fd, at, len, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent < 0 && errno != EAGAIN && errno != EINTR)
            return false;
        if (sent > 0) {
            at += sent;
            len -= (size_t)sent;
        }
    }
    return true;
}

static bool receive_all(int fd, void *bytes, size_t len, int64_t deadline)
{
    char *at = bytes;
    while (len > 0) {
        if (!is_ready(fd, POLLIN, deadline))
            return false;
        ssize_t got = recv(fd, at, len, MSG_DONTWAIT);
        if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR))
            return false;
        if (got > 0) {
            at += got;
            len -= (size_t)got;
        }
    }
    return true;
}

bool control_send(int fd, const json_t *message, int64_t deadline)
{
    char *text = json_dumps(message, JSON_COMPACT);
    size_t len = text ? strlen(text) : 0;
    const unsigned char head[] = {(unsigned char)(len >> 24), (unsigned char)(len >> 16),
                                  (unsigned char)(len >> 8), (unsigned char)len};
    bool good = text && len <= CONTROL_CEILING && send_all(fd, head, sizeof head, deadline) &&
                send_all(fd, text, len, deadline);
    free(text);
    return good;
}

json_t *control_receive(int fd, int64_t deadline)
{
    unsigned char head[4];
    const char *why;
    if (!receive_all(fd, head, sizeof head, deadline))
        return NULL;
    size_t len = (size_t)head[0] << 24 | (size_t)head[1] << 16 | (size_t)head[2] << 8 | head[3];
    char *text = len > 0 && len <= CONTROL_CEILING ? malloc(len) : NULL;
    json_t *message = text && receive_all(fd, text, len, deadline) ? json_parse_body(text, len, &why) : NULL;
    free(text);
    if (json_is_object(message))
        return message;
    json_decref(message);
    return NULL;
}
