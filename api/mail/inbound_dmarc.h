/*
 * inbound_dmarc: what our own mail server found of a mail's sender (RFC 8601).
 *
 * Its header repeats what the sender chose, such as the envelope's address: quoted, a semicolon or a result
 * there is none of the server's.
 */
#ifndef GUICHET_INBOUND_DMARC_H
#define GUICHET_INBOUND_DMARC_H

#include "inbound.h"

#include <gmime/gmime.h>

/*
 * By the topmost Authentication-Results of `authserv`; "": nobody's count. `sender`: the one address of From.
 * A pass is one of its domain, as "header.from" names it (RFC 7489, section 11.2): of another one it is a
 * failure, and without a name nothing is known.
 */
enum inbound_dmarc inbound_dmarc_read(GMimeMessage *message, const char *authserv, const char *sender);

#endif
