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

/* What is here, in the order of our numbers, with what it is called in the token's source. */
enum problem handle_sync_get_companies(struct request *request);
enum problem handle_sync_get_contacts(struct request *request);
enum problem handle_sync_get_tickets(struct request *request);
enum problem handle_sync_get_messages(struct request *request);

#endif
