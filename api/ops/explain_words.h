/*
 * explain_words: the settings of who sees what, in words; part of the verb explain.
 */
#ifndef GUICHET_EXPLAIN_WORDS_H
#define GUICHET_EXPLAIN_WORDS_H

#include "../../lib/portal.h"
#include "../store/person.h"
#include "../store/ticket.h"
#include "../store/visible_rule.h"

#include <stdbool.h>
#include <stdio.h>

struct explain {
    FILE *out;
    struct arena *arena;
    struct store *store;
    const struct portal *portal;
    const struct visible_rule *rule;
    int64_t now;
    struct person person;
    bool disabled;
    struct viewer viewer;
    const char *company_view; /* why they see their company's tickets, or do not */
};

/* One node of a filter: category is_any_of "bug", "legal"; or: all of these. */
const char *explain_filter_words(struct arena *arena, const struct portal_filter *filter);

/* Why this contact sees the tickets of their company, or does not. */
const char *explain_company_view(struct arena *arena, const struct portal *portal,
                                 const struct viewer *viewer, bool manager);

/* Who they are, whether they are let in, and what they may see at all. */
void explain_print_person(const struct explain *explain);

#endif
