/*
 * import_mapping: which column of a CSV file says what, from a small JSON file.
 *
 *     {
 *       "source": "hubspot",                                what the other system is called
 *       "zone": "+01:00",                                   of times that name none; UTC when it is left out
 *       "files": [ {
 *         "type": "ticket",                                 company, contact, ticket, message
 *         "columns": [
 *           { "column": "Ticket ID", "field": "id" },       fields: api/sync/record.h
 *           { "column": "Priority", "field": "priority", "values": [ { "from": "HIGH", "to": "high" } ] },
 *           { "column": "Product", "property": "product" }, one of the portal's own properties
 *           { "field": "inbox", "default": "support" }      where the cell is empty, or there is no column
 *         ] } ]
 *     }
 *
 * A file is of the type most of whose columns its first row names. A column may be missing when its field
 * may; columns that nothing asks for are passed over.
 */
#ifndef GUICHET_IMPORT_MAPPING_H
#define GUICHET_IMPORT_MAPPING_H

#include "../../lib/diag.h"
#include "../sync/record.h"
#include "csv_read.h"

struct import_mapping {
    json_t *root; /* owned; complete */
    const char *source;
    int zone; /* minutes */
};

/* False: errors in `diag`. */
bool import_mapping_load(struct import_mapping *mapping, const char *path, struct diag *diag);
void import_mapping_release(struct import_mapping *mapping);

/* A column of the mapping, and where it stands in a file. */
struct import_column {
    const char *field;    /* NULL: a property */
    const char *property; /* NULL: a field */
    const json_t *values;
    const char *fallback; /* NULL: none */
    size_t cell;          /* SIZE_MAX: in no column */
};

struct import_sheet {
    enum sync_kind kind;
    struct import_column *columns; /* in the arena */
    size_t count;
};

/* What a file with this first row says. False: errors in `diag`. */
bool import_mapping_sheet(const struct import_mapping *mapping, struct arena *arena, const char *file,
                          const struct csv_row *head, struct import_sheet *sheet, struct diag *diag);

/* What a row says, as a new reference. */
json_t *import_mapping_record(const struct import_sheet *sheet, const struct csv_row *row);

/* The cell that a field ("email", "properties/product") was read from; the row's first when it was from none.
 */
const struct csv_cell *import_mapping_cell(const struct import_sheet *sheet, const struct csv_row *row,
                                           const char *field);

#endif
