/*
 * csv: tickets as the rows of a spreadsheet (RFC 4180), in one language of the portal.
 *
 * The columns are the list's, with the number before them unless it is one of them. Times are RFC 3339 in
 * UTC and dates days; numbers are plain; what is a choice is called as the pages call it, several are joined
 * by
 * "; ".
 */
#ifndef GUICHET_CSV_H
#define GUICHET_CSV_H

#include "../server/request.h"

struct csv {
    const struct request *request;
    const char *locale; /* one of the portal's */
};

void csv_head(const struct csv *csv, struct buf *out);
void csv_row(const struct csv *csv, const struct ticket *ticket, struct buf *out);

#endif
