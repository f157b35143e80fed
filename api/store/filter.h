/*
 * filter: a filter as SQL; internal to this room.
 *
 * Properties that are built in stand for expressions of an allow-list; the admin's own are read out of the
 * row's JSON, with the path to them as a parameter. What is tested for is always a parameter, too.
 *
 * Texts are compared without regard to capital letters, options exactly. Days are those of UTC.
 * What is unknown passes no test but "is_unknown" and "is_none_of"; an unknown checkbox is not ticked.
 */
#ifndef GUICHET_STORE_FILTER_H
#define GUICHET_STORE_FILTER_H

#include "../../lib/filter.h"
#include "sql.h"

#include <sqlite3.h>

/* Of which table's row the filter speaks: `ticket` or `person`, under these names in the statement. */
enum filter_subject { FILTER_TICKETS, FILTER_CONTACTS };

/*
 * Add one condition in parentheses, true only for rows that match (it may be NULL for others). NULL for a
 * filter is "1". It may use :clock, the time in milliseconds.
 */
void filter_add(struct sql *sql, const struct portal_filter *filter, enum filter_subject subject);

/*
 * Add the expression for a property, to sort by or to show: for dates that are built in milliseconds, for
 * own ones text; for several choices JSON. Besides the properties of lib/filter.h these stand for what
 * customers are shown of people: "requester.name", "owner.first", "owner.last", "owner.full"; and "inbox".
 * A property that is not built in is taken as the admin's own: the caller has checked that there is one.
 */
void filter_add_property(struct sql *sql, const char *property, enum filter_subject subject);

/* Make the function that these conditions call: small_letters(text). */
bool filter_functions(sqlite3 *sqlite);

#endif
