/*
 * inbound_bounce: what a mail server tells of a mail that we sent: a delivery status (RFC 3464) in a report
 * (RFC 6522). Only the parts of inbound include this: it speaks GMime.
 */
#ifndef GUICHET_INBOUND_BOUNCE_H
#define GUICHET_INBOUND_BOUNCE_H

#include "inbound.h"

#include <gmime/gmime.h>

/*
 * Fill in `bounce`, `bounced_id` and `bounced_why`, with texts in the arena; a mail that is no such report
 * leaves them alone. Looks at INBOUND_PARTS_MAX parts at most, and at the first 64 KiB of a status.
 */
void inbound_bounce_read(GMimeMessage *message, struct arena *arena, struct inbound *inbound);

#endif
