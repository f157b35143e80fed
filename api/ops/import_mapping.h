/*
 * import_mapping: which column of a CSV file says what, from a small JSON file.
 *
 *     {
 *       "source": "hubspot",                                what the other system is called
 *       "zone": "+01:00",                                   of times that name none; UTC when it is left out
 *       "files": [ {
 *         "type": "ticket",                                 company, contact, ticket, message
 *         "columns": [
 *           { "column": "Ticket ID", "field": "id" },       fields: api/sync/fields.h
 *           { "column": "Priority", "field": "priority", "values": [ { "from": "HIGH", "to": "high" } ] },
 *           { "column": "Product", "property": "product" }, one of the portal's own properties
 *           { "field": "inbox", "default": "support" }      where the cell is empty, or there is no column
 *         ] } ]
 *     }
 *
 * How files are read by it: import_sheet.h.
 */
#ifndef GUICHET_IMPORT_MAPPING_H
#define GUICHET_IMPORT_MAPPING_H

#include "../../lib/diag.h"
#include "../sync/fields.h"

struct import_mapping {
    json_t *root; /* owned; complete */
    const char *source;
    int zone; /* minutes */
};

/* False: errors in `diag`. */
bool import_mapping_load(struct import_mapping *mapping, const char *path, struct diag *diag);
void import_mapping_release(struct import_mapping *mapping);

#endif
