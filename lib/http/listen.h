/*
 * listen: the address that a server is told to listen on, checked before anything starts.
 */
#ifndef GUICHET_HTTP_LISTEN_H
#define GUICHET_HTTP_LISTEN_H

#include "../diag.h"

#include <stdbool.h>

struct listen_address {
    char host[16]; /* IPv4, dotted */
    int port;      /* 0: any free one */
    bool is_loopback;
};

/* What it must be, for messages. */
#define LISTEN_WANTED "an IPv4 address with a port such as 127.0.0.1:8080"

/* Is this "127.0.0.1:8080" or "localhost:8080", whoever listens there? */
bool listen_is_address(const char *text);

/* Read "127.0.0.1:8080" or "localhost:8080" and try whether it is free. False: one error in `diag`. */
bool listen_read(const char *text, struct listen_address *address, struct diag *diag);

#endif
