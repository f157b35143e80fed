/*
 * The handlers of the routes about mail that waits, for the team, and about mail that nobody wants any more:
 * see server/route.c and api/openapi.json.
 */
#ifndef GUICHET_MAIL_HANDLERS_H
#define GUICHET_MAIL_HANDLERS_H

#include "../server/route.h"

route_handler handle_quarantine;
route_handler handle_quarantined;
route_handler handle_quarantine_accept;
route_handler handle_quarantine_discard;
route_handler handle_unsubscribe;
route_handler handle_unsubscribe_link;

#endif
