/*
 * csv_read: rows of a CSV file as people export them, each with its place (RFC 4180 and what is around it).
 *
 * The first row names the columns. Cells are separated by commas, semicolons or tabs, whichever the first row
 * has most of; a quoted cell may hold separators, line ends and doubled quotes. A byte order mark and CR
 * before LF are fine; empty lines are none.
 */
#ifndef GUICHET_CSV_READ_H
#define GUICHET_CSV_READ_H

#include "../../lib/arena.h"
#include "../../lib/diag.h"

enum { CSV_COLUMNS_MAX = 200 };

struct csv_cell {
    const char *text;   /* without quotes, and without blanks around it when it has none */
    unsigned line, col; /* from 1; columns in characters */
};

struct csv_row {
    struct csv_cell *cells;
    size_t count;
    struct csv_row *next;
};

/*
 * All rows, the first one first, in the arena. NULL: the file is empty, or something is wrong with its form,
 * of which every case is an error in `diag`. A row may have more cells than the first has, or fewer.
 */
struct csv_row *csv_read(struct arena *arena, const char *file, const char *text, size_t len,
                         struct diag *diag);

#endif
