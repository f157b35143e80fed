/*
 * columns: which properties of tickets show where: "columns" of the list and of exports, and "page", what a
 * ticket's own page says beside the conversation ("tickets" of content/portal.json).
 */
#ifndef GUICHET_COLUMNS_H
#define GUICHET_COLUMNS_H

#include "site.h"

/* Errors: a property that there is not, or twice. `list` is "columns" or "page". */
void columns_check(const struct site *site, const char *list, struct diag *diag);

#endif
