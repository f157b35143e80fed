/*
 * filters: settings that say which tickets or contacts are meant: {"any": [{"property": "category",
 * "is_any_of": ["bug"]}, ...]}.
 *
 * The table of settings only knows that one is an object (SETTING_FILTER): which properties there are, and
 * which tests each takes, is known here.
 */
#ifndef GUICHET_FILTERS_H
#define GUICHET_FILTERS_H

#include "../../lib/portal.h"
#include "site.h"

/*
 * Errors: what of the filter at this JSON Pointer of content/portal.json cannot be meant. `filter` is NULL or
 * the value that stands there. `offered`: what forms offer for the selects that are built in, {"category":
 * {"bug": true, ..}, ..}; of one that is not in it nothing is known. Tickets may come in another way than
 * through a form: a value that is like none of theirs is a warning.
 */
void filter_check(const struct site *site, const json_t *offered, const char *pointer, const json_t *filter,
                  enum portal_object of, struct diag *diag);

/* As the compiled portal has it; a new reference. NULL gives null. The filter was checked. */
json_t *filter_compile(const struct site *site, const json_t *filter, enum portal_object of);

#endif
