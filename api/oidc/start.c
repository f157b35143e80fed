/* Away to the provider (OpenID Connect Core 1.0, section 3.1.2.1; RFC 7636, section 4.3). */
#include "../../lib/log.h"
#include "../account/enter.h"
#include "../server/respond.h"
#include "address.h"
#include "handlers.h"
#include "journey.h"
#include "provider.h"

#include <string.h>

static const char *scope_of(struct request *request, const struct portal_provider *provider)
{
    const char *scope = provider->scopes[0];
    for (size_t i = 1; scope && i < provider->scope_count; i++)
        scope = arena_printf(request->arena, "%s %s", scope, provider->scopes[i]);
    return scope ? scope : "openid";
}

static enum problem send_away(struct request *request, const struct portal_provider *provider,
                              const char *authorization, struct journey *journey)
{
    const char *redirect = address_of_ours(request, provider->id, "return");
    if (!redirect || !journey_begin(request, journey))
        return PROBLEM_INTERNAL;
    const char *const pairs[] = {"response_type",
                                 "code",
                                 "client_id",
                                 provider->client_id,
                                 "redirect_uri",
                                 redirect,
                                 "scope",
                                 scope_of(request, provider),
                                 "state",
                                 journey->state,
                                 "nonce",
                                 journey->nonce,
                                 "code_challenge",
                                 journey->challenge,
                                 "code_challenge_method",
                                 "S256",
                                 "ui_locales",
                                 journey->locale,
                                 NULL};
    return respond_elsewhere(request, address_with(request, authorization, pairs));
}

enum problem handle_oidc_start(struct request *request)
{
    const char *back, *locale;
    struct endpoints endpoints;
    const struct portal_provider *provider = portal_provider(request->portal, request->id);
    if (!provider)
        return PROBLEM_NOT_FOUND;
    enum problem problem =
        request_params(request, (const struct request_text[]){{"return", &back}, {"locale", &locale}, {0}});
    if (problem != PROBLEM_NONE)
        return problem;
    struct journey journey = {.provider = provider->id,
                              .locale = address_locale(request, locale),
                              .back = enter_back(request, back)};
    struct asking asking = {
        .oidc = request->server->oidc, .arena = request->arena, .provider = provider, .now = request->now};
    if (provider_endpoints(&asking, &endpoints))
        return send_away(request, provider, endpoints.authorization, &journey);
    log_event(LOG_WARNING, "oidc_refused", "provider", provider->id, "why", asking.why, NULL);
    return enter_again(request, journey.locale, journey.back, "e-single_unavailable");
}
