/* Handlers of what people do with all that is held about them. */
#ifndef GUICHET_OWN_HANDLERS_H
#define GUICHET_OWN_HANDLERS_H

#include "../server/route.h"

route_handler handle_account_export;
route_handler handle_account_erasure;
route_handler handle_account_erasure_withdraw;
route_handler handle_erasures;
route_handler handle_erasure;
route_handler handle_erasure_approve;
route_handler handle_erasure_decline;

#endif
