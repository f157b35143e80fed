/*
 * The handlers of single sign-on (RFC 6749, RFC 7636, RFC 9700; OpenID Connect Core 1.0; OpenID Connect
 * RP-Initiated Logout 1.0). A browser comes to them by a link or a redirect and is sent on: see
 * server/route.c and api/openapi.json.
 */
#ifndef GUICHET_OIDC_HANDLERS_H
#define GUICHET_OIDC_HANDLERS_H

#include "../server/route.h"

route_handler handle_oidc_start;
route_handler handle_oidc_return;
route_handler handle_oidc_end;
route_handler handle_oidc_ended;

#endif
