/*
 * framing: is the head of a request unambiguous (RFC 9110, RFC 9112)?
 *
 * Pure checks over a head that was split already. Where two readers could disagree on where a request ends
 * or whom it is for, it is refused; so is all that no client of ours has a use for. See also url_path() for
 * the path.
 */
#ifndef GUICHET_HTTP_FRAMING_H
#define GUICHET_HTTP_FRAMING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { HTTP_FIELDS_MAX = 64, HTTP_HOST_MAX = 256 };

struct http_field {
    const char *name;
    const char *value; /* without white space around it */
};

struct http_head {
    const char *method;
    const char *path;    /* raw: what precedes the first '?' of the target */
    const char *query;   /* raw, without the '?'; "" when there is none */
    const char *version; /* "1.0" or "1.1" */
    size_t count;
    struct http_field fields[HTTP_FIELDS_MAX];
};

struct framing {
    int64_t length; /* of the body; -1: chunked */
    bool keep_alive;
    bool expects_continue;
    char host[HTTP_HOST_MAX]; /* in lower case, with its port as sent */
};

struct refusal {
    int status;
    const char *code;
};

#define HTTP_METHODS "GET, HEAD, POST, PUT, DELETE, PATCH, OPTIONS"

/* True: `framing` is filled. False: `refusal` is. */
bool framing_check(const struct http_head *head, struct framing *framing, struct refusal *refusal);

/* The first field of that name (in any case); NULL: absent. */
const char *head_field(const struct http_head *head, const char *name);

#endif
