/*
 * The handlers of the routes about who one is: see server/route.c and api/openapi.json.
 */
#ifndef GUICHET_ACCOUNT_HANDLERS_H
#define GUICHET_ACCOUNT_HANDLERS_H

#include "../server/route.h"

route_handler handle_session;
route_handler handle_sign_in;
route_handler handle_sign_in_form;
route_handler handle_code;
route_handler handle_code_form;
route_handler handle_sign_out;
route_handler handle_sign_out_form;
route_handler handle_sign_up;
route_handler handle_sign_up_form;
route_handler handle_sign_up_confirm;
route_handler handle_sign_up_confirm_form;
route_handler handle_account;
route_handler handle_account_details;
route_handler handle_account_password;
route_handler handle_account_address;
route_handler handle_two_step;
route_handler handle_two_step_begin;
route_handler handle_two_step_confirm;
route_handler handle_two_step_codes;
route_handler handle_two_step_off;
route_handler handle_account_sessions;
route_handler handle_account_session_end;
route_handler handle_account_sessions_end;
route_handler handle_sign_in_link;
route_handler handle_sign_in_link_form;
route_handler handle_link;
route_handler handle_link_form;
route_handler handle_reset;
route_handler handle_reset_form;
route_handler handle_reset_confirm;
route_handler handle_reset_confirm_form;
route_handler handle_account_mails;
route_handler handle_account_mails_set;
route_handler handle_consents;
route_handler handle_consents_withdraw;
route_handler handle_consent_form;
route_handler handle_audit;
route_handler handle_audit_export;

#endif
