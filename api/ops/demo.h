/*
 * demo: makes a data folder with example people and tickets, from one JSON file (content/demo/demo.json is
 * the shipped one).
 *
 *     {
 *       "password": "of everybody",
 *       "companies": { "acme": "Acme Logistics" },
 *       "people": {
 *         "anna": { "role": "contact", "email": "..", "first_name": "Anna", "last_name": "Berg",
 *                   "locale": "en", "company": "acme", "manager": true, "properties": {"phone": "+47 .."} },
 *         "mia": { "role": "agent", ... }                        contact, agent or admin
 *       },
 *       "tickets": [ {
 *         "subject": "..", "requester": "anna", "owner": "mia", "inbox": "support", "pipeline": "support",
 *         "stage": "closed", "closed": true, "category": "bug", "priority": "high", "source": "email",
 *         "participants": ["tariq"],
 *         "properties": { "product": "printer" },
 *         "messages": [ {
 *           "author": "anna", "days_ago": 3, "hours_ago": 2, "minutes_ago": 5, "internal": true,
 *           "channel": "email", "text": ["line", "", "line"], "files": ["log.txt"]
 *         } ]
 *       } ]
 *     }
 *
 * Left out is fine: company, manager, owner, closed, category, priority, source (the portal), participants,
 * properties, internal, files, and of the times what is 0. Times count back from the moment of making, so
 * that an example always looks fresh. The messages of a ticket stand oldest first; a closed ticket was closed
 * with its last one. Files lie in files/ beside the JSON file; their type goes by the ending of their name.
 * Tickets are numbered in the order in which they were filed.
 *
 * A message with a channel begins a conversation of its own, as one by e-mail is; what follows belongs to it.
 *
 * Where the compiled portal is there, inboxes, pipelines, stages, "closed" and properties must be as it says.
 */
#ifndef GUICHET_DEMO_H
#define GUICHET_DEMO_H

#include "../../lib/diag.h"

#include <stdbool.h>

/* False: errors are in `diag`, and no store was made. `portal_dir`: out/portal, or NULL. */
bool demo_run(const char *file, const char *data_dir, const char *portal_dir, struct diag *diag);

#endif
