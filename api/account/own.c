/* One's own account: what it holds, details, password, address. */
#include "own.h"

#include "../../lib/settings/format.h"
#include "../own/erasure.h"
#include "../server/respond.h"
#include "../server/write.h"
#include "../store/account.h"
#include "../store/own.h"
#include "attempt.h"
#include "enter.h"
#include "handlers.h"
#include "name.h"
#include "password.h"
#include "rules.h"
#include "sign_in.h"

#include <string.h>
#include <strings.h>

enum problem handle_account(struct request *request)
{
    const struct person *person = &request->session.person;
    struct buf *out = &request->out;
    struct account account = {0};
    enum rc rc = account_read(request->store, request->arena, person->id, request->now, &account);
    if (rc != RC_OK)
        return problem_of(rc);
    write_begin(out, NULL, '{');
    write_text(out, "name", request_name(request, person->first_name, person->last_name));
    write_text(out, "email", person->email);
    write_text(out, "locale", person->locale);
    write_bool(out, "has_password", account.has_password);
    write_text(out, "wanted_address", account.wanted_address);
    enum problem problem = erasure_write_own(request, "erasure");
    write_end(out, '}');
    return problem == PROBLEM_NONE ? respond_json(request, 200) : problem;
}

/* --- details ---------------------------------------------------------------------------------------------
 */

static bool is_locale(const struct portal *portal, const char *locale)
{
    for (size_t i = 0; i < portal->locale_count; i++)
        if (strcmp(portal->locales[i], locale) == 0)
            return true;
    return false;
}

enum problem handle_account_details(struct request *request)
{
    struct person person = request->session.person;
    const char *name;
    enum problem problem = request_texts(
        request, (const struct request_text[]){{"name", &name}, {"locale", &person.locale}, {0}});
    if (problem != PROBLEM_NONE)
        return problem;
    name = name_clean(request->arena, name);
    if (!name)
        return PROBLEM_INTERNAL;
    if (name_wrong(name))
        request_error(request, "name", name_wrong(name));
    if (!is_locale(request->portal, person.locale))
        request_error(request, "locale", "option");
    if (request->error_count > 0)
        return PROBLEM_INVALID;
    name_split(request->arena, name, &person.first_name, &person.last_name);
    if (!person.first_name || !person.last_name)
        return PROBLEM_INTERNAL;
    problem = problem_of(account_set_details(request->store, &person, request->now));
    return problem == PROBLEM_NONE ? respond_nothing(request, 204) : problem;
}

/* --- password --------------------------------------------------------------------------------------------
 */

enum problem own_check_password(struct request *request, const char *field, const char *password,
                                struct person *person)
{
    struct account account = {0};
    const char *email = request->session.person.email;
    enum rc rc =
        account_read(request->store, request->arena, request->session.person.id, request->now, &account);
    if (rc != RC_OK)
        return problem_of(rc);
    *person = request->session.person;
    if (!account.has_password)
        return PROBLEM_NONE;
    enum problem problem = sign_in_check(request, email, password, person);
    if (problem != PROBLEM_CREDENTIALS)
        return problem;
    request_error(request, field, *password ? "wrong" : "required");
    return PROBLEM_INVALID;
}

enum problem own_prove(struct request *request, const char *field, const char *password,
                       struct person *person)
{
    enum problem problem = own_check_password(request, field, password, person);
    if (problem != PROBLEM_NONE || person->password)
        return problem;
    enum rc rc = own_is_recent(request->store, person->id, request->session.id,
                               request->now - OWN_RECENT_MINUTES * INT64_C(60000));
    if (rc != RC_NOT_FOUND)
        return problem_of(rc);
    request_error(request, field, "not_recent");
    return PROBLEM_INVALID;
}

/* Their sessions end with the password, this one too: they come in anew, the way they had come. */
static enum problem come_back(struct request *request, const struct person *person)
{
    const struct entry entry = {.person = person,
                                .way = request->session.way,
                                .provider = request->session.provider,
                                .remembered = request->session.remembered,
                                .complete = true};
    return enter(request, &entry);
}

static enum problem change_password(struct request *request, const char *old, const char *password)
{
    struct person person = {0};
    char encoded[crypto_pwhash_STRBYTES];
    const char *fault = password_fault(request->portal, request->session.person.email, password);
    if (fault) {
        request_error(request, "password", fault);
        return PROBLEM_INVALID;
    }
    enum problem problem = own_check_password(request, "old", old, &person);
    if (problem != PROBLEM_NONE)
        return problem;
    if (!person.password)
        return PROBLEM_NOT_ALLOWED;
    if (!password_hash(password, encoded))
        return PROBLEM_INTERNAL;
    enum rc rc = account_set_password(request->store, person.id, person.password, encoded, request->now);
    return rc == RC_OK ? come_back(request, &person) : problem_of(rc);
}

enum problem handle_account_password(struct request *request)
{
    const char *old, *password;
    enum problem problem =
        request_texts(request, (const struct request_text[]){{"old", &old}, {"password", &password}, {0}});
    if (problem == PROBLEM_NONE)
        problem = change_password(request, old, password);
    return problem == PROBLEM_NONE ? respond_nothing(request, 204) : problem;
}

/* --- address ---------------------------------------------------------------------------------------------
 */

static enum problem want_address(struct request *request, const char *email, const char *password)
{
    struct person person = {.email = ""};
    bool quiet;
    email = name_clean(request->arena, email);
    if (!email)
        return PROBLEM_INTERNAL;
    if (!format_is_email(email)) {
        request_error(request, "email", *email ? "email" : "required");
        return PROBLEM_INVALID;
    }
    enum problem problem = own_prove(request, "password", password, &person);
    if (problem == PROBLEM_NONE)
        problem = attempt_link(request, email, &quiet);
    if (problem != PROBLEM_NONE || quiet || strcasecmp(email, person.email) == 0)
        return problem;
    return problem_of(account_want_address(request->store, person.id, email, request->now));
}

enum problem handle_account_address(struct request *request)
{
    const char *email, *password;
    enum problem problem = request_texts(
        request, (const struct request_text[]){{"email", &email}, {"password", &password}, {0}});
    if (problem == PROBLEM_NONE)
        problem = want_address(request, email, password);
    return problem == PROBLEM_NONE ? respond_nothing(request, 202) : problem;
}
