/*
 * Signing out at the provider as well (OpenID Connect RP-Initiated Logout 1.0). The session here has ended
 * before: this only leads there and back. The provider is told which client asks and gets no token of ours,
 * since we keep none; so it asks the person before it acts.
 */
#include "../../lib/log.h"
#include "../account/answer.h"
#include "../server/respond.h"
#include "address.h"
#include "handlers.h"
#include "provider.h"

static enum problem lead_there(struct request *request, const struct portal_provider *provider,
                               const char *end_session, const char *locale)
{
    const char *back = address_of_ours(request, provider->id, "ended");
    if (!back)
        return PROBLEM_INTERNAL;
    const char *const pairs[] = {"client_id",
                                 provider->client_id,
                                 "post_logout_redirect_uri",
                                 back,
                                 "state",
                                 locale,
                                 "ui_locales",
                                 locale,
                                 NULL};
    return respond_elsewhere(request, address_with(request, end_session, pairs));
}

enum problem handle_oidc_end(struct request *request)
{
    const char *wanted;
    struct endpoints endpoints;
    const struct portal_provider *provider = portal_provider(request->portal, request->id);
    if (!provider || !provider->sign_out)
        return PROBLEM_NOT_FOUND;
    enum problem problem = request_params(request, (const struct request_text[]){{"locale", &wanted}, {0}});
    if (problem != PROBLEM_NONE)
        return problem;
    const char *locale = address_locale(request, wanted);
    struct asking asking = {
        .oidc = request->server->oidc, .arena = request->arena, .provider = provider, .now = request->now};
    if (provider_endpoints(&asking, &endpoints) && *endpoints.end_session)
        return lead_there(request, provider, endpoints.end_session, locale);
    log_event(LOG_WARNING, "oidc_no_sign_out", "provider", provider->id, NULL);
    return answer_page(request, locale, "sign-out", "e-single_end");
}

enum problem handle_oidc_ended(struct request *request)
{
    if (!portal_provider(request->portal, request->id))
        return PROBLEM_NOT_FOUND;
    const char *locale = http_param(request->http, http_query(request->http), "state");
    return answer_page(request, address_locale(request, locale), "sign-out", "done");
}
