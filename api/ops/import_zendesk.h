/*
 * import_zendesk: lines of Zendesk's JSON export as records of our own shape.
 */
#ifndef GUICHET_IMPORT_ZENDESK_H
#define GUICHET_IMPORT_ZENDESK_H

#include <jansson.h>

/*
 * An organisation, a user or a ticket with its comments; known by what it has. A new reference. Whatever is
 * none of these becomes a record without a type, which is refused.
 *
 * New, open, pending and on-hold tickets are open, solved and closed ones closed. Agents and administrators
 * become agents, shut out until somebody lets them in.
 */
json_t *import_zendesk_record(const json_t *line);

#endif
