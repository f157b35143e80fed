/*
 * consent: what people agree to who make their account themselves ("consent" of content/portal.json).
 *
 * There is the portal's own and, for a domain, one of its own which takes what it does not say from it. The
 * exact words of each in each language are a version, named by their hash: whatever changes, the version
 * does.
 */
#ifndef GUICHET_CONSENT_H
#define GUICHET_CONSENT_H

#include "site.h"

/* What must hold within it: a label where there is a text, domains of the portal, ... */
void consent_check(const struct site *site, struct diag *diag);

/*
 * As templates see it in one language: {"asks" (there is a text), "renew", "variants": [{host ("" for the
 * portal's own, the first), first, index, notice, text, label (each false when absent), version, links
 * [{label, url}]}]}, or false. Beside each notice, text and label stands the language it is in: notice_lang,
 * ...; false when it is the page's. New reference.
 */
json_t *consent_view(const struct site *site, const char *locale);

/* Is everybody asked who has not agreed to the words of today? */
bool consent_renews(const struct site *site);

/* As the API needs it: the exact words of every text in every language by their version. New reference. */
json_t *consent_compile(const struct site *site);

#endif
