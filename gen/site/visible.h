/*
 * visible: the settings of who sees what: "permission", "company_view", "visible", "inboxes", "threads" and
 * "internal" of "tickets" in content/portal.json.
 */
#ifndef GUICHET_SITE_VISIBLE_H
#define GUICHET_SITE_VISIBLE_H

#include "site.h"

extern const struct setting company_view_settings[];
extern const struct setting internal_settings[];

/* What the tables cannot say. `offered`: what forms offer (filters.h). False: errors in `diag`. */
bool visible_check(const struct site *site, const json_t *offered, struct diag *diag);

/* Set their members of the compiled portal. */
void visible_compile(const struct site *site, json_t *portal);

#endif
