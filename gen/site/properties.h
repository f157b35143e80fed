/*
 * properties: what tickets and contacts have besides what every one has: content/properties.json.
 *
 * The file is optional. Types, labels, options and limits of the admin's own properties stand there; those
 * that are built in are known to lib/filter.h. An id is one property: no own one has the id of a built-in one
 * or of a form's own field, and no contact's has that of a ticket's, so that a form can name either.
 */
#ifndef GUICHET_PROPERTIES_H
#define GUICHET_PROPERTIES_H

#include "site.h"

extern const struct setting property_settings[];
extern const struct setting option_settings[]; /* an option of a select: "value" and "label" */

/* Load it into site->properties. No file is as good as an empty one; errors go to `diag`. */
void properties_load(struct site *site, struct diag *diag);

/* Errors: what the table cannot say. */
void properties_check(const struct site *site, struct diag *diag);

/* An own property: its checked settings, `of` being "tickets" or "contacts". NULL: none such. Borrowed. */
const json_t *property_find(const struct site *site, const char *of, const char *id);

/* Is there none of that id, built in or own? Where the own ones were refused, nobody knows: no. */
bool property_is_odd(const struct site *site, const char *of, const char *id);

/* Errors: a value that is there twice; `pointer` is where the list stands in the file. */
void options_check(const struct site *site, const struct settings_file *file, const char *pointer,
                   const json_t *options, struct diag *diag);

#endif
