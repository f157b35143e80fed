/*
 * whose: which person of ours the believed claims mean (OpenID Connect Core 1.0, sections 5.1 and 5.7).
 */
#ifndef GUICHET_OIDC_WHOSE_H
#define GUICHET_OIDC_WHOSE_H

#include "exchange.h"

/* Fills `person` when the outcome is OUTCOME_GOOD. See store/identity.h for what an address may do. */
enum outcome whose(struct exchange *exchange, const json_t *claims, struct person *person);

#endif
