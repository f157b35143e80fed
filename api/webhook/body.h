/*
 * body: what a delivery says, as JSON; its shape: "webhooks" of openapi.json.
 *
 * It tells what happened, and of the ticket, message or person how they stand now, with the eyes of the team:
 * what customers may see plays no part. An internal note is told only as HOOK_NOTE.
 */
#ifndef GUICHET_WEBHOOK_BODY_H
#define GUICHET_WEBHOOK_BODY_H

#include "../../lib/buf.h"
#include "../store/hook.h"

enum { BODY_CEILING = 4 * 1024 * 1024 }; /* the longest message there is, whatever it is made of */

/* NULL: it is all in `out`. Else why it never can be, as what it speaks of is gone; or `*rc` is not RC_OK,
 * and it may be another time. */
const char *body_write(struct store *store, struct arena *arena, const struct hook_delivery *delivery,
                       struct buf *out, enum rc *rc);

#endif
