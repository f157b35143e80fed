#include "enter.h"

#include "../../lib/esc.h"
#include "../server/cookie.h"
#include "../server/respond.h"
#include "../server/who.h"
#include "../store/access.h"
#include "../store/account.h"
#include "../store/audit.h"
#include "../store/consent.h"
#include "agent.h"
#include "answer.h"
#include "return.h"
#include "second_step.h"
#include "visit.h"

#include <sodium.h>
#include <string.h>

#define HOUR_MS INT64_C(3600000)
#define DAY_MS (24 * HOUR_MS)

static enum problem begin(struct request *request, const struct entry *entry, const char *agent)
{
    char secret[SECRET_TEXT_LEN + 1], id[23];
    unsigned char hash[SECRET_HASH_BYTES];
    bool remembered = entry->remembered && request->portal->remember_days > 0;
    int64_t lasts =
        remembered ? request->portal->remember_days * DAY_MS : request->portal->session_hours * HOUR_MS;
    secret_make(secret, hash);
    store_random_id(id);
    const struct new_session session = {
        .hash = hash,
        .id = id,
        .person_id = entry->person->id,
        .way = entry->way,
        .provider = entry->provider,
        .agent = agent,
        .place = request_place(request),
        .remembered = remembered,
        .expires_at = request->now + lasts,
    };
    enum problem problem = problem_of(session_create(request->store, &session, request->now));
    if (problem == PROBLEM_NONE)
        cookie_set(request, secret, remembered ? lasts / 1000 : 0);
    sodium_memzero(secret, sizeof secret);
    request->session.person = *entry->person;
    request->session.own_id = entry->person->id;
    request->session.expires_at = session.expires_at;
    request->session.remembered = remembered;
    request->session.provider = entry->provider;
    return problem;
}

/* Where the portal writes about new sign-ins: is it a browser that they have used before? */
static enum problem see_device(struct request *request, const char *agent)
{
    unsigned char hash[SECRET_HASH_BYTES];
    if (!request->portal->sign_in_mails)
        return PROBLEM_NONE;
    cookie_device(request, hash);
    const char *words =
        arena_printf(request->arena, "%s%s%s", agent, *agent ? ", " : "", request_place(request));
    if (!words)
        return PROBLEM_INTERNAL;
    return problem_of(
        account_see_device(request->store, request->session.person.id, hash, words, request->now));
}

/* They are signed in; what keeps them from going on? */
static enum problem hold_up(struct request *request, const struct entry *entry)
{
    if (person_may_enter(entry->person, request->portal))
        return person_has_consented(entry->person, request->portal) ? who_lacks_two_step(request)
                                                                    : PROBLEM_CONSENT;
    enum rc rc = audit_write(request->store, request->now, entry->person->id, "access.refuse", 0, entry->way);
    return rc == RC_OK ? PROBLEM_NOT_LET_IN : problem_of(rc);
}

enum problem enter(struct request *request, const struct entry *entry)
{
    char agent[AGENT_MAX];
    enum problem problem =
        entry->complete || entry->provider ? PROBLEM_NONE : second_step_ask(request, entry);
    if (problem == PROBLEM_NONE)
        problem = visit_end(request);
    if (problem != PROBLEM_NONE)
        return problem;
    agent_words(agent, http_header(request->http, "User-Agent"));
    problem = begin(request, entry, agent);
    if (problem == PROBLEM_NONE)
        problem = see_device(request, agent);
    return problem == PROBLEM_NONE ? hold_up(request, entry) : problem;
}

bool enter_said(enum problem problem)
{
    return problem == PROBLEM_NONE || problem == PROBLEM_NOT_LET_IN || problem == PROBLEM_CONSENT ||
           problem == PROBLEM_TWO_STEP || problem == PROBLEM_TWO_STEP_MISSING;
}

const char *enter_back(struct request *request, const char *given)
{
    const char *slug = request->portal->slug;
    const char *page = http_header(request->http, "Referer");
    const char *query = page ? strchr(page, '?') : NULL;
    const char *told = query ? http_param(request->http, query + 1, "return") : NULL;
    if (told && return_is_own(slug, told))
        return told;
    return given && return_is_own(slug, given) ? given : "";
}

enum problem enter_page(struct request *request, const char *locale, const char *page, const char *back,
                        const char *fragment)
{
    buf_addf(&request->out, "%s%s/", request_home(request, locale), page);
    if (*back) {
        buf_adds(&request->out, "?return=");
        esc_url(&request->out, back, strlen(back));
    }
    if (*fragment)
        buf_addf(&request->out, "#%s", fragment);
    return buf_ok(&request->out) ? respond_see_other(request, request->out.data) : PROBLEM_INTERNAL;
}

enum problem enter_again(struct request *request, const char *locale, const char *back, const char *fragment)
{
    return enter_page(request, locale, "sign-in", back, fragment);
}

enum problem enter_leads(struct request *request, const char *locale, const char *back, enum problem problem)
{
    const char *home = request_home(request, locale);
    if (problem == PROBLEM_NONE)
        return respond_see_other(request, *back ? back : arena_printf(request->arena, "%stickets/", home));
    if (problem == PROBLEM_NOT_LET_IN)
        return respond_see_other(request, arena_printf(request->arena, "%sdenied/", home));
    if (problem == PROBLEM_CONSENT)
        return enter_page(request, locale, "consent", back, "");
    if (problem == PROBLEM_TWO_STEP_MISSING)
        return respond_see_other(request, arena_printf(request->arena, "%saccount/#two-step", home));
    if (problem == PROBLEM_TWO_STEP)
        return enter_page(request, locale, "code", back, "");
    const char *fragment = answer_fragment(request, problem);
    return fragment ? enter_again(request, locale, back, fragment) : problem;
}
