/*
 * filter_property: the properties of tickets and of people as SQL; internal to this room.
 *
 * Those that are built in stand for expressions of an allow-list, which is filter_property.c; the admin's own
 * are read out of the row's JSON, with the path to them as a parameter.
 */
#ifndef GUICHET_STORE_FILTER_PROPERTY_H
#define GUICHET_STORE_FILTER_PROPERTY_H

#include "sql.h"

#include <stdbool.h>

/* Of which table's row is spoken: `ticket` or `person`, under these names in the statement. */
enum filter_subject { FILTER_TICKETS, FILTER_CONTACTS };

/*
 * Add the expression for a property, to sort by or to show: for dates that are built in milliseconds, for
 * own ones text; for several choices JSON. Besides the properties of lib/filter.h these stand for what
 * customers are shown of people: "requester.name", "owner.first", "owner.last", "owner.full"; and "inbox".
 * A property that is not built in is taken as the admin's own: the caller has checked that there is one.
 */
void filter_add_property(struct sql *sql, const char *property, enum filter_subject subject);

/* The row's JSON and the path to one of the admin's own in it, as arguments of a function of SQLite's. */
void filter_add_place(struct sql *sql, const char *property, enum filter_subject subject);

/* Is it a date that is a number, of milliseconds? Dates of the admin's own are texts such as 2026-11-22. */
bool filter_in_milliseconds(const char *property, enum filter_subject subject);

#endif
