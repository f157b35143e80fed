#include "../../lib/esc.h"
#include "../server/respond.h"
#include "../server/who.h"
#include "../server/write.h"
#include "customer.h"
#include "handlers.h"
#include "query.h"
#include "quota.h"
#include "text.h"
#include "upload.h"
#include "view.h"

#include <string.h>

/* The desk also says whether it is a note, and what it has seen. */
enum { REPLY_FIELDS = 2, DESK_FIELDS = 4 };
#define FORM_KEY_MS (60 * 60 * 1000)

static struct submission submission_of(const struct upload *upload)
{
    struct submission submission = {.key = upload->request->key};
    memcpy(submission.content, upload->content, sizeof submission.content);
    return submission;
}

static const char *text_of(const struct upload *upload, const char *id)
{
    return form_text(upload->values, upload->value_count, id);
}

/* Our page knows what is known of the contact, so that what it sends empty was emptied; a plain form does
 * not. */
static const char *properties_of(const struct upload *upload, enum portal_object of, bool *failed)
{
    bool clears = strcmp(upload->request->route->path, "/tickets") == 0;
    return form_properties(upload->values, upload->value_count, of, clears, upload->request->arena, failed);
}

static struct new_message message_of(const struct upload *upload)
{
    return (struct new_message){text_of(upload, "message"), upload->kept, upload->file_count, NULL};
}

/* --- a new ticket --------------------------------------------------------------------------------------- */

static enum problem ticket_store(struct upload *upload, const struct portal_form *form, int64_t *number)
{
    struct request *request = upload->request;
    struct submission submission = submission_of(upload);
    bool failed = false;
    const struct new_ticket ticket = {
        .subject = text_of(upload, "subject"),
        .inbox = form->inbox,
        .pipeline = form->pipeline,
        .stage = form->stage,
        .category = text_of(upload, "category"),
        .priority = text_of(upload, "priority"),
        .source = "portal",
        .properties = properties_of(upload, PORTAL_TICKET, &failed),
        .contact_properties = properties_of(upload, PORTAL_CONTACT, &failed),
        .message = message_of(upload),
    };
    if (failed)
        return PROBLEM_INTERNAL;
    bool repeated = false;
    enum rc rc = ticket_create(request->store, &request->viewer, &ticket, &submission, request->now, number,
                               &repeated);
    upload->committed = rc == RC_OK && !repeated;
    return problem_of(rc);
}

static enum problem respond_made(struct request *request, int64_t number)
{
    const char *location =
        arena_printf(request->arena, "%s/tickets/%lld", request->snapshot->api, (long long)number);
    if (!location)
        return PROBLEM_INTERNAL;
    http_set(request->http, "Location", location);
    write_begin(&request->out, NULL, '{');
    write_number(&request->out, "number", number);
    write_end(&request->out, '}');
    return respond_json(request, 201);
}

/* The form that the request names, else the portal's first: who wrote to the only one still does. */
static enum problem form_find(struct request *request, const char *id, const struct portal_form **form)
{
    if (request->portal->form_count == 0)
        return PROBLEM_NOT_FOUND;
    *form = portal_form(request->portal, id);
    if (*form)
        return PROBLEM_NONE;
    request->errors[request->error_count++] = (struct field_error){"form", "option"};
    return PROBLEM_INVALID;
}

/*
 * A plain form carries no key. Pressed twice it must make one ticket all the same: within an hour of the
 * clock, the same content of the same person is the same submission.
 */
static enum problem make_key(struct upload *upload)
{
    char hex[2 * sizeof upload->content + 1];
    struct request *request = upload->request;
    if (request->key)
        return PROBLEM_NONE;
    sodium_bin2hex(hex, sizeof hex, upload->content, sizeof upload->content);
    request->key = arena_printf(request->arena, "form %s %lld", hex, (long long)(request->now / FORM_KEY_MS));
    return request->key ? PROBLEM_NONE : PROBLEM_INTERNAL;
}

static enum problem make_new(struct request *request, const char *form_id, int64_t *number)
{
    const struct portal_form *form = NULL;
    struct upload upload;
    struct quota quota;
    enum problem problem = form_find(request, form_id, &form);
    if (problem == PROBLEM_NONE)
        problem = quota_take(request, QUOTA_TICKETS, &quota);
    if (problem != PROBLEM_NONE)
        return problem;
    problem = upload_begin(&upload, request, form->fields, form->field_count);
    upload_count_in(&upload, form->id);
    if (problem == PROBLEM_NONE)
        problem = upload_read(&upload);
    if (problem == PROBLEM_NONE)
        problem = make_key(&upload);
    if (problem == PROBLEM_NONE)
        problem = upload_keep(&upload);
    if (problem == PROBLEM_NONE)
        problem = ticket_store(&upload, form, number);
    quota_settle(request, &quota, upload.committed);
    upload_end(&upload);
    return problem;
}

enum problem handle_ticket_new(struct request *request)
{
    const char *form = NULL;
    int64_t number = 0;
    enum problem problem = request_params(request, (const struct request_text[]){{"form", &form}, {0}});
    if (problem == PROBLEM_NONE)
        problem = make_new(request, form, &number);
    return problem == PROBLEM_NONE ? respond_made(request, number) : problem;
}

/* --- the same by a plain form --------------------------------------------------------------------------- */

/* The page of a form; the only one's is where one would choose between several. */
static const char *page_of(struct request *request, const char *home, const char *form)
{
    bool own = request->portal->form_count > 1 && portal_form(request->portal, form);
    return own ? arena_printf(request->arena, "%snew/%s/", home, portal_form(request->portal, form)->id)
               : arena_printf(request->arena, "%snew/", home);
}

static enum problem to_sign_in(struct request *request, const char *home, const char *page)
{
    buf_addf(&request->out, "%ssign-in/?return=", home);
    esc_url(&request->out, page, strlen(page));
    buf_adds(&request->out, "#expired");
    return buf_ok(&request->out) ? respond_see_other(request, request->out.data) : PROBLEM_INTERNAL;
}

/* To the page, where a message stands ready; what has none is answered as it is. */
static enum problem answer_form(struct request *request, const char *home, const char *page,
                                enum problem problem)
{
    const char *fragment = problem == PROBLEM_NONE                ? "sent"
                           : problem == PROBLEM_INVALID           ? "e-invalid"
                           : problem == PROBLEM_TOO_LARGE         ? "e-too_large"
                           : problem == PROBLEM_TOO_MANY_ATTEMPTS ? "e-limited"
                                                                  : NULL;
    if (!page)
        return PROBLEM_INTERNAL;
    if (problem == PROBLEM_SIGNED_OUT)
        return to_sign_in(request, home, page);
    if (problem == PROBLEM_CONSENT)
        return respond_see_other(request, arena_printf(request->arena, "%sconsent/", home));
    if (problem == PROBLEM_NOT_LET_IN)
        return respond_see_other(request, arena_printf(request->arena, "%sdenied/", home));
    if (problem == PROBLEM_TWO_STEP_MISSING)
        return respond_see_other(request, arena_printf(request->arena, "%saccount/#two-step", home));
    if (!fragment)
        return problem;
    return respond_see_other(request, arena_printf(request->arena, "%s#%s", page, fragment));
}

enum problem handle_ticket_new_form(struct request *request)
{
    const char *locale = NULL, *form = NULL;
    int64_t number = 0;
    const struct request_text params[] = {{"locale", &locale}, {"form", &form}, {0}};
    enum problem problem = request_params(request, params);
    if (problem != PROBLEM_NONE)
        return problem;
    problem = who_asks(request);
    if (problem == PROBLEM_NONE)
        problem = make_new(request, form, &number);
    const char *home = request_home(request, locale ? locale : "");
    return answer_form(request, home, page_of(request, home, form), problem);
}

/* --- a reply -------------------------------------------------------------------------------------------- */

/* Asked before the body is read, and by the store once more within its transaction. */
static enum problem reply_check(struct request *request, struct reply_rules *rules)
{
    struct ticket ticket;
    enum rc rc = ticket_get(request->store, request->arena, &request->viewer, request->number, &ticket);
    if (rc != RC_OK)
        return problem_of(rc);
    if (view_reply(request, &ticket, rules) != REPLY_REFUSED)
        return PROBLEM_NONE;
    /* A retry is owed the first outcome, whatever became of the ticket since. */
    rc = ticket_reply_is_known(request->store, &request->viewer, request->key);
    return rc == RC_NOT_FOUND ? PROBLEM_REPLY_CLOSED : problem_of(rc);
}

static enum problem reply_store(struct upload *upload, struct reply_rules *rules, struct reply_made *made)
{
    struct request *request = upload->request;
    struct submission submission = submission_of(upload);
    struct new_message message = message_of(upload);
    rules->internal = text_of(upload, "note") != NULL;
    rules->seen = view_id(text_of(upload, "seen"));
    enum rc rc = ticket_reply(request->store, &request->viewer, request->number, &message, rules, &submission,
                              request->now, made);
    upload->committed = rc == RC_OK && !made->repeated;
    if (rc == RC_CONFLICT && made->changed)
        return PROBLEM_CHANGED;
    return rc == RC_DENIED ? PROBLEM_REPLY_CLOSED : problem_of(rc);
}

/* It came too late for its ticket: where it stands now. */
static enum problem respond_follow_up(struct request *request, int64_t number)
{
    write_begin(&request->out, NULL, '{');
    write_number(&request->out, "follow_up", number);
    write_end(&request->out, '}');
    return respond_json(request, 201);
}

static enum problem respond_reply(struct request *request, const struct reply_made *made)
{
    struct message message;
    if (made->number != request->number)
        return respond_follow_up(request, made->number);
    enum rc rc = ticket_message(request->store, request->arena, &request->viewer, request->number,
                                made->message_id, &message);
    bool shows;
    if (rc == RC_OK && query_is_desk(request))
        rc = customer_read(request, request->number, 0, &shows);
    if (rc != RC_OK)
        return problem_of(rc);
    write_begin(&request->out, NULL, '{');
    view_message(request, "message", &message);
    write_end(&request->out, '}');
    return respond_json(request, 201);
}

enum problem handle_ticket_reply(struct request *request)
{
    const struct portal_field fields[DESK_FIELDS] = {
        {.id = "message", .type = PORTAL_FIELD_TEXTAREA, .required = true, .max = REPLY_MAX},
        {.id = "files", .type = PORTAL_FIELD_FILES, .max = request->portal->files_max},
        {.id = "note", .type = PORTAL_FIELD_TEXT, .max = 3},
        {.id = "seen", .type = PORTAL_FIELD_TEXT, .max = 15},
    };
    struct reply_rules rules;
    struct upload upload;
    struct quota quota;
    struct reply_made made;
    enum problem problem = reply_check(request, &rules);
    if (problem == PROBLEM_NONE)
        problem = quota_take(request, QUOTA_REPLIES, &quota);
    if (problem != PROBLEM_NONE)
        return problem;
    problem = upload_begin(&upload, request, fields, query_is_desk(request) ? DESK_FIELDS : REPLY_FIELDS);
    if (problem == PROBLEM_NONE)
        problem = upload_read(&upload);
    if (problem == PROBLEM_NONE)
        problem = upload_keep(&upload);
    if (problem == PROBLEM_NONE)
        problem = reply_store(&upload, &rules, &made);
    quota_settle(request, &quota, upload.committed);
    upload_end(&upload);
    return problem == PROBLEM_NONE ? respond_reply(request, &made) : problem;
}
