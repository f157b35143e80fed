/*
 * multipart: multipart/form-data, streamed (RFC 7578, RFC 2046 section 5.1).
 *
 * A push parser: feed it the body in pieces of any size; it calls back per part and never holds more
 * than a boundary and one part's head (at most 4 KiB). It knows nothing of sockets or files.
 */
#ifndef GUICHET_MULTIPART_H
#define GUICHET_MULTIPART_H

#include <stdbool.h>
#include <stddef.h>

struct multipart_part {
    const char *name; /* the field's name; never NULL */
    /* NULL: a field; else the name as sent, or that of filename* (RFC 8187). May be "". A label only, never a
     * path. Like `name` it is valid UTF-8 without controls: those became spaces, bad bytes U+FFFD. */
    const char *filename;
    const char *type; /* Content-Type as sent, ASCII without controls; NULL: none */
};

/*
 * The calls are the same however the body is cut into pieces, but for where the data is cut. Parts are not
 * counted: stop when there are too many.
 */
struct multipart_handler {
    /* Each returns false to stop the parse with MULTIPART_STOPPED. The part is valid until its end. */
    bool (*begin)(void *context, const struct multipart_part *part);
    bool (*data)(void *context, const char *bytes, size_t len);
    bool (*end)(void *context);
    void *context;
};

enum multipart_state { MULTIPART_MORE, MULTIPART_DONE, MULTIPART_STOPPED, MULTIPART_MALFORMED };

struct multipart;

/* A parser for a body of this Content-Type. NULL: not multipart/form-data, or no usable boundary (1 to 70
 * characters). */
struct multipart *multipart_new(const char *content_type, const struct multipart_handler *handler);
void multipart_free(struct multipart *parser);

/*
 * Feed the next bytes. Once the answer is not MULTIPART_MORE it stays. Bytes before the first boundary and
 * after the last are ignored. A body that ends while the answer is MULTIPART_MORE was cut off: the part at
 * hand is not whole.
 */
enum multipart_state multipart_feed(struct multipart *parser, const char *bytes, size_t len);

#endif
