/*
 * wire: a client for the tests that says exactly the bytes it is told, and reads one answer after another.
 * Everything waits 10 seconds at most.
 */
#ifndef GUICHET_TEST_WIRE_H
#define GUICHET_TEST_WIRE_H

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

enum { WIRE_HEAD_MAX = 4096, WIRE_BODY_MAX = 256 * 1024 };

struct answer {
    int status; /* 0: the connection was closed, or nothing came in time */
    size_t len;
    char head[WIRE_HEAD_MAX];
    char body[WIRE_BODY_MAX];
};

static inline int wire_open(int port)
{
    const struct timeval patience = {.tv_sec = 10};
    const struct sockaddr_in to = {
        .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    if (connect(fd, (const struct sockaddr *)&to, sizeof to) == 0)
        return fd;
    close(fd);
    return -1;
}

static inline bool wire_send_bytes(int fd, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t sent = send(fd, bytes, len, MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        bytes += sent;
        len -= (size_t)sent;
    }
    return true;
}

static inline bool wire_send(int fd, const char *text)
{
    return wire_send_bytes(fd, text, strlen(text));
}

static inline bool wire_read_head(int fd, struct answer *answer)
{
    size_t len = 0;
    while (len < WIRE_HEAD_MAX - 1 && recv(fd, answer->head + len, 1, 0) == 1) {
        answer->head[++len] = '\0';
        if (len >= 4 && memcmp(answer->head + len - 4, "\r\n\r\n", 4) == 0)
            return strncmp(answer->head, "HTTP/1.1 ", 9) == 0;
    }
    return false;
}

/* The next answer; to "HEAD" without a body. There is one answer only, used again each time. */
static inline struct answer *wire_read(int fd, const char *method)
{
    static struct answer answer;
    answer.status = 0;
    answer.len = 0;
    answer.head[0] = answer.body[0] = '\0';
    if (!wire_read_head(fd, &answer))
        return &answer;
    const char *length = strstr(answer.head, "\r\nContent-Length: ");
    size_t want = length && strcmp(method, "HEAD") != 0 ? strtoul(length + 18, NULL, 10) : 0;
    if (want >= WIRE_BODY_MAX)
        return &answer;
    while (answer.len < want) {
        ssize_t got = recv(fd, answer.body + answer.len, want - answer.len, 0);
        if (got <= 0)
            return &answer;
        answer.len += (size_t)got;
    }
    answer.body[answer.len] = '\0';
    answer.status = (int)strtol(answer.head + 9, NULL, 10);
    return &answer;
}

/* Did the other side close, with nothing more sent? */
static inline bool wire_is_closed(int fd)
{
    char more;
    return recv(fd, &more, 1, 0) == 0;
}

/* One request on a connection of its own, which is left to be closed by the other side or here. */
static inline struct answer *wire_ask(int port, const char *text)
{
    int fd = wire_open(port);
    wire_send(fd, text);
    struct answer *answer = wire_read(fd, "GET");
    close(fd);
    return answer;
}

#endif
