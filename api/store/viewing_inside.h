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

/*
 * Within a write transaction: run what takes sessions away and returns of each whose it was and as whom they
 * looked. Looking ends with them, and is written down. `*person_id` (NULL: nobody asks): whose the last one
 * was; RC_NOT_FOUND: there was none.
 */
enum rc viewing_end_sessions(struct query *taking, int64_t now, int64_t *person_id);

#endif
