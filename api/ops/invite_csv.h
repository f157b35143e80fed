/*
 * invite_csv: the people of a CSV file, for `guichet-api invite --csv FILE`.
 *
 * The columns are found by their names, in any order and case; invite_csv_print_columns() lists them. A
 * column of another name is an error: what stands in it would be lost in silence.
 */
#ifndef GUICHET_INVITE_CSV_H
#define GUICHET_INVITE_CSV_H

#include "../../lib/arena.h"
#include "../../lib/diag.h"
#include "csv_read.h"

#include <jansson.h>
#include <stdio.h>

struct invite_csv {
    const char *file;
    const struct csv_row *head;
    const struct csv_row **places; /* of the rows */
    json_t *rows; /* a list of objects; NULL: nothing of the file can be used. Let go of it. */
};

/* In `rows`, what is said of a row as a whole, behind its last cell; beside the columns' own keys. */
#define INVITE_CSV_FAULT "fault"

/* Read it. Errors in `diag` may leave rows as well: what is in them can then be checked, and nothing done. */
void invite_csv_read(struct invite_csv *csv, struct arena *arena, const char *file, struct diag *diag);

/* Where a row has what belongs to a key ("email", "locale", INVITE_CSV_FAULT); the address where the file has
 * no such column. `*name`: the column's, as it stands in the file; "": none. */
struct place invite_csv_place(const struct invite_csv *csv, size_t row, const char *key, const char **name);

/* Which columns there may be, for --help. */
void invite_csv_print_columns(FILE *out);

#endif
