/*
 * inbound: a mail that came in, read with bounds (T37): who sent it to whom, what it says, what is with it.
 * inbound.c keeps a parser from what would cost it too much, and has three others read what it finds:
 * inbound_head.h, inbound_parts.h and inbound_bounce.h. Nobody else here knows GMime.
 *
 * Nothing of it is to be believed but what `dmarc` says, which our own mail server wrote.
 */
#ifndef GUICHET_INBOUND_H
#define GUICHET_INBOUND_H

#include "../../lib/arena.h"

#include <stdbool.h>
#include <stddef.h>

enum {
    INBOUND_HEADER_MAX = 256 * 1024, /* bytes of a mail's header */
    INBOUND_PARTS_MAX = 500,
    INBOUND_NESTED_MAX = 200,     /* what can have parts of its own */
    INBOUND_RECIPIENTS_MAX = 200, /* those behind them are passed over */
    INBOUND_REFERENCES_MAX = 50,
    INBOUND_TEXT_MAX = 4 * 1024 * 1024, /* bytes of the text */
};

enum inbound_dmarc { DMARC_UNKNOWN, DMARC_PASS, DMARC_FAIL };

struct inbound {
    const char *sender;      /* one address, in lower case; "": none or several, which nobody can answer */
    const char *sender_name; /* one line; may be "" */
    const char **recipients; /* every address that it says it was sent to */
    size_t recipient_count;
    const char *subject;     /* one line; may be "" */
    const char *message_id;  /* without angle brackets; NULL: none */
    const char **references; /* Message-IDs of what it answers, the nearest first */
    size_t reference_count;
    const char *text;        /* lines as text_lines() has them; may be "" */
    bool automatic;          /* no person wrote it to us, by RFC 3834 and what programs do besides (T39) */
    bool bounce;             /* a mail server tells what became of a mail */
    const char *bounced_id;  /* that mail's Message-ID; NULL: not told */
    const char *bounced_why; /* what it says went wrong; NULL: nothing did, or it is not told */
    enum inbound_dmarc dmarc;
};

struct inbound_mail; /* the parsed mail */

enum inbound_answer { INBOUND_READ, INBOUND_TOO_LARGE, INBOUND_NO_MAIL, INBOUND_NO_MEMORY };

/*
 * Parse. `bytes` must outlive the mail. `authserv`: whose Authentication-Results count; "": nobody's. Texts
 * are in the arena. `*made` is to be closed, whatever the answer.
 */
enum inbound_answer inbound_open(struct inbound_mail **made, struct inbound *inbound, struct arena *arena,
                                 const char *bytes, size_t len, const char *authserv);
void inbound_close(struct inbound_mail *mail);

/* Called with each file, decoded; `name` may be anything. False ends it. */
typedef bool inbound_file(void *context, const char *name, const char *bytes, size_t len);

/* False: `each` ended it. */
bool inbound_files(const struct inbound_mail *mail, inbound_file *each, void *context);

#endif
