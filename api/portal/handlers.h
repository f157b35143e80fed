/*
 * The handlers of the routes about tickets: see server/route.c and api/openapi.json.
 */
#ifndef GUICHET_PORTAL_HANDLERS_H
#define GUICHET_PORTAL_HANDLERS_H

#include "../server/route.h"

route_handler handle_ticket_list;
route_handler handle_ticket_counts;
route_handler handle_ticket_export;
route_handler handle_ticket;
route_handler handle_ticket_messages;
route_handler handle_ticket_new;
route_handler handle_ticket_new_form;
route_handler handle_ticket_reply;
route_handler handle_ticket_close;
route_handler handle_ticket_close_undo;
route_handler handle_ticket_rating;
route_handler handle_participant_add;
route_handler handle_participant_remove;
route_handler handle_ticket_file;

#endif
