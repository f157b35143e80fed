/* What somebody agreed to: shown, withdrawn, and asked for before they go on. */
#include "../store/consent.h"

#include "../server/respond.h"
#include "../server/who.h"
#include "../server/write.h"
#include "enter.h"
#include "handlers.h"

static void write_consent(struct buf *out, const struct consent *consent)
{
    write_begin(out, NULL, '{');
    write_text(out, "version", consent->version);
    write_text(out, "text", consent->text);
    write_time(out, "given_at", consent->given_at);
    write_time(out, "withdrawn_at", consent->withdrawn_at);
    write_end(out, '}');
}

enum problem handle_consents(struct request *request)
{
    struct consent *consents;
    size_t count;
    enum rc rc = consent_list(request->store, request->arena, request->session.person.id, &consents, &count);
    if (rc != RC_OK)
        return problem_of(rc);
    write_begin(&request->out, NULL, '{');
    write_begin(&request->out, "consents", '[');
    for (size_t i = 0; i < count; i++)
        write_consent(&request->out, &consents[i]);
    write_end(&request->out, ']');
    write_end(&request->out, '}');
    return respond_json(request, 200);
}

enum problem handle_consents_withdraw(struct request *request)
{
    enum rc rc = consent_withdraw(request->store, request->session.person.id, request->now);
    return rc == RC_OK ? respond_nothing(request, 204) : problem_of(rc);
}

/* To the versions of today only: nobody agrees to words that they were not shown. */
static enum problem agree(struct request *request, const char *version, const char *locale, const char *back)
{
    const char *text = portal_consent(request->portal, version);
    if (!text)
        return enter_page(request, locale, "consent", back, *version ? "e-consent_old" : "e-consent");
    enum rc rc = consent_give(request->store, request->session.person.id, version, text, request->now);
    return rc == RC_OK ? enter_leads(request, locale, back, PROBLEM_NONE) : problem_of(rc);
}

enum problem handle_consent_form(struct request *request)
{
    const char *version, *locale, *back;
    enum problem problem = request_texts(
        request,
        (const struct request_text[]){{"consent", &version}, {"locale", &locale}, {"return", &back}, {0}});
    if (problem != PROBLEM_NONE)
        return problem;
    back = enter_back(request, back);
    problem = who_asks(request);
    if (problem == PROBLEM_SIGNED_OUT)
        return enter_again(request, locale, back, "expired");
    return problem == PROBLEM_NONE ? agree(request, version, locale, back)
                                   : enter_leads(request, locale, back, problem);
}
