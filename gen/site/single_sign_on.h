/*
 * single_sign_on: providers of OpenID Connect that people may sign in with ("single_sign_on" of
 * content/portal.json), by id.
 *
 * What belongs to the deployment, the client's secret, stands nowhere here: see api/ops/oidc_secret.h.
 */
#ifndef GUICHET_SINGLE_SIGN_ON_H
#define GUICHET_SINGLE_SIGN_ON_H

#include "site.h"

/* A provider's table. */
extern const struct setting provider_settings[];

/* What must hold within and between providers: an issuer that can be trusted, "openid" among the scopes, ...
 */
void single_sign_on_check(const struct site *site, struct diag *diag);

/*
 * As templates see it in one language: {any, for_customers, customers [{id, label, label_lang, url}],
 * for_staff, staff [..], leaving [those where one may sign out, too]}; the url is what the provider's pages
 * of the API lie below. New reference.
 */
json_t *single_sign_on_view(const struct site *site, const char *locale);

/* As the API needs it: a list. New reference. */
json_t *single_sign_on_compile(const struct site *site);

#endif
