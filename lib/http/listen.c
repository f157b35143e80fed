#include "listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static bool port_read(const char *text, int *port)
{
    size_t digits = strspn(text, "0123456789");
    if (digits == 0 || digits > 5 || text[digits] != '\0')
        return false;
    for (*port = 0; *text; text++)
        *port = *port * 10 + (*text - '0');
    return *port <= 65535;
}

static bool host_read(const char *text, size_t len, struct listen_address *address, struct in_addr *ip)
{
    if (len == strlen("localhost") && memcmp(text, "localhost", len) == 0) {
        text = "127.0.0.1";
        len = strlen(text);
    }
    if (len >= sizeof address->host)
        return false;
    memcpy(address->host, text, len);
    address->host[len] = '\0';
    if (inet_pton(AF_INET, address->host, ip) != 1)
        return false;
    address->is_loopback = ntohl(ip->s_addr) >> 24 == 127;
    return true;
}

/* The web server underneath does not say why it cannot bind; so try first. Returns an errno, 0 when free. */
static int bind_try(struct in_addr ip, int port)
{
    const int on = 1;
    const struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr = ip};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return errno;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    int failed = bind(fd, (const struct sockaddr *)&to, sizeof to) < 0 || listen(fd, 1) < 0 ? errno : 0;
    close(fd);
    return failed;
}

static bool address_read(const char *text, struct listen_address *address, struct in_addr *ip)
{
    const char *colon = text ? strrchr(text, ':') : NULL;
    return colon && host_read(text, (size_t)(colon - text), address, ip) &&
           port_read(colon + 1, &address->port);
}

bool listen_is_address(const char *text)
{
    struct listen_address address;
    struct in_addr ip;
    return address_read(text, &address, &ip);
}

bool listen_read(const char *text, struct listen_address *address, struct diag *diag)
{
    struct in_addr ip;
    if (!address_read(text, address, &ip)) {
        diag_error(diag, (struct place){0}, "want " LISTEN_WANTED ", got \"%s\"", text ? text : "");
        return false;
    }
    int failed = bind_try(ip, address->port);
    if (failed)
        diag_error(diag, (struct place){0}, "cannot listen on %s: %s", text, strerror(failed));
    return failed == 0;
}
