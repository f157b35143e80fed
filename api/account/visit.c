#include "visit.h"

#include "../portal/property.h"
#include "../server/cookie.h"
#include "../server/respond.h"
#include "../server/who.h"
#include "../server/write.h"
#include "../store/access.h"
#include "../store/participant.h"
#include "../store/visible_rule.h"

static const char *const roles[] = {
    [ROLE_CONTACT] = "contact", [ROLE_AGENT] = "agent", [ROLE_ADMIN] = "admin"};

static void write_person(struct request *request, const struct person *person)
{
    struct buf *out = &request->out;
    write_begin(out, "person", '{');
    write_text(out, "name", request_name(request, person->first_name, person->last_name));
    write_text(out, "first_name", person->first_name);
    write_text(out, "email", person->email);
    write_text(out, "role", roles[person->role]);
    write_text(out, "company", person->company_name);
    write_end(out, '}');
}

static void write_views(struct request *request, const struct viewer *viewer, bool shared)
{
    write_begin(&request->out, "views", '[');
    write_text(&request->out, NULL, "mine");
    if (viewer->staff || viewer->company_id != 0)
        write_text(&request->out, NULL, "company");
    if (shared)
        write_text(&request->out, NULL, "shared");
    write_end(&request->out, ']');
}

static bool is_asked_for(const struct portal *portal, const struct portal_property *property)
{
    for (size_t i = 0; i < portal->form_count; i++)
        for (size_t j = 0; j < portal->forms[i].field_count; j++)
            if (portal->forms[i].fields[j].property == property)
                return true;
    return false;
}

/* What is known of them that a form asks for: it stands in the form already. */
static enum problem write_known(struct request *request, const struct person *person)
{
    const char *stored = NULL;
    const struct portal *portal = request->portal;
    bool asks = portal->form_count > 0;
    enum rc rc = asks ? person_properties(request->store, request->arena, person->id, &stored) : RC_OK;
    json_t *values = property_parse(stored);
    write_begin(&request->out, "properties", '{');
    for (size_t i = 0; values && i < portal->property_count; i++) {
        if (portal->properties[i].of == PORTAL_CONTACT && is_asked_for(portal, &portal->properties[i]))
            property_write(&request->out, &portal->properties[i], values);
    }
    write_end(&request->out, '}');
    json_decref(values);
    return problem_of(rc);
}

/* Somebody of the team looks as this person, who knows nothing of it. */
static void write_viewing(struct request *request, const struct session *session)
{
    struct buf *out = &request->out;
    const struct person *person = &session->person;
    if (session->viewing_id == 0) {
        write_json(out, "viewing", "null");
        return;
    }
    write_begin(out, "viewing", '{');
    write_number(out, "id", person->id);
    write_text(out, "name", request_name(request, person->first_name, person->last_name));
    write_time(out, "until", session->viewing_until);
    write_end(out, '}');
}

static int64_t idle_minutes(const struct request *request)
{
    struct session_idle idle = who_idle(request->portal);
    return (request->session.remembered ? idle.remembered_ms : idle.usual_ms) / 60000;
}

const char *visit_provider(const struct request *request, const struct session *session)
{
    const char *id = session->provider;
    const struct portal_provider *provider = id ? portal_provider(request->portal, id) : NULL;
    return provider && provider->sign_out ? id : NULL;
}

enum problem visit_respond(struct request *request)
{
    const struct session *session = &request->session;
    struct buf *out = &request->out;
    struct viewer viewer;
    bool shared = false;
    enum rc rc =
        visible_viewer(request->store, request->snapshot->rule, &session->person, request->now, &viewer);
    if (rc == RC_OK)
        rc = participant_is_any(request->store, &viewer, &shared);
    if (rc != RC_OK)
        return problem_of(rc);
    write_begin(out, NULL, '{');
    write_person(request, &session->person);
    write_views(request, &viewer, shared);
    write_time(out, "expires_at", session->expires_at);
    write_number(out, "idle_minutes", idle_minutes(request));
    write_text(out, "provider", visit_provider(request, session));
    write_bool(out, "let_in", person_may_enter(&session->person, request->portal));
    write_viewing(request, session);
    enum problem problem = write_known(request, &session->person);
    write_end(out, '}');
    return problem == PROBLEM_NONE ? respond_json(request, 200) : problem;
}

enum problem visit_end(struct request *request)
{
    unsigned char hash[SECRET_HASH_BYTES];
    if (!cookie_hash(request, hash))
        return PROBLEM_NONE;
    enum rc rc = session_end(request->store, hash);
    return rc == RC_NOT_FOUND ? PROBLEM_NONE : problem_of(rc);
}
