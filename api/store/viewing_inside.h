/*
 * viewing_inside: what of viewing.h this room alone needs.
 */
#ifndef GUICHET_STORE_VIEWING_INSIDE_H
#define GUICHET_STORE_VIEWING_INSIDE_H

#include "inside.h"

/* Within a write transaction: the audit row of somebody of the team who begins or ends looking as a contact.
 */
void viewing_write_down(struct conn *conn, const char *action, int64_t own_id, int64_t contact_id,
                        int64_t now);

#endif
