/*
 * visible_rule: what the settings of a portal say of who sees what, composed once for each portal that is
 * loaded; every viewer carries it.
 *
 * Who is asked for at all: contacts see their own tickets; those of their company when the permission is
 * "company", or when it is "matching" and they are managers or match a filter; those that were shared with
 * them, unless that is switched off. Of these, what shows: tickets that match the visibility filter, of the
 * chosen inboxes; their latest, original or all threads, but none of an internal channel; of these, messages
 * that are not internal by their sender or their ticket: what somebody wrote themselves is not internal to
 * them. Staff see everything.
 */
#ifndef GUICHET_STORE_VISIBLE_RULE_H
#define GUICHET_STORE_VISIBLE_RULE_H

#include "../../lib/portal.h"
#include "person.h"
#include "ticket.h"

struct visible_rule;

/* Made in the arena, of a portal that outlives it. NULL: no memory. */
const struct visible_rule *visible_rule_make(struct arena *arena, const struct portal *portal);

/* Does what it shows change with time alone ("in the last 30 days")? */
bool visible_rule_is_timed(const struct visible_rule *rule);

/* What this person may see now. The rule must outlive the viewer. */
enum rc visible_viewer(struct store *store, const struct visible_rule *rule, const struct person *person,
                       int64_t now, struct viewer *viewer);

#endif
