/*
 * viewing: somebody of the team sees the portal as a contact does.
 *
 * It belongs to their session, and ends with it. While it lasts, the session is read as the contact's
 * (session->person), so that every rule asks of the contact and knows nothing of this; session->own_id and
 * session->viewing_until tell that it is not. Nothing is written to the contact. server/who.c refuses what
 * is not for looking.
 */
#ifndef GUICHET_STORE_VIEWING_H
#define GUICHET_STORE_VIEWING_H

#include "session.h"

/* The longest that one look lasts. */
#define VIEWING_MS INT64_C(1800000)

/* Also writes the audit row, which names the contact. RC_NOT_FOUND: there is no such contact to look as:
 * nobody, somebody of the team, somebody disabled or erased. */
enum rc viewing_begin(struct store *store, const unsigned char hash[SESSION_HASH_BYTES],
                      const struct session *session, int64_t contact_id, int64_t now);

/* Also writes the audit row. RC_NOT_FOUND: the session was looking as nobody. */
enum rc viewing_end(struct store *store, const unsigned char hash[SESSION_HASH_BYTES], int64_t now);

/*
 * Make a session that was just read the contact's, if it is one of somebody of the team who looks as one.
 * When that is over, by time or because there is no such contact any more, it is ended and stays the team's.
 */
enum rc viewing_apply(struct store *store, struct arena *arena, const unsigned char hash[SESSION_HASH_BYTES],
                      int64_t now, struct session *session);

#endif
