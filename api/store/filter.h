/*
 * filter: a filter as SQL; internal to this room.
 *
 * What properties stand for says filter_property.h. What is tested for is always a parameter.
 *
 * Texts are compared without regard to capital letters, options exactly. Days are those of UTC.
 * What is unknown passes no test but "is_unknown" and "is_none_of"; an unknown checkbox is not ticked.
 */
#ifndef GUICHET_STORE_FILTER_H
#define GUICHET_STORE_FILTER_H

#include "../../lib/filter.h"
#include "filter_property.h"
#include "sql.h"

#include <sqlite3.h>

/*
 * Add one condition in parentheses, true only for rows that match (it may be NULL for others). NULL for a
 * filter is "1". It may use :clock, the time in milliseconds.
 */
void filter_add(struct sql *sql, const struct portal_filter *filter, enum filter_subject subject);

/* Make the function that these conditions call: small_letters(text). */
bool filter_functions(sqlite3 *sqlite);

#endif
