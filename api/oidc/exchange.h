/*
 * exchange: from the code that a browser brought to what the provider says about its person (RFC 6749,
 * section 4.1.3; RFC 7636, section 4.5; OpenID Connect Core 1.0, sections 3.1.3 and 5.3).
 *
 * Tokens live in the request's memory, and nowhere else: not in the store, not in a log, not in a page (T54).
 */
#ifndef GUICHET_OIDC_EXCHANGE_H
#define GUICHET_OIDC_EXCHANGE_H

#include "../server/request.h"
#include "journey.h"
#include "outcome.h"
#include "provider.h"

struct exchange {
    struct request *request;
    struct asking asking;
    struct endpoints endpoints;
    const struct journey *journey;
    const char *redirect; /* the same that the browser was sent away with */
    const char *why;      /* when it failed, for the log */
};

/* Believed claims in `*claims`, a new reference; NULL unless the outcome is OUTCOME_GOOD. */
enum outcome exchange_code(struct exchange *exchange, const char *code, json_t **claims);

#endif
