/* Handlers of what people do with all that is held about them. */
#ifndef GUICHET_OWN_HANDLERS_H
#define GUICHET_OWN_HANDLERS_H

#include "../server/route.h"

route_handler handle_account_export;

#endif
