/*
 * The handlers of the routes about who one is: see server/route.c and api/openapi.json.
 */
#ifndef GUICHET_ACCOUNT_HANDLERS_H
#define GUICHET_ACCOUNT_HANDLERS_H

#include "../server/route.h"

route_handler handle_session;
route_handler handle_sign_in;
route_handler handle_sign_in_form;
route_handler handle_sign_out;
route_handler handle_sign_out_form;
route_handler handle_sign_up;
route_handler handle_sign_up_form;
route_handler handle_sign_up_confirm;
route_handler handle_sign_up_confirm_form;
route_handler handle_reset;
route_handler handle_reset_form;
route_handler handle_reset_confirm;
route_handler handle_reset_confirm_form;

#endif
