/*
 * handlers: the sync API, /sync/...: what `guichet-api import` does, for programs that hold a token.
 */
#ifndef GUICHET_SYNC_HANDLERS_H
#define GUICHET_SYNC_HANDLERS_H

#include "../server/request.h"

/* Records as record.h has them, of the kind that the path names; tickets with messages, or messages alone. */
enum problem handle_sync_companies(struct request *request);
enum problem handle_sync_contacts(struct request *request);
enum problem handle_sync_tickets(struct request *request);

#endif
