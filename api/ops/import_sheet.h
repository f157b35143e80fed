/*
 * import_sheet: a CSV file read by a mapping: its first row says what its columns are, the others are
 * records.
 *
 * A file is of the type most of whose columns its first row names. A column may be missing when its field
 * may; columns that nothing asks for are passed over.
 */
#ifndef GUICHET_IMPORT_SHEET_H
#define GUICHET_IMPORT_SHEET_H

#include "../../lib/arena.h"
#include "csv_read.h"
#include "import_mapping.h"

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
bool import_sheet_read(const struct import_mapping *mapping, struct arena *arena, const char *file,
                       const struct csv_row *head, struct import_sheet *sheet, struct diag *diag);

/* What a row says, as a new reference. */
json_t *import_sheet_record(const struct import_sheet *sheet, const struct csv_row *row);

/* The cell that a field ("email", "properties/product") was read from; the row's first when it was from none.
 */
const struct csv_cell *import_sheet_cell(const struct import_sheet *sheet, const struct csv_row *row,
                                         const char *field);

#endif
