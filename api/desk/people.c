/* People and companies, for the team: who there is, and what is known of one. */
#include "../portal/property.h"
#include "../server/respond.h"
#include "../server/write.h"
#include "../store/profile.h"
#include "handlers.h"

#include <stdlib.h>
#include <string.h>

enum { PAGE = 50, Q_MAX = 200, DIGITS_MAX = 15 };

static const char *const roles[] = {
    [ROLE_CONTACT] = "contact", [ROLE_AGENT] = "agent", [ROLE_ADMIN] = "admin"};

struct page {
    struct request *request;
    size_t count;
    int64_t last;
    bool more;
};

/* One more than a page is asked for, to know whether there is a next one. */
static bool has_room(struct page *page, int64_t id)
{
    page->more = page->count == PAGE;
    if (page->more)
        return false;
    page->count++;
    page->last = id;
    return true;
}

static void write_company(struct buf *out, int64_t id, const char *name)
{
    if (id == 0) {
        write_json(out, "company", "null");
        return;
    }
    write_begin(out, "company", '{');
    write_number(out, "id", id);
    write_text(out, "name", name);
    write_end(out, '}');
}

static bool read_number(const char *text, int64_t *number)
{
    size_t len = text ? strlen(text) : 0;
    *number = 0;
    if (len > DIGITS_MAX || (text && strspn(text, "0123456789") != len))
        return false;
    if (text)
        *number = strtoll(text, NULL, 10);
    return true;
}

static enum problem read_wanted(struct request *request, struct profile_query *wanted, const char *of_name)
{
    const char *q = NULL, *after = NULL, *of = NULL;
    enum problem problem = request_params(
        request, (const struct request_text[]){{"q", &q}, {"after", &after}, {of_name, &of}, {0}});
    if (problem != PROBLEM_NONE)
        return problem;
    *wanted = (struct profile_query){.q = q && *q ? q : NULL, .limit = PAGE + 1};
    if (q && strlen(q) > Q_MAX)
        request_error(request, "q", "too_long");
    if (!read_number(after, &wanted->before))
        request_error(request, "after", "option");
    if (!read_number(of, &wanted->company_id))
        request_error(request, "company", "option");
    return request->error_count > 0 ? PROBLEM_BAD_INPUT : PROBLEM_NONE;
}

static enum problem end_page(struct request *request, const struct page *page, enum rc rc)
{
    if (rc != RC_OK)
        return problem_of(rc);
    write_end(&request->out, ']');
    if (page->more)
        write_number(&request->out, "next", page->last);
    else
        write_json(&request->out, "next", "null");
    write_end(&request->out, '}');
    return respond_json(request, 200);
}

/* --- lists -----------------------------------------------------------------------------------------------
 */

static bool add_person(void *context, const struct profile_row *row)
{
    struct page *page = context;
    struct buf *out = &page->request->out;
    if (!has_room(page, row->id))
        return false;
    write_begin(out, NULL, '{');
    write_number(out, "id", row->id);
    write_text(out, "name", request_name(page->request, row->first_name, row->last_name));
    write_text(out, "email", row->email);
    write_text(out, "role", roles[row->role]);
    write_company(out, row->company_id, row->company);
    write_time(out, "created_at", row->created_at);
    write_time(out, "signed_in_at", row->signed_in_at);
    write_bool(out, "disabled", row->disabled);
    write_end(out, '}');
    return true;
}

enum problem handle_desk_people(struct request *request)
{
    struct profile_query wanted;
    struct page page = {.request = request};
    enum problem problem = read_wanted(request, &wanted, "company");
    if (problem != PROBLEM_NONE)
        return problem;
    write_begin(&request->out, NULL, '{');
    write_begin(&request->out, "rows", '[');
    return end_page(request, &page, profile_walk(request->store, request->arena, &wanted, add_person, &page));
}

static void write_company_row(struct buf *out, const struct company_row *row)
{
    write_begin(out, NULL, '{');
    write_number(out, "id", row->id);
    write_text(out, "name", row->name);
    write_time(out, "created_at", row->created_at);
    write_number(out, "people", row->people);
    write_number(out, "open", row->open);
    write_number(out, "closed", row->closed);
    write_end(out, '}');
}

static bool add_company(void *context, const struct company_row *row)
{
    struct page *page = context;
    if (!has_room(page, row->id))
        return false;
    write_company_row(&page->request->out, row);
    return true;
}

enum problem handle_desk_companies(struct request *request)
{
    struct profile_query wanted;
    struct page page = {.request = request};
    enum problem problem = read_wanted(request, &wanted, NULL);
    if (problem != PROBLEM_NONE)
        return problem;
    write_begin(&request->out, NULL, '{');
    write_begin(&request->out, "rows", '[');
    return end_page(
        request, &page,
        company_walk(request->store, request->arena, &request->viewer, &wanted, add_company, &page));
}

/* --- one -------------------------------------------------------------------------------------------------
 */

enum problem handle_desk_company(struct request *request)
{
    const struct profile_query wanted = {.company_id = request->number, .limit = 1};
    struct page page = {.request = request};
    enum rc rc = company_walk(request->store, request->arena, &request->viewer, &wanted, add_company, &page);
    if (rc == RC_OK && page.count == 0)
        rc = RC_NOT_FOUND;
    return rc == RC_OK ? respond_json(request, 200) : problem_of(rc);
}

/* " customers partners " as a list. */
static void write_groups(struct buf *out, const char *groups)
{
    write_begin(out, "groups", '[');
    while (groups && *(groups += strspn(groups, " "))) {
        char group[128];
        size_t len = strcspn(groups, " ");
        if (len < sizeof group) {
            memcpy(group, groups, len);
            group[len] = '\0';
            write_text(out, NULL, group);
        }
        groups += len;
    }
    write_end(out, ']');
}

static void write_properties(struct request *request, const char *stored)
{
    const struct portal *portal = request->portal;
    json_t *values = property_parse(stored);
    write_begin(&request->out, "properties", '{');
    for (size_t i = 0; values && i < portal->property_count; i++)
        if (portal->properties[i].own && portal->properties[i].of == PORTAL_CONTACT)
            property_write(&request->out, &portal->properties[i], values);
    write_end(&request->out, '}');
    json_decref(values);
}

static void write_sign_in(struct buf *out, const struct profile *profile)
{
    write_bool(out, "disabled", profile->known.disabled);
    write_bool(out, "has_password", profile->known.has_password);
    write_bool(out, "two_step", profile->two_step);
    write_bool(out, "single_sign_on", profile->identities > 0);
    write_number(out, "sessions", profile->sessions);
    write_time(out, "signed_in_at", profile->signed_in_at);
    write_time(out, "consent_at", profile->consent_at);
    write_time(out, "withdrawn_at", profile->withdrawn_at);
    write_bool(out, "wants_erasure", profile->wants_erasure);
}

enum problem handle_desk_person(struct request *request)
{
    struct profile profile;
    struct buf *out = &request->out;
    enum rc rc = profile_get(request->store, request->arena, &request->viewer, request->number, request->now,
                             &profile);
    if (rc != RC_OK)
        return problem_of(rc);
    const struct person *person = &profile.known.person;
    write_begin(out, NULL, '{');
    write_number(out, "id", person->id);
    write_text(out, "name", request_name(request, person->first_name, person->last_name));
    write_text(out, "email", person->email);
    write_text(out, "role", roles[person->role]);
    write_text(out, "locale", person->locale);
    write_company(out, person->company_id, person->company_name);
    write_bool(out, "manager", profile.known.person.manager);
    write_groups(out, person->groups);
    write_properties(request, profile.properties);
    write_time(out, "created_at", profile.known.created_at);
    write_sign_in(out, &profile);
    write_number(out, "open", profile.open);
    write_number(out, "closed", profile.closed);
    write_end(out, '}');
    return respond_json(request, 200);
}
