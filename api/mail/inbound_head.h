/*
 * inbound_head: what the head of a mail says: who sent it to whom, about what, in answer to what, whether a
 * person wrote it, and what our own mail server made of its sender (RFC 5322, RFC 8601, RFC 3834).
 *
 * Texts are in the arena, in valid UTF-8. Only the parts of inbound include this: it speaks GMime.
 */
#ifndef GUICHET_INBOUND_HEAD_H
#define GUICHET_INBOUND_HEAD_H

#include "inbound.h"

#include <gmime/gmime.h>

/*
 * Fill in all of `inbound` but its text and what inbound_bounce.h finds, which must be there already: what
 * bounces is automatic. `authserv`: whose Authentication-Results count; "": nobody's.
 *
 * False: no memory.
 */
bool inbound_head_read(GMimeMessage *message, struct arena *arena, struct inbound *inbound,
                       const char *authserv);

/* What stood in a mail, as valid UTF-8; "" for NULL. And the same as one line. NULL: no memory. */
const char *inbound_head_text(struct arena *arena, const char *text);
const char *inbound_head_line(struct arena *arena, const char *text);

#endif
