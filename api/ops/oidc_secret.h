/*
 * oidc_secret: the secrets that providers of single sign-on gave to this portal.
 *
 * A provider "acme" has GUICHET_OIDC_ACME_SECRET or GUICHET_OIDC_ACME_SECRET_FILE: see secret_setting.h.
 */
#ifndef GUICHET_OIDC_SECRET_H
#define GUICHET_OIDC_SECRET_H

#include "../../lib/portal.h"
#include "config.h"

/* Is this the name of such a setting? */
bool oidc_secret_is_name(const char *name);

/* What the provider's variable is called, in the arena. */
const char *oidc_secret_name(struct arena *arena, const char *provider);

/* The secret, in the arena; NULL: there is none, or the file cannot be read or is empty. */
const char *oidc_secret(const struct config *config, struct arena *arena, const char *provider);

/* Log what is missing of those that the portal's providers need. */
void oidc_secret_check(const struct config *config, const struct portal *portal);

#endif
