/*
 * address: the addresses of ours that providers know, and those of theirs that browsers are sent to.
 */
#ifndef GUICHET_OIDC_ADDRESS_H
#define GUICHET_OIDC_ADDRESS_H

#include "../server/request.h"

/*
 * The whole address of "/oidc/{id}/PAGE" of the API, on the host that the browser is at, which is one of
 * ours: its cookies are there. NULL: no memory.
 */
const char *address_of_ours(struct request *request, const char *id, const char *page);

/* An address with more in its query; pairs of name and value, ended by NULL. NULL: no memory. */
const char *address_with(struct request *request, const char *url, const char *const *pairs);

/* The language that was asked for, or the portal's own. */
const char *address_locale(struct request *request, const char *locale);

#endif
