/*
 * query_filter: one filter of a list, as a customer set it; internal to the reading of queries.
 */
#ifndef GUICHET_QUERY_FILTER_H
#define GUICHET_QUERY_FILTER_H

#include "../server/request.h"

/*
 * The property that stands for what customers see of this one: of a requester the name, not the address.
 * NULL: all have one name, and an order or a filter would tell them apart.
 */
const char *query_shown_property(const struct request *request, const char *id);

/* Make `filter` of a value. False: it does not fit the property's type, or is none of its options. */
bool query_filter_make(struct request *request, const struct portal_property *property, const char *value,
                       struct portal_filter *filter);

#endif
