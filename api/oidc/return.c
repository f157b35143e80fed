/* Back from the provider (OpenID Connect Core 1.0, section 3.1.2.5; RFC 9207; RFC 9700, section 4). */
#include "../../lib/log.h"
#include "../account/attempt.h"
#include "../account/enter.h"
#include "../server/respond.h"
#include "../store/audit.h"
#include "address.h"
#include "exchange.h"
#include "handlers.h"
#include "whose.h"

#include <string.h>

struct params {
    const char *code;
    const char *state;
    const char *error;
    const char *issuer;
};

/* Providers add parameters as they like: what we do not know is left alone. */
static struct params params_of(struct request *request)
{
    const char *query = http_query(request->http);
    return (struct params){
        .code = http_param(request->http, query, "code"),
        .state = http_param(request->http, query, "state"),
        .error = http_param(request->http, query, "error"),
        .issuer = http_param(request->http, query, "iss"),
    };
}

static enum outcome failed(struct exchange *exchange, enum outcome outcome, const char *why)
{
    exchange->why = why;
    return outcome;
}

/* "access_denied" is the person's own no; the rest is something that the provider minds. */
static enum outcome said_no(struct exchange *exchange, const char *error)
{
    bool own = strcmp(error, "access_denied") == 0 || strcmp(error, "login_required") == 0 ||
               strcmp(error, "interaction_required") == 0 || strcmp(error, "consent_required") == 0;
    bool away = strcmp(error, "temporarily_unavailable") == 0 || strcmp(error, "server_error") == 0;
    if (away)
        return failed(exchange, OUTCOME_UNAVAILABLE, "provider_unavailable");
    return failed(exchange, OUTCOME_REFUSED, own ? "provider_denied" : "provider_error");
}

static enum outcome come_back(struct exchange *exchange, const struct params *params, struct person *person)
{
    json_t *claims;
    if (!provider_endpoints(&exchange->asking, &exchange->endpoints))
        return failed(exchange, OUTCOME_UNAVAILABLE, exchange->asking.why);
    bool named = params->issuer && strcmp(params->issuer, exchange->asking.provider->issuer) == 0;
    if (params->issuer ? !named : exchange->endpoints.names_itself)
        return failed(exchange, OUTCOME_UNTRUSTED, "answer_issuer");
    if (params->error)
        return said_no(exchange, params->error);
    if (!params->code || !*params->code)
        return failed(exchange, OUTCOME_UNTRUSTED, "no_code");
    enum outcome outcome = exchange_code(exchange, params->code, &claims);
    if (outcome == OUTCOME_GOOD)
        outcome = whose(exchange, claims, person);
    json_decref(claims);
    return outcome;
}

static enum problem lead(struct request *request, const struct journey *journey, enum outcome outcome)
{
    static const char *const fragments[] = {
        [OUTCOME_REFUSED] = "e-single_refused",
        [OUTCOME_EXPIRED] = "e-single_expired",
        [OUTCOME_UNAVAILABLE] = "e-single_unavailable",
        [OUTCOME_UNTRUSTED] = "e-single_untrusted",
        [OUTCOME_NO_EMAIL] = "e-single_no_email",
        [OUTCOME_UNKNOWN] = "e-single_unknown",
        [OUTCOME_TAKEN] = "e-single_taken",
    };
    if (outcome == OUTCOME_INTERNAL)
        return PROBLEM_INTERNAL;
    if (outcome == OUTCOME_DISABLED)
        return enter_leads(request, journey->locale, journey->back, PROBLEM_NOT_LET_IN);
    return enter_again(request, journey->locale, journey->back, fragments[outcome]);
}

static enum problem let_in(struct request *request, const struct journey *journey,
                           const struct person *person)
{
    enum problem problem =
        enter(request, &(struct entry){.person = person, .way = "oidc", .provider = journey->provider});
    return enter_leads(request, journey->locale, journey->back, problem);
}

static enum problem finish(struct request *request, const struct portal_provider *provider,
                           const struct journey *journey, const struct params *params)
{
    struct person person;
    struct exchange exchange = {
        .request = request,
        .asking = {.oidc = request->server->oidc,
                   .arena = request->arena,
                   .provider = provider,
                   .now = request->now},
        .journey = journey,
        .redirect = address_of_ours(request, provider->id, "return"),
    };
    if (!exchange.redirect)
        return PROBLEM_INTERNAL;
    enum outcome outcome = come_back(&exchange, params, &person);
    if (outcome == OUTCOME_GOOD)
        return let_in(request, journey, &person);
    log_event(LOG_WARNING, "oidc_refused", "provider", provider->id, "why", exchange.why ? exchange.why : "",
              NULL);
    if (outcome != OUTCOME_UNAVAILABLE && outcome != OUTCOME_INTERNAL)
        audit_write(request->store, request->now, 0, "session.refuse", 0, "oidc");
    return lead(request, journey, outcome);
}

enum problem handle_oidc_return(struct request *request)
{
    struct journey journey = {0};
    struct params params = params_of(request);
    const struct portal_provider *provider = portal_provider(request->portal, request->id);
    if (!provider)
        return PROBLEM_NOT_FOUND;
    bool own = journey_end(request, params.state, &journey) && strcmp(journey.provider, provider->id) == 0;
    const char *locale = own ? address_locale(request, journey.locale) : request->portal->default_locale;
    if (!own) {
        log_event(LOG_WARNING, "oidc_refused", "provider", provider->id, "why", "state", NULL);
        return enter_again(request, locale, "", "e-single_expired");
    }
    journey.locale = locale;
    enum problem problem = attempt_token(request);
    if (problem != PROBLEM_NONE)
        return enter_leads(request, locale, journey.back, problem);
    return finish(request, provider, &journey, &params);
}
