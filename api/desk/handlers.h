/*
 * The handlers of the desk's routes, where the team works: see server/route.c and api/openapi.json. The
 * dispatcher lets nobody else in: to others these routes are not there (WHO_STAFF).
 */
#ifndef GUICHET_DESK_HANDLERS_H
#define GUICHET_DESK_HANDLERS_H

#include "../server/route.h"

route_handler handle_desk_queues;
route_handler handle_desk_list;
/* people.c, timeline.c */
route_handler handle_desk_people;
route_handler handle_desk_person;
route_handler handle_desk_person_timeline;
route_handler handle_desk_companies;
route_handler handle_desk_company;
route_handler handle_desk_company_timeline;
/* viewing.c */
route_handler handle_desk_viewing;
route_handler handle_viewing_end;
/* outbox.c */
route_handler handle_desk_mail;
route_handler handle_desk_outbox;
route_handler handle_desk_resend;
/* saved.c */
route_handler handle_desk_replies;
route_handler handle_desk_saved;
route_handler handle_desk_saved_add;
route_handler handle_desk_saved_change;
route_handler handle_desk_saved_remove;
/* ticket.c, change.c */
route_handler handle_desk_ticket;
route_handler handle_desk_messages;
route_handler handle_desk_beside;
route_handler handle_desk_change;
/* The counts, the export and replies are those of portal/handlers.h. */

#endif
